"""Must this person use a second step, and has she one? Everybody on the staff must, whatever her role.

Only local mode does without: it is a person's own machine with made-up people. The mode is what the image fixes and
not a mark in the database, so no copy of the demo's accounts and no setting opens a door on a server.
"""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet

STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none


def is_required() -> bool:
    """Whether nobody works here with a password alone."""
    return bool(settings.HUB_MODE != "local")


def has_one(user: User | AnonymousUser) -> bool:
    """Whether `user` has an authenticator app or a passkey. Whoever has is asked for it everywhere."""
    return user.is_authenticated and steps_of(user).exists()


def steps_of(user: User | AnonymousUser) -> "QuerySet[Authenticator]":
    """Her authenticator app and her passkeys."""
    return Authenticator.objects.filter(user=user.pk, type__in=STEPS)


def may_work(user: User | AnonymousUser) -> bool:
    """Whether `user`, who is signed in, may see more than the screens on which she sets up her second step."""
    return not is_required() or has_one(user)


def may_take_away(user: User, *, of: User) -> bool:
    """Whether `user` may take away the lost second step `of` somebody: administrators, and never their own."""
    return bool(user.is_active and user.is_superuser and user.pk != of.pk)

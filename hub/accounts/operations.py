"""What changes about somebody's way in, and the log of it: one transaction each, and one line in the log."""

import logging
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string

from hub.accounts.models import SignIn
from hub.accounts.sessions import sign_out_everywhere

logger = logging.getLogger(__name__)
What = SignIn.What
FACTORS = (What.APP_ADDED, What.PASSKEY_ADDED)


def note(what: SignIn.What, user: User | None) -> None:
    """One line in the log. `user` is None where the name typed was nobody's."""
    SignIn.objects.create(what=what, user=user)


def changed_second_factor(user: User, what: SignIn.What, *, here: str | None) -> None:
    """Notes that `user` changed her second step and tells her by mail, in case it was not she.

    With a new one she is signed out wherever she came in without it: everywhere but in the session `here`."""
    with transaction.atomic():
        note(what, user)
        if what in FACTORS:
            sign_out_everywhere(user, but=here)
    _tell(user, what)


def leave_everywhere_else(user: User, *, here: str | None) -> int:
    """Signs `user` out everywhere but in the session `here`. Returns how many sessions there were."""
    with transaction.atomic():
        note(What.LEFT_ELSEWHERE, user)
        return sign_out_everywhere(user, but=here)


def forget_second_factor(user: User, *, by: User | None) -> bool:
    """Takes away what `user` lost: app, passkeys and recovery codes. She is signed out everywhere and sets up anew.

    Who may do this is the caller's to ask; `by` is None for whoever runs the Hub. Returns whether there was any."""
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        deleted, _ = Authenticator.objects.filter(user=user).delete()
        sign_out_everywhere(user)
        if deleted:
            SignIn.objects.create(what=What.TAKEN_AWAY, user=user, by=by)
    if deleted:
        _tell(user, What.TAKEN_AWAY)
    return bool(deleted)


def forget_old(now: datetime) -> int:
    """Deletes what is older than the log is kept, and sessions that ran out. Returns how many lines of the log."""
    Session.objects.filter(expire_date__lt=now).delete()
    deleted, _ = SignIn.objects.filter(at__lt=now - timedelta(days=settings.SIGN_INS_KEPT_DAYS)).delete()
    return deleted


def _tell(user: User, what: SignIn.What) -> None:
    """A mail to her. One that cannot be sent is in the log, and undoes nothing."""
    if not user.email:
        return
    text = render_to_string("accounts/mail/changed.txt", {"what": what.label, "address": settings.HUB_ADDRESS})
    try:
        send_mail("Your way of signing in was changed", text, None, [user.email])
    except OSError:  # every failure of SMTP is one
        logger.exception("Somebody could not be told by mail that her way of signing in was changed.")

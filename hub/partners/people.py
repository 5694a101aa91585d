"""Who works for which partner, who holds which role, what a member of staff is called. Refuses nothing: it tells."""

from typing import cast

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import QuerySet
from django.http import HttpRequest

from hub.partners.models import Partner, leads_a_partner, numbers_of_partners, partners_of, roles_held_by
from hub.partners.roles import Role

__all__ = [
    "colleagues_of",
    "known_as",
    "leads_a_partner",
    "mail_addresses",
    "numbers_of_partners",
    "partners_of",
    "people_in",
    "roles_held_by",
    "signed_in",
]


def signed_in(request: HttpRequest) -> User:
    """The member of staff behind a request to the admin, which lets nobody else in."""
    return cast("User", request.user)


def people_in(role: Role, partner: Partner) -> QuerySet[User]:
    """Everybody who holds `role` for `partner`."""
    link = {"groups__partner_link__partner": partner, "groups__partner_link__role": role.name}
    return User.objects.filter(**link)


def colleagues_of(user: User | AnonymousUser) -> QuerySet[User]:
    """Everybody who works for a partner that `user` works for, `user` among them."""
    return User.objects.filter(groups__partner_link__partner__in=partners_of(user)).distinct()


def known_as(user: User | None) -> str:
    """What colleagues call a member of staff; the user name, which says nothing, only where there is no other."""
    return (user.get_full_name() or user.get_username()) if user else ""


def mail_addresses(people: QuerySet[User]) -> list[str]:
    """The addresses of those who may still sign in and have one, each once."""
    return sorted(set(people.filter(is_active=True).exclude(email="").values_list("email", flat=True)))

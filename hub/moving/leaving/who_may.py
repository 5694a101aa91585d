"""Who may take whose pages along? A lead her own partner's; an administrator anybody's, and everything of the Hub.

Records of consent go with the partner's own lead alone: the partner answers for the people it works with, and nobody
else does. An administrator who wants them asks that lead.
"""

from typing import Any

from django.db.models import QuerySet

from hub.accounts.colleagues import looked_after_by
from hub.partners.models import Partner
from hub.partners.people import people_in
from hub.partners.roles import LEAD


class MayNotTake(Exception):
    """The sentence says why, to whoever tried."""


def partners_to_take(user: Any) -> "QuerySet[Partner]":
    """The partners whose pages `user` may take along; closed ones too, for administrators."""
    return Partner.objects.order_by("name") if _administers(user) else looked_after_by(user).order_by("name")


def may_take(user: Any, partner: Partner | None) -> bool:
    """Whether `user` may take along what is `partner`'s; None stands for everything of the Hub."""
    if partner is None:
        return _administers(user)
    return bool(user.is_active) and partners_to_take(user).filter(pk=partner.pk).exists()


def may_take_records(user: Any, partner: Partner | None) -> bool:
    """Whether the records of consent of `partner` may go with `user`: its own lead's alone."""
    if partner is None or not partner.is_open or not user.is_active:
        return False
    return people_in(LEAD, partner).filter(pk=user.pk).exists()


def _administers(user: Any) -> bool:
    return bool(user.is_active and user.is_superuser)

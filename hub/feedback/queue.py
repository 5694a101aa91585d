"""Whose queue does a piece of feedback reach? That of whoever may change the page it is about; nobody else's.

Authors and leads see their section's, toolkit editors that of modules and activities, administrators all. Of a page
that was deleted, those who could have changed it see it.
"""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, Q, QuerySet
from wagtail.permissions import policy_registry

from hub.feedback.models import Feedback
from hub.pages.models import HubPage, ToolkitPage
from hub.partners.people import partners_of

State = Feedback.State
REAL = (State.WAITING, State.ANSWERED, State.NOTED)


def feedback_seen_by(user: Any) -> QuerySet[Feedback]:
    """What `user` may read and answer, the oldest first."""
    found = Feedback.objects.select_related("page", "answered_by")
    if user.is_active and user.is_superuser:
        return found
    editable = _pages_to_change(user)
    gone = Q(partner__in=partners_of(user))
    gone |= Q(Exists(editable.filter(pk__in=ToolkitPage.objects.values("pk"))), partner__isnull=True)
    return found.filter(Q(page__in=editable.values("pk")) | (Q(page__isnull=True) & gone))


def has_queue(user: Any) -> bool:
    """Whether there is anything that `user` could be told about."""
    return bool(policy_registry.get_by_type(HubPage).user_has_permission(user, "change"))


def waiting_for(user: Any) -> tuple[int, datetime | None]:
    """How many pieces of feedback wait for `user`, and since when the oldest does."""
    waiting = feedback_seen_by(user).filter(state=State.WAITING)
    found = waiting.aggregate(number=Count("pk"), oldest=Min("received_at"))
    return found["number"], found["oldest"]


def counts_by_page(user: Any) -> Any:
    """How many found each page of use and how many did not, the pages with the most answers first."""
    return (
        feedback_seen_by(user)
        .filter(state__in=REAL, page__isnull=False)
        .exclude(useful="")
        .values("page_id", "page__title")
        .annotate(total=Count("pk"), yes=Count("pk", filter=Q(useful="yes")), no=Count("pk", filter=Q(useful="no")))
        .order_by("-total", "page__title")
    )


def _pages_to_change(user: Any) -> Any:
    return policy_registry.get_by_type(HubPage).instances_user_has_permission_for(user, "change")

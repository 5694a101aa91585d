"""“Feedback” in the menu and on the first screen: what waits, the oldest first, and what became of the rest.

Everybody sees what is about pages they may change. What may be spam is folded away, and never thrown away unread.
"""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from hub.feedback.models import Feedback
from hub.feedback.queue import counts_by_page, feedback_seen_by, has_queue, waiting_for

PER_PAGE = 30
MOST_OF_THE_REST = 50
State = Feedback.State


@cache_control(private=True, no_store=True)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, what is published, what was noted, and what may be spam. A 404 for whoever has no pages."""
    if not has_queue(request.user):
        raise Http404
    seen = feedback_seen_by(request.user)
    newest = seen.order_by("-received_at", "-pk")
    context: dict[str, Any] = {
        "page_obj": Paginator(seen.filter(state=State.WAITING), PER_PAGE).get_page(request.GET.get("page")),
        "answered": seen.filter(state=State.ANSWERED).order_by("-answered_on", "-pk")[:MOST_OF_THE_REST],
        "noted": newest.filter(state=State.NOTED).exclude(words="")[:MOST_OF_THE_REST],
        "suspected": newest.filter(state=State.SUSPECTED)[:MOST_OF_THE_REST],
        "suspected_count": seen.filter(state=State.SUSPECTED).count(),
        "spam": newest.filter(state=State.SPAM)[:MOST_OF_THE_REST],
        "counts": counts_by_page(request.user)[:MOST_OF_THE_REST],
    }
    return render(request, "feedback/admin/queue.html", context)


class FeedbackMenuItem(MenuItem):
    """“Feedback”, for whoever may change pages."""

    def __init__(self) -> None:
        super().__init__("Feedback", reverse("feedback_queue"), name="feedback", icon_name="comment", order=245)

    def is_shown(self, request: HttpRequest) -> bool:
        return has_queue(request.user)


class FeedbackPanel(Component):
    """On the first screen: how much waits, and since when."""

    name = "feedback_desk"
    template_name = "feedback/admin/home_desk.html"
    order = 15

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        if not has_queue(user):
            return {"has_queue": False}
        count, oldest = waiting_for(user)
        days = (timezone.localdate() - timezone.localdate(oldest)).days if oldest else 0
        return {"has_queue": True, "count": count, "days": days}


def feedback_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(FeedbackPanel())

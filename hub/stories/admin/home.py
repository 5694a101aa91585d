"""The part of the admin's home that stories bring: where each of her section's stories stands, and the queue."""

from collections.abc import Mapping
from math import inf
from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from hub.pages.admin.home_desk import A_FEW, sections_to_write_in
from hub.stories.admin.queue import how_many_wait, to_confirm
from hub.stories.light import Versions, stories_seen_by, versions_of
from hub.stories.path import standings_of
from hub.stories.public_requests import requests_seen_by
from hub.stories.review import moderates


class StoriesPanel(Component):
    """Stories to start, to go on with, and for moderators to decide about."""

    name = "stories_desk"
    template_name = "stories/admin/home_desk.html"
    order = 20

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["admin/desk.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        sections = sections_to_write_in(request.user)
        is_moderator = moderates(request.user)
        return {
            "request": request,
            "sections": sections,
            "stories": stories_of(sections, request.user),
            "moderates": is_moderator,
            "requests": requests_seen_by(request.user).filter(closed_at__isnull=True, is_probably_spam=False).count(),
            "queue": how_many_wait(request.user) if is_moderator else 0,
            "to_confirm": len(to_confirm(request.user)) if is_moderator else 0,
        }


def stories_of(sections: list[Any], user: Any) -> list[dict[str, Any]]:
    """The stories of these sections that were worked on last, with the sentence that says where each stands."""
    found = stories_seen_by(user).filter(partner__in=[section.organisation_id for section in sections])
    latest = found.order_by("-latest_revision_created_at", "pk").values_list("pk", flat=True)[:A_FEW]
    versions = versions_of(latest, of="the first screen")
    newest = sorted(versions.values(), key=_last_worked_on, reverse=True)
    standings = standings_of(newest)
    return [
        {"story": one.story, "draft": one.draft, "standing": standings[one.story.pk]}
        for one in newest
        if one.story.pk in standings
    ]


def _last_worked_on(one: Versions) -> tuple[float, int]:
    """In the order of the question above: those without a revision are first, and of two the older story."""
    at = one.story.latest_revision_created_at
    return at.timestamp() if at else inf, -one.story.pk


def stories_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(StoriesPanel())

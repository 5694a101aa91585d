"""The part of the admin's home that stories bring: where each of her section's stories stands, and the queue."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from hub.pages.home_desk import A_FEW, sections_to_write_in
from hub.stories.admin.people import rows_of, status_of
from hub.stories.admin.review import waiting
from hub.stories.asking import draft_of
from hub.stories.disclosure import stories_seen_by
from hub.stories.models import ChangeWanted
from hub.stories.moderation import moderates
from hub.stories.requests import requests_seen_by


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
            "queue": len(waiting(request.user)) if is_moderator else 0,
        }


def stories_of(sections: list[Any], user: Any) -> list[dict[str, Any]]:
    """The stories of these sections that were worked on last, with the sentence that says where each stands."""
    found = stories_seen_by(user).filter(partner__in=[section.organisation_id for section in sections])
    rows = []
    for story in found.order_by("-latest_revision_created_at", "pk")[:A_FEW]:
        draft = draft_of(story)
        status = status_of(story, draft, rows_of(story, draft)[1])
        wishes = ChangeWanted.objects.filter(participation__story=story, done_at__isnull=True).count()
        rows.append(
            {
                "wishes": wishes,
                "story": story,
                "draft": draft,
                "status": status.removesuffix(" See below what is missing."),
            }
        )
    return rows


def stories_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(StoriesPanel())

"""What nobody may do to a story in the admin: copy it, alias it, move it to another partner, delete it with consents.

Friendly refusals only. A story that slips past them is dark all the same: its light belongs to one page.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hub.pages.models import HubPage
from hub.stories.models import StoryPage, StoryParticipant

BULK_ACTIONS_REFUSED = {"delete", "move"}


def _holds_story(page: Any) -> bool:
    inside: bool = StoryPage.objects.descendant_of(HubPage.objects.get(pk=page.pk), inclusive=True).exists()
    return inside


def _refuse(request: HttpRequest, page: Any, sentence: str) -> HttpResponse:
    messages.error(request, sentence)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def refuse_copy(request: HttpRequest, page: Any, *args: Any) -> HttpResponse | None:
    """Consent was given to one page, not to its copy."""
    if _holds_story(page):
        return _refuse(request, page, "A story cannot be copied: people agreed to it here, and nowhere else.")
    return None


def refuse_move(request: HttpRequest, page: Any, destination: Any) -> HttpResponse | None:
    """People agreed to a partner, so a story stays with it."""
    if _holds_story(page) and page.get_parent().pk != destination.pk:
        return _refuse(request, page, "A story stays with the partner people gave it to. It cannot be moved.")
    return None


def refuse_delete(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Deleting would break the record of what people decided."""
    if StoryParticipant.objects.filter(story__path__startswith=page.path).exists():
        return _refuse(
            request,
            page,
            "There are answers from people about this story, so it cannot be deleted. Unpublish it instead.",
        )
    return None


def refuse_bulk(request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any) -> HttpResponse | None:
    """The same refusals for several pages at once."""
    pages = [obj for obj in objects if isinstance(obj, HubPage)]
    if action_type in BULK_ACTIONS_REFUSED and any(_holds_story(page) for page in pages):
        return _refuse(request, pages[0], "Stories cannot be moved or deleted together. Open each by itself.")
    return None

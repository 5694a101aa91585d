"""The last check before a page leaves: is it public now, and is this exactly what was agreed? Refuses with a 404."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control

from hub.kept import notes
from hub.pages.models import HubPage, Visibility
from hub.pages.serving.agreed import AI, is_agreed, robots_for
from hub.security_headers import keep_nowhere
from hub.stories.light import beside
from hub.stories.light.lighting import lock
from hub.stories.models import StoryPage

logger = logging.getLogger(__name__)

Serve = Callable[[HubPage, HttpRequest, list[Any], dict[str, Any]], HttpResponse]


def only_what_is_public(next_serve: Serve) -> Serve:
    """The outermost link of Wagtail's serve chain: asks `live()`, whatever found the page."""

    def serve(page: HubPage, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
        current = _as_it_is_now(page, request)
        if current is None:
            raise Http404
        if isinstance(page, StoryPage):
            _refuse_other_words(page, current)
        response = next_serve(page, request, args, kwargs)
        if isinstance(page, StoryPage):
            if isinstance(response, TemplateResponse):
                response.render()
            keep_nowhere(response)
            _tell_machines(response, current.visibility)
        elif not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)  # one that names a story: hub.pages.kept_nowhere
        if not request.GET or _is_a_page_of_the_list(request, response):
            notes.may_be_kept()
        return response

    return serve


def _is_a_page_of_the_list(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether `?page=2` is all that was asked, and there is such a page: any other number takes no memory."""
    shown = (getattr(response, "context_data", None) or {}).get("page_obj")
    return shown is not None and request.GET.dict() == {"page": str(shown.number)}


def _as_it_is_now(page: HubPage, request: HttpRequest) -> HubPage | None:
    """The public page, asked for once more unless its address has just been asked for and it holds nobody's story."""
    route = getattr(request, "_wagtail_route_for_request", None)
    if route and route[0] is page and type(page).__dict__.get("consent_exempt") is True:
        return page
    again = HubPage.objects.filter(pk=page.pk).live().select_related("visibility")
    if not isinstance(page, StoryPage):
        return again.first()
    found: HubPage | None = again.annotate(**beside.ASKED).first()
    if found:
        beside.take(page, found)
    return found


def _refuse_other_words(story: StoryPage, current: HubPage) -> None:
    if story.content_hash() != current.visibility.content_hash:
        logger.error("Story %s was about to show other words or pictures than those agreed to. Refused.", story.pk)
        _darken(story.pk)
        raise Http404


def _tell_machines(response: HttpResponse, light: Visibility) -> None:
    """What machines may do with this story; it says so aloud where everyone agreed that they may learn from it."""
    response["X-Robots-Tag"] = ", ".join(robots_for(light))
    response["TDM-Reservation"] = "0" if is_agreed(light, AI) else "1"


def _darken(story_id: int) -> None:
    """Takes the light of a story that is not what was agreed to, as it is now: it may have been lit anew meanwhile."""
    with transaction.atomic():
        lock(story_id)
        proof = Visibility.objects.filter(page_id=story_id).first()
        if proof and proof.content_hash != StoryPage.objects.get(pk=story_id).content_hash():
            proof.take_back()

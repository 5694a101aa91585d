"""The last check before a page leaves: is it public now, and is this exactly what was agreed? Refuses with a 404."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_cache_control

from hub.pages.models import HubPage
from hub.security_headers import keep_nowhere
from hub.stories.models import StoryPage

logger = logging.getLogger(__name__)

Serve = Callable[[HubPage, HttpRequest, list[Any], dict[str, Any]], HttpResponse]


def only_what_is_public(next_serve: Serve) -> Serve:
    """The outermost link of Wagtail's serve chain: asks `live()` again, whatever found the page."""

    def serve(page: HubPage, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse:
        current = HubPage.objects.filter(pk=page.pk).live().select_related("visibility").first()
        if current is None:
            raise Http404
        if isinstance(page, StoryPage):
            _refuse_other_words(page, current)
        response = next_serve(page, request, args, kwargs)
        if isinstance(page, StoryPage):
            if isinstance(response, TemplateResponse):
                response.render()
            keep_nowhere(response)
        elif not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)  # it may name stories: it is asked for anew
        return response

    return serve


def _refuse_other_words(story: StoryPage, current: HubPage) -> None:
    if story.content_hash() != current.visibility.content_hash:
        logger.error("Story %s was about to show other words than those agreed to. Refused.", story.pk)
        raise Http404

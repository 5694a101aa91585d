"""The pictures of a story for whoever has to decide about it or works on it, under the right to its own screens.

Of a hidden story they are safeguarding's alone. Everybody else gets a 404, as for a story that never was.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from hub.security_headers import keep_nowhere
from hub.stories.light import is_hidden, picture_in, sees_hidden, stories_seen_by
from hub.stories.models import CarryOverProposal, Consent, PrivateLink, StoryPage, draft_of
from hub.stories.review import moderates


@require_safe
def picture(request: HttpRequest, story_id: int, name: str) -> HttpResponse:
    """One size of a picture of the draft, of the page, or of words that somebody was asked about."""
    story = get_object_or_404(stories_seen_by(request.user), pk=story_id)
    if not _may_see(request.user, story):
        raise Http404
    response = picture_in(_versions_of(story), name)
    keep_nowhere(response)
    return response


def pictures_at(story: StoryPage) -> str:
    """The beginning of the addresses of these pictures, for the screen that shows them."""
    return reverse("story_picture", args=[story.pk, "x"]).removesuffix("x")


def _may_see(user: Any, story: StoryPage) -> bool:
    if is_hidden(story.pk):
        return sees_hidden(user)
    return moderates(user) or bool(story.permissions_for_user(user).can_edit())


def _versions_of(story: StoryPage) -> Iterator[StoryPage]:
    """The draft first: that is what is mostly asked for."""
    yield draft_of(story)
    yield story
    of_this: dict[str, Any] = {"participation__story": story}
    asked = Q(pk__in=Consent.objects.filter(**of_this).values("revision"))
    asked |= Q(pk__in=PrivateLink.objects.filter(**of_this).values("revision"))
    asked |= Q(pk__in=CarryOverProposal.objects.filter(story=story).values("revision"))
    for revision in Revision.page_revisions.filter(asked).order_by("-pk").iterator():
        version = revision.as_object()
        if isinstance(version, StoryPage):
            yield version

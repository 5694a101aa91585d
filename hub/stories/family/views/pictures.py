"""The pictures of the words that a private link is about, under that link. Gone when its page is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from hub.stories.family.asking import story_asked_about
from hub.stories.family.views.private import not_open, private
from hub.stories.family.words_agreed import words_agreed_to
from hub.stories.light import picture_in
from hub.stories.models import PrivateLink, StoryPage


@private
def picture(request: HttpRequest, link: PrivateLink, key: str, name: str) -> HttpResponse:
    """One size of one picture; for anything else the kind page that says no more than that it is not open."""
    words = words_behind(link)
    try:
        return picture_in([words] if words else [], name)
    except Http404:
        return not_open(request)


def words_behind(link: PrivateLink) -> StoryPage | None:
    """What whoever holds `link` may read: the words it asks about, or those they have said yes to."""
    return story_asked_about(link) if link.purpose == PrivateLink.Purpose.ANSWER else words_agreed_to(link)


def pictures_at(key: str) -> str:
    """The beginning of the addresses of these pictures, for the page that shows them."""
    return reverse("yours_picture", args=[key, "x"]).removesuffix("x")

"""Giving the telephone back: this address ends, with every other that was opened on it, and staff sign in again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hub.stories.family import links
from hub.stories.family.views.private import not_open, private
from hub.stories.models import PrivateLink


@private
def give_back(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """Ends what was opened in the room; answers that were not sent wait for the next time they are asked."""
    if not link.opened_in_room or request.method != "POST":
        return not_open(request)
    links.end_in_the_room(link)
    return redirect("wagtailadmin_home")

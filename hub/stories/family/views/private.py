"""Who gets in, and what every private page has in common: no copy, no address passed on, no clue."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hub.pages.help_numbers import numbers_for
from hub.partners.models import Partner
from hub.screen_languages import asked_for, languages_to_choose, spoken, spoken_now
from hub.security_headers import keep_nowhere
from hub.stories.family import farewell, links
from hub.stories.family.in_their_language import manner_of
from hub.stories.family.which_story import which_story
from hub.stories.models import PrivateLink, StoryParticipant

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Gives `view` the link its address opens. Without one: a kind page, the same for every reason.

    There is no cookie to ride on, so there is nothing for a forged form to use: the address itself is the key.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
        link = links.find(key)
        if link is None:
            return gone(request, key) or not_open(request)
        try:
            with spoken(link.language):
                return show(view(request, link, key, *args, **kwargs))
        except (PrivateLink.DoesNotExist, StoryParticipant.DoesNotExist):  # erased, or taken out, while they pressed
            return gone(request, key) or not_open(request)

    return guarded


def show(response: HttpResponse) -> HttpResponse:
    """`response` with the headers of a private page."""
    keep_nowhere(response)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def not_open(request: HttpRequest) -> HttpResponse:
    with spoken(asked_for(request, spoken_now())):
        return _not_open(request)


def _not_open(request: HttpRequest) -> HttpResponse:
    context = {
        **languages_to_choose(),
        "partners": Partner.objects.filter(is_open=True).exclude(phone=""),
        "help_lines": numbers_for([])[:3],
        "has_exit": True,
        "names_a_story": False,  # the same bytes for a link that leads to one and for one that never was
    }
    return show(render(request, "stories/private/not_open.html", context, status=404))


def gone(request: HttpRequest, key: str) -> HttpResponse | None:
    """For a card whose story is erased: that it is done. None for every other key."""
    card = farewell.find(key)
    if card is None:
        return None
    context: dict[str, Any] = {
        "left": card.left,
        "for_child": card.given_by == "guardian",
        "erased_at": farewell.erased_at(card),
        "partner": card.partner,
        "has_exit": True,
    }
    with spoken(asked_for(request, card.language)):
        context |= languages_to_choose()
        return show(render(request, "stories/private/gone.html", context))


def page(request: HttpRequest, name: str, link: PrivateLink, key: str, **context: Any) -> HttpResponse:
    """One of the private templates, with what each of them needs."""
    person = link.participation.participant
    everywhere = {
        "link": link,
        "key": key,
        "partner": person.partner,
        "for_child": link.given_by == "guardian",
        "say": manner_of(link),
        "about": which_story(link),
        "has_exit": True,
        **languages_to_choose(),
    }
    return render(request, f"stories/private/{name}.html", {**everywhere, **context})

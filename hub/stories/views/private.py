"""Who gets in, and what every private page has in common: no copy, no address passed on, no clue."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hub.pages.models import HelpLine
from hub.partners.models import Partner
from hub.security_headers import keep_nowhere
from hub.stories import links
from hub.stories.models import PrivateLink
from hub.stories.questions import voice_of

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
        return not_open(request) if link is None else show(view(request, link, key, *args, **kwargs))

    return guarded


def show(response: HttpResponse) -> HttpResponse:
    """`response` with the headers of a private page."""
    keep_nowhere(response)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def not_open(request: HttpRequest) -> HttpResponse:
    context = {
        "partners": Partner.objects.filter(is_open=True).exclude(phone=""),
        "help_lines": HelpLine.for_topics([])[:3],
        "has_exit": True,
    }
    return show(render(request, "stories/private/not_open.html", context, status=404))


def page(request: HttpRequest, name: str, link: PrivateLink, key: str, **context: Any) -> HttpResponse:
    """One of the private templates, with what each of them needs."""
    person = link.participation.participant
    everywhere = {
        "link": link,
        "key": key,
        "partner": person.partner,
        "for_child": link.given_by == "guardian",
        "say": voice_of(link),
        "has_exit": True,
    }
    return render(request, f"stories/private/{name}.html", {**everywhere, **context})

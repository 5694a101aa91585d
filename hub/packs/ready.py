"""The ready packs: a module's, and the handouts of an activity, under the page's own address. No story is ever in one.

So a GET may make them, as often as anybody likes: they are kept made, and nothing is written in the use register.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from hub.bounded_process import LimitReached
from hub.packs.answers import as_file, busy, page
from hub.packs.contents import ready
from hub.packs.documents import Cover
from hub.packs.making import make_ready
from hub.pages.models import ActivityPage, HubPage, ModulePage


@require_safe
def module_pack(request: HttpRequest, path: str, form: str) -> HttpResponse:
    """A module with its activities, their handouts and its guidance."""
    return _file(request, path, ModulePage, ready, Cover(form=form))


@require_safe
def handout(request: HttpRequest, path: str) -> HttpResponse:
    """An activity with its handouts, each on a sheet of its own."""
    return _file(request, path, ActivityPage, lambda activity: [activity.pk], Cover(is_bare=True))


def _file(
    request: HttpRequest, path: str, kind: type[HubPage], numbers: Callable[[Any], list[int]], how: Cover
) -> HttpResponse:
    found: Any = HubPage.route_for_request(request, path)
    if found is None or not isinstance(found.page, kind):
        raise Http404
    cover = replace(how, title=found.page.title, is_big=request.GET.get("print") == "big")
    try:
        made = make_ready(numbers(found.page), cover)
    except LimitReached:
        return busy(page(request, "busy", again=request.get_full_path()))
    return as_file(made, found.page.slug)

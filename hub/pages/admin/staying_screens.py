"""What do staff read when a page stays where it is? A sentence on the page they came from, instead of a closed door.

Decides nothing: hub.pages.models.staying does. Whoever may not work on a page learns nothing about it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hub.pages.admin.reading import pages_worked_on_by
from hub.pages.models.staying import COPIED, DELETED, MOVED, ItStays, has_records_that_stay, holds_what_stays

View = Callable[..., HttpResponse]
ASKED: dict[str, tuple[Callable[[Any], bool], str]] = {
    "copy": (holds_what_stays, COPIED),
    "convert_alias": (holds_what_stays, COPIED),
    "move": (holds_what_stays, MOVED),
    "move_confirm": (holds_what_stays, MOVED),
    "delete": (has_records_that_stay, DELETED),
}


def saying_why_not(view: View) -> View:
    """One of Wagtail's screens for pages, that says why when it refuses a page that stays."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            page = _page_asked_for(request, kwargs)
            sentence = _why_not(request, page, refusal) if page else ""
            if not sentence:
                raise
            messages.error(request, sentence)
            return redirect("wagtailadmin_explore", page.get_parent().pk)

    return asked


def refuse_move(request: HttpRequest, page: Any, destination: Any) -> None:
    """Before somebody is asked whether she is sure."""
    if page.get_parent().pk != destination.pk and holds_what_stays(page):
        raise ItStays(MOVED)


def _page_asked_for(request: HttpRequest, kwargs: dict[str, Any]) -> Any:
    number = kwargs.get("page_id") or kwargs.get("page_to_move_id")
    return pages_worked_on_by(request.user).filter(pk=number, depth__gt=1).first() if number else None


def _why_not(request: HttpRequest, page: Any, refusal: PermissionDenied) -> str:
    if isinstance(refusal, ItStays):
        return str(refusal)
    match = request.resolver_match
    stays, sentence = ASKED.get((match and match.url_name) or "", (None, ""))
    return sentence if stays and stays(page) else ""

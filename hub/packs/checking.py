"""The page behind the square code on a pack, and new pages for whoever holds an old one. Asks nobody who they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from hub.accounts import limits
from hub.accounts.client_address import client_network
from hub.bounded_process import LimitReached
from hub.packs.answers import as_file, busy, page
from hub.packs.current import look
from hub.packs.documents import Cover
from hub.packs.editions import HELP, code_as_typed
from hub.packs.making import ChangedMeanwhile, make
from hub.packs.models import Pack
from hub.packs.views import BUSY, CHANGED, MOST_AN_HOUR, TOO_MANY_PACKS
from hub.stories.family import show


@require_safe
def typed(request: HttpRequest) -> HttpResponse:
    """From the box in which somebody types a code to the page about that pack."""
    return show(redirect("pack_check", code_as_typed(request.GET.get("code", "")) or "-"))


@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Yes; or which pages to take out and which to print anew. A code that we do not know gets a page that says so."""
    return _check_page(request, code)


@csrf_exempt  # there is no cookie that a forged form could use
@require_POST
def again(request: HttpRequest, code: str) -> HttpResponse:
    """The pages to print anew, as one file."""
    pack, sender = _pack(code), client_network(request)
    anew = [change.number for change in look(pack).anew] if pack else []
    if pack is None or not anew:
        return show(redirect("pack_check", code))
    if not limits.take("pack", sender, most=MOST_AN_HOUR):
        return _check_page(request, code, problems=[TOO_MANY_PACKS], status=429)
    cover = Cover(title=f"New pages for pack {pack.code}", form=pack.form, is_big=pack.is_big)
    try:
        return as_file(make((number for number in anew if number != HELP), cover))
    except LimitReached:
        return busy(_check_page(request, code, problems=[BUSY]))
    except ChangedMeanwhile:
        return _check_page(request, code, problems=[CHANGED])


def _pack(code: str) -> Pack | None:
    return Pack.objects.filter(code=code_as_typed(code)).first()


def _check_page(request: HttpRequest, code: str, *, status: int = 200, **context: Any) -> HttpResponse:
    pack = _pack(code)
    if pack is None:
        return page(request, "unknown", status=404, code=code[:40])
    return page(request, "check", status=status, pack=pack, look=look(pack), **context)

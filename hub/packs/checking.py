"""The page behind the square code on a pack, and new pages for whoever holds an old one. Asks nobody who they are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
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
from hub.screen_languages import as_asked, in_this_language
from hub.stories.family import show


@require_safe
@as_asked
def typed(request: HttpRequest) -> HttpResponse:
    """From the box in which somebody types a code to the page about that pack."""
    return show(redirect(_address(code_as_typed(request.GET.get("code", "")) or "-")))


@require_safe
@as_asked
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Yes; or which pages to take out and which to print anew. A code that we do not know gets a page that says so."""
    return _check_page(request, code)


@csrf_exempt  # there is no cookie that a forged form could use
@require_POST
@as_asked
def again(request: HttpRequest, code: str) -> HttpResponse:
    """The pages to print anew, as one file."""
    pack, sender = _pack(code), client_network(request)
    anew = [change.number for change in look(pack).anew] if pack else []
    if pack is None or not anew:
        return show(redirect(_address(code)))
    if not limits.take("pack", sender, most=MOST_AN_HOUR):
        return _check_page(request, code, problems=[gettext(TOO_MANY_PACKS)], status=429)
    cover = Cover(title=f"New pages for pack {pack.code}", form=pack.form, is_big=pack.is_big)
    try:
        return as_file(make((number for number in anew if number != HELP), cover))
    except LimitReached:
        return busy(_check_page(request, code, problems=[gettext(BUSY)]))
    except ChangedMeanwhile:
        return _check_page(request, code, problems=[gettext(CHANGED)])


def _pack(code: str) -> Pack | None:
    return Pack.objects.filter(code=code_as_typed(code)).first()


def _check_page(request: HttpRequest, code: str, *, status: int = 200, **context: Any) -> HttpResponse:
    pack = _pack(code)
    if pack is None:
        return page(request, "unknown", status=404, code=code[:40])
    return page(request, "check", status=status, pack=pack, look=look(pack), made=_made(pack), **context)


def _address(code: str) -> str:
    return in_this_language(reverse("pack_check", args=[code]))


def _made(pack: Pack) -> str:
    """When it was made, how many pages it has, and whether they are big: whoever holds it sees that it is this one."""
    pages = pack.pages
    if not pages:
        words = gettext("Made on %(day)s, in big print.") if pack.is_big else gettext("Made on %(day)s.")
    elif pack.is_big:
        words = ngettext(
            "Made on %(day)s, %(pages)d page, in big print.", "Made on %(day)s, %(pages)d pages, in big print.", pages
        )
    else:
        words = ngettext("Made on %(day)s, %(pages)d page.", "Made on %(day)s, %(pages)d pages.", pages)
    return words % {"day": date_format(pack.made_on, "j F Y"), "pages": pages}

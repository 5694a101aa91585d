"""The page of a pack, and the file that comes out of it. No account, no cookie, no script.

A GET keeps nothing anywhere. A pack is made by a POST: it writes a line in the use register for each story in it, and a
browser or a robot that fetches beforehand must not.
"""

import secrets
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as noted
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from hub.accounts import limits
from hub.accounts.client_address import client_network
from hub.bounded_process import LimitReached
from hub.british_times import said
from hub.packs import stories
from hub.packs.acts import CannotDo, after
from hub.packs.answers import as_file, busy, page
from hub.packs.contents import Item, items
from hub.packs.forms import CoverForm, MakeForm
from hub.packs.making import ChangedMeanwhile, make
from hub.packs.offers import offers
from hub.packs.wishes import MOST, NotOurs, Wish, read, read_query
from hub.screen_languages import as_asked, in_this_language
from hub.stories.family import show

MOST_AN_HOUR = 60  # from one place; a training room sits behind one address
OPEN_FOR = 24 * 3600  # seconds
EMPTY = noted("There is nothing in this pack yet. Add something first.")
TOO_MANY_PACKS = noted("A lot of packs have been made where you are. Please try again in an hour: nothing is lost.")
TOO_OLD = noted("This page was open for a long time. Nothing is lost: please press the button again.")
BUSY = noted("Other packs are being made just now. Nothing is lost: please press the button again in a moment.")
CHANGED = noted("Something in the pack changed while it was being made. Please look at it and press the button again.")


@require_safe
@as_asked
def pack(request: HttpRequest) -> HttpResponse:
    """What is in the pack that the address says, and what can be done with it."""
    asked = request.GET
    changes = "pack" in asked or "do" in asked
    try:
        wish = read_query(asked.get("pack", "")) if changes else read(asked)
    except NotOurs:
        return page(request, "not_ours", status=400)
    if not changes:
        return _pack_page(request, wish)
    problems = []
    try:
        wish = after(wish, asked.get("do", ""))
    except CannotDo as refusal:
        problems = [str(refusal)]
    form = CoverForm(asked) if "title" in asked or "day" in asked else None
    if form and form.is_valid():
        wish = replace(wish, title=form.cleaned_data["title"], day=form.cleaned_data["day"])
    if problems or (form and form.errors):
        return _pack_page(request, wish, MakeForm(asked) if form else None, problems=problems)
    return show(redirect(in_this_language(wish.address() + _typed(asked))))


@csrf_exempt  # there is no cookie that a forged form could use
@require_POST
@as_asked
def make_pack(request: HttpRequest) -> HttpResponse:
    """The file. Whatever stops it says so on the page of the pack, with everything as it was typed."""
    try:
        wish = read_query(request.POST.get("pack", ""))
    except NotOurs:
        return page(request, "not_ours", status=400)
    form, sender = MakeForm(request.POST), client_network(request)
    if not form.is_valid():
        return _pack_page(request, wish, form)
    problem, status = _why_not_now(wish, request.POST.get("once", ""), sender)
    if problem:
        return _pack_page(request, wish, form, problems=[gettext(problem)], status=status)
    once = "pack-once-" + request.POST["once"].split(":")[0]
    try:
        made = make(wish.pages, form.cover(), counts=cache.get(once) is None)
    except LimitReached:
        return busy(_pack_page(request, wish, form, problems=[gettext(BUSY)]))
    except ChangedMeanwhile:
        return _pack_page(request, wish, form, problems=[gettext(CHANGED)])
    cache.set(once, True, timeout=OPEN_FOR)
    return as_file(made)


def _typed(asked: QueryDict) -> str:
    """What was typed and does not belong into the address that somebody may keep: how many copies, and big print."""
    typed = {name: asked[name][:20] for name in ("copies", "big") if asked.get(name)}
    return f"&{urlencode(typed)}" if typed else ""


def _why_not_now(wish: Wish, once: str, sender: str) -> tuple[str, int]:
    if not wish.pages:
        return EMPTY, 200
    try:
        TimestampSigner(salt="hub.packs").unsign(once, max_age=OPEN_FOR)
    except BadSignature:
        return TOO_OLD, 200
    return ("", 200) if limits.take("pack", sender, most=MOST_AN_HOUR) else (TOO_MANY_PACKS, 429)


def _pack_page(
    request: HttpRequest, wish: Wish, form: Any = None, *, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    too_many = len(wish.pages) - MOST
    if too_many > 0:
        left_out = ngettext(
            "A pack holds up to %(most)d things. The last one was left out.",
            "A pack holds up to %(most)d things. The last %(number)d were left out.",
            too_many,
        )
        problems = [*(problems or []), left_out % {"most": MOST, "number": too_many}]
        wish = replace(wish, pages=wish.pages[:MOST])
    found = items(wish.pages)
    return page(
        request,
        "pack",
        status=status,
        wish=wish,
        items=found,
        instead={item.number: _instead(item, wish) for item in found if item.is_story and not item.may_be_printed},
        form=form or MakeForm(initial=_initial(request, wish)),
        problems=problems,
        offers=offers(wish.pages),
        once=TimestampSigner(salt="hub.packs").sign(secrets.token_urlsafe(12)),
        has_exit=any(item.page and item.page.has_exit for item in found),
        is_full=len(wish.pages) >= MOST,
    )


def _initial(request: HttpRequest, wish: Wish) -> dict[str, Any]:
    day = said(wish.day) if wish.day else ""
    return {"title": wish.title, "day": day, "copies": request.GET.get("copies"), "big": request.GET.get("big")}


def _instead(item: Item, wish: Wish) -> list[Any]:
    return list(stories.others_like(item.page, without=wish.pages))

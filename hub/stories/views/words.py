"""Where my words are: what is agreed, until when, and the two taps that pause or stop it. Works at any hour."""

import json
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from hub.pages.models import HubPage
from hub.stories import asking, carrying_over, links, looking_after, receipts
from hub.stories.choices import Use
from hub.stories.forms import WishForm
from hub.stories.models import PrivateLink, StoryUse
from hub.stories.use_register import in_words
from hub.stories.views.private import not_open, page, private
from hub.stories.where_words_are import where_words_are

ACTS = {
    "pause": looking_after.pause,
    "go-on": looking_after.go_on,
    "stop": looking_after.stop,
    "erase": looking_after.ask_for_erasure,
}
ACTS_ON_ONE: dict[str, Callable[[PrivateLink, Use], None]] = {
    "pause-one": lambda link, use: looking_after.pause(link, uses=[use]),
    "go-on-one": lambda link, use: looking_after.go_on(link, uses=[use]),
    "stop-one": lambda link, use: looking_after.stop(link, uses=[use]),
    "ask-again": looking_after.ask_to_be_asked,
}


@private
def words(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """Every use, said in words, and what can be done about it."""
    if not _may_look_after(link):
        return redirect("yours", key)
    story_id = link.participation.story_id
    yeses, own = looking_after.standing(link), looking_after.own_voice(link)
    shown = HubPage.objects.filter(pk=story_id).live().first()
    return page(
        request,
        "words",
        link,
        key,
        question=links.open_question(link),
        uses=where_words_are(link, is_shown=shown is not None),
        stoppable=bool(yeses),
        paused=bool(own) and all(consent.held_at for consent in own),
        shown=shown,
        used=where_used(link),
        corrections=[] if asking.is_stopped(story_id) else carrying_over.corrections(link.participation),
    )


@private
def act(request: HttpRequest, link: PrivateLink, key: str, name: str) -> HttpResponse:
    """GET asks once; POST does it. Nothing is asked but "are you sure"."""
    if name not in ACTS or not _may_look_after(link):
        return not_open(request)
    try:
        looking_after.check_may_decide(link)
    except looking_after.TheirOwnDecision:
        return page(request, "their_own", link, key)
    if request.method == "POST":
        ACTS[name](link)
        return redirect("yours_after", key, name)
    return page(request, "sure", link, key, act=name)


@private
def act_on_one(request: HttpRequest, link: PrivateLink, key: str, name: str, use: str) -> HttpResponse:
    """The same for one use; the others stay as they are."""
    if name not in ACTS_ON_ONE or use not in Use.values or not _may_look_after(link):
        return not_open(request)
    try:
        looking_after.check_may_decide(link)
    except looking_after.TheirOwnDecision:
        return page(request, "their_own", link, key)
    if request.method == "POST":
        ACTS_ON_ONE[name](link, Use(use))
        return redirect(f"{reverse('yours_words', args=[key])}#use-{use}")
    return page(request, "sure", link, key, act=name, use=Use(use))


@private
def wish(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """Room for what they would like to be different. What was typed stays when something is wrong."""
    if not _may_look_after(link):
        return not_open(request)
    try:
        looking_after.check_may_decide(link)
    except looking_after.TheirOwnDecision:
        return page(request, "their_own", link, key)
    form = WishForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        looking_after.ask_for_a_change(link, form.cleaned_data["wanted"].strip())
        return redirect("yours_after", key, "wish")
    return page(request, "wish", link, key, form=form)


@private
def after(request: HttpRequest, link: PrivateLink, key: str, name: str) -> HttpResponse:
    """What has happened, and what cannot be called back."""
    if name not in {*ACTS, "wish"} or not _may_look_after(link):
        return not_open(request)
    return page(request, "after", link, key, act=name)


@private
def done(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """The receipt: what was said, what happens next, and the address to keep. After a no to all of it nothing does."""
    if not _may_look_after(link):
        return redirect("yours", key)
    if receipts.is_taken_back(link):
        return redirect("yours_words", key)
    return page(
        request,
        "done",
        link,
        key,
        lines=receipts.lines(link),
        wordings=receipts.wordings(link),
        said_yes=bool(looking_after.standing(link)),
        wanted_change=link.participation.changes.filter(done_at__isnull=True).exists(),
        days=settings.COOLING_OFF_DAYS,
        address=address_of(key),
    )


@private
def receipt(request: HttpRequest, link: PrivateLink, key: str, kind: str) -> HttpResponse:
    """The receipt as a file, under a name that says nothing about the story."""
    if not _may_look_after(link):
        return not_open(request)
    if kind == "pdf":
        response = HttpResponse(receipts.as_pdf(link, address=address_of(key)), content_type="application/pdf")
    else:
        written = json.dumps(receipts.as_json(link), indent=2, ensure_ascii=False)
        response = HttpResponse(written, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="my-answers.{kind}"'
    return response


def address_of(key: str) -> str:
    """The lasting address of these pages; empty for whoever came by a code, whose key ends in an hour."""
    return "" if key.startswith("c.") else settings.HUB_ADDRESS + reverse("yours", args=[key])


def where_used(link: PrivateLink) -> list[str]:
    """Each time these words were used outside this website, as it was written down."""
    found = StoryUse.objects.filter(story_id=link.participation.story_id)
    return [in_words(used) + (". Taken down." if used.taken_down_at else "") for used in found]


def _may_look_after(link: PrivateLink) -> bool:
    return link.purpose == PrivateLink.Purpose.KEEP

"""Where my words are: what is agreed, until when, and the two taps that pause or stop it. Works at any hour."""

import json
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noted

from hub.pages.models import HubPage
from hub.screen_languages import IN_ENGLISH, spoken
from hub.stories.choices import Use
from hub.stories.family import asking, links, receipts, record
from hub.stories.family.forms import WishForm
from hub.stories.family.happened import controllers, what_happened
from hub.stories.family.in_their_language import day_in_words, label_of, manner_of, used_in_words
from hub.stories.family.views.pictures import pictures_at
from hub.stories.family.views.private import not_open, page, private
from hub.stories.family.where_words_are import is_looked_at_again, places_gone_dark, sent_back, where_words_are
from hub.stories.family.words_agreed import words_agreed_to
from hub.stories.models import BecauseOfIt, PrivateLink, StoryUse
from hub.stories.review import carrying_over
from hub.stories.rule import Decision
from hub.stories.withdrawal import leaving_of, leaving_out, looking_after, new_story_of, not_before, others_in

ACTS: dict[str, Callable[[PrivateLink], object]] = {
    "pause": looking_after.pause,
    "go-on": looking_after.go_on,
    "stop": looking_after.stop,
    "erase": looking_after.ask_for_erasure,
    "any-day": not_before.from_any_day,
    "leave": leaving_out.leave,
    "stay": leaving_out.stay_after_all,
}
KINDS_OF_PLACE = {Use.TRAINING: noted("Sessions they were told in"), Use.PRINT_PACK: noted("Packs they are in")}
OTHER_PLACES = noted("Other places they have been")
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
        agreed=words_agreed_to(link),
        pictures_at=pictures_at(key),
        used=where_used(link),
        controllers=controllers(link),
        happened=what_happened(link),
        sent_back=sent_back(link),
        first_day=not_before.day_of(link),
        because=BecauseOfIt.objects.filter(story_id=story_id),
        gone=places_gone_dark(link),
        corrections=[] if asking.is_stopped(story_id) else carrying_over.corrections(link.participation),
        **going_on_without(link),
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
    if name == "leave" and not others_in(link.participation).exists():
        return redirect("yours_act", key, "erase")  # alone in it, both are the same
    if name == "stay" and leaving_of(link.participation) is None:
        return redirect("yours_words", key)
    if request.method == "POST":
        try:
            ACTS[name](link)
        except leaving_out.CannotLeave:
            return redirect("yours_words", key)  # which says how it stands now
        return redirect("yours_after", key, name)
    return page(request, "sure", link, key, act=name, others=others_in(link.participation).exists())


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
    return page(request, "sure", link, key, act=name, use_label=label_of(use))


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
    if name not in {*ACTS, "wish", "first-day"} or not _may_look_after(link):
        return not_open(request)
    return page(request, "after", link, key, act=name, first_day=not_before.day_of(link))


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
        controllers=controllers(link),
        happened=what_happened(link),
        said_yes=bool(looking_after.standing(link)),
        wanted_change=link.participation.changes.filter(done_at__isnull=True).exists(),
        next=[words.format(days=settings.COOLING_OFF_DAYS) for words in manner_of(link).after_yes],
        said_no=any(consent.decision == Decision.REFUSED for consent in receipts.answers_of(link)),
        address=address_of(key),
    )


@private
def receipt(request: HttpRequest, link: PrivateLink, key: str, kind: str) -> HttpResponse:
    """The receipt as a file, under a name that says nothing about the story."""
    if not _may_look_after(link):
        return not_open(request)
    if kind == "pdf":
        written = receipts.as_pdf(link, address=address_of(key), gone=_gone(link))
        response = HttpResponse(written, content_type="application/pdf")
    else:
        with spoken(IN_ENGLISH):  # machines read one language; the record says in which people did
            facts = json.dumps(record.as_json(link, gone=_gone(link)), indent=2, ensure_ascii=False)
        response = HttpResponse(facts, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="my-answers.{kind}"'
    return response


def _gone(link: PrivateLink) -> list[tuple[str, str]]:
    return [(place.name, place.became) for place in places_gone_dark(link)]


def address_of(key: str) -> str:
    """The lasting address of these pages; empty for whoever came by a code, whose key ends in an hour."""
    return "" if key.startswith("c.") else settings.HUB_ADDRESS + reverse("yours", args=[key])


def going_on_without(link: PrivateLink) -> dict[str, Any]:
    """Whether they leave the story and how far that is; or that somebody looks at it again, never why."""
    own = leaving_of(link.participation)
    return {
        "leaving": own,
        "made_without": own is not None and new_story_of(own.story_number) is not None,
        "may_leave": own is None and others_in(link.participation).exists(),
        "looked_at_again": own is None and is_looked_at_again(link.participation),
    }


def where_used(link: PrivateLink) -> list[tuple[str, list[str]]]:
    """Each time these words were used outside this website, as it was written down: sessions, packs, and the rest."""
    found: dict[str, list[str]] = {}
    for used in StoryUse.objects.filter(story_id=link.participation.story_id):
        found.setdefault(KINDS_OF_PLACE.get(Use(used.use), OTHER_PLACES), []).append(_one_time(used))
    return [(_(title), found[title]) for title in (*KINDS_OF_PLACE.values(), OTHER_PLACES) if title in found]


def _one_time(used: StoryUse) -> str:
    if not used.taken_down_at:
        return used_in_words(used)
    down = _("Taken down on %(day)s.") % {"day": day_in_words(timezone.localtime(used.taken_down_at))}
    return f"{used_in_words(used)}. {down}"


def _may_look_after(link: PrivateLink) -> bool:
    return link.purpose == PrivateLink.Purpose.KEEP

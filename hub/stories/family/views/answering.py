"""Reading the story and answering, one question a page. Opening a page changes nothing; only Continue and Send do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.screen_languages import IN_ENGLISH, spoken_now
from hub.stories.choices import Use
from hub.stories.consent import translations
from hub.stories.family import asking, links
from hub.stories.family.forms import OneQuestion
from hub.stories.family.in_their_language import manner_of, name_of, translated
from hub.stories.family.questions import ANSWERS
from hub.stories.family.views.pictures import pictures_at
from hub.stories.family.views.private import not_open, page, private
from hub.stories.models import PrivateLink, StoryPage
from hub.stories.rule import GivenBy


@private
def start(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """Who is asking, what for, and that "no" is fine. Whoever has answered sees what they said instead."""
    if link.purpose == PrivateLink.Purpose.KEEP:
        return redirect("yours_words", key)
    if link.used_at:
        return redirect("yours_answered", key)
    wording = link.wording
    return page(
        request,
        "start",
        link,
        key,
        story=asking.story_asked_about(link),
        wording=name_of(wording) if wording else "",
        only_in_english=wording is not None and not wording.own_language and spoken_now() != IN_ENGLISH,
        unchecked=wording is not None and bool(wording.own_language) and not translations.is_checked(wording.language),
    )


@private
def read(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """The story exactly as it would be shown. Whoever comes back goes on with what they have not answered yet."""
    story = asking.story_asked_about(link)
    if link.purpose != PrivateLink.Purpose.ANSWER:
        return not_open(request)
    if story is None:
        return page(request, "changed", link, key)
    goes_on = asking.first_unanswered(link, story) or asking.questions(link, story)[-1]
    return page(
        request,
        "read",
        link,
        key,
        story=story,
        pictures_at=pictures_at(key),
        goes_on=goes_on.key,
        newer=asking.is_newer_than_the_public(link),
    )


@private
def question(request: HttpRequest, link: PrivateLink, key: str, name: str) -> HttpResponse:
    """One question: shown with what was answered before, if anything was; kept when Continue is pressed."""
    story = _may_answer(link)
    if story is None:
        return redirect("yours", key)
    asked = asking.questions(link, story)
    here = next((place for place, one in enumerate(asked) if one.key == name), None)
    if here is None:
        return not_open(request)
    said = asking.said_so_far(link)
    before = {"answer": said.get(name), "wanted": said.get("wanted", "")}
    typed = request.POST if request.method == "POST" else None
    form = OneQuestion(asked[here], title_of(asked[here], link), manner_of(link), typed, initial=before)
    if request.method == "POST" and form.is_valid():
        asking.keep(link, form.said)
        following = asking.first_unanswered(link, story)
        return redirect("yours_question", key, following.key) if following else redirect("yours_check", key)
    back = asked[here - 1].key if here else None
    return page(
        request,
        "question",
        link,
        key,
        form=form,
        asked=asked[here],
        help=help_for(asked[here], link),
        back=back,
        categories=[translated(words) for words in asking.categories_in_words(story)],
        named=translated(str(link.participation.get_named_as_display())),
        place=here + 1,
        of=len(asked),
        steps=["done"] * here + ["now"] + ["todo"] * (len(asked) - here - 1),
    )


@private
def check(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """Every answer with a way to change it. Sending records them, once."""
    story = _may_answer(link)
    if story is None:
        return redirect("yours", key)
    missing = asking.first_unanswered(link, story)
    if missing:
        return redirect("yours_question", key, missing.key)
    if request.method == "POST":
        if not asking.send(link, story):
            return redirect("yours_answered", key)
        return redirect("yours_done", _address_to_keep(link))
    said = asking.said_so_far(link)
    words = {str(name): label for name, label in manner_of(link).names.items()} | translated(ANSWERS)
    rows = [(one.key, title_of(one, link), words[said[one.key]]) for one in asking.questions(link, story)]
    wants_change = said["change"] == "yes" or said["name"] != link.participation.named_as
    return page(request, "check", link, key, rows=rows, wanted=said.get("wanted", ""), wants_change=wants_change)


@private
def answered(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """For whoever comes back to a link they have used: a way on to their words. POST makes a new address for that."""
    if not link.used_at:
        return redirect("yours", key)
    if request.method == "POST":
        return redirect("yours_words", _address_to_keep(link))
    return page(request, "answered", link, key)


def _may_answer(link: PrivateLink) -> StoryPage | None:
    if link.purpose != PrivateLink.Purpose.ANSWER or link.used_at:
        return None
    return asking.story_asked_about(link)


def _address_to_keep(link: PrivateLink) -> str:
    kept = links.issue(
        link.participation,
        PrivateLink.Purpose.KEEP,
        given_by=GivenBy(link.given_by),
        wording_id=link.wording_id,
        language=link.language,
    )
    if link.opened_in_room:  # nothing that lasts stays on somebody else's telephone
        kept.link.ends_at = timezone.now() + links.IN_THE_ROOM_FOR
        kept.link.save(update_fields=["ends_at"])
        return links.key_to(links.IN_THE_ROOM, kept.link.pk)
    return kept.address


def title_of(asked: asking.Question, link: PrivateLink) -> str:
    """The question in words, said to the person or about the child."""
    if asked.use:
        return manner_of(link).uses[asked.use][0]
    return {
        "name": manner_of(link).name,
        "categories": _("Is it all right to show these things?"),
        "change": _("Do you want us to change anything first?"),
    }[asked.key]


def help_for(asked: asking.Question, link: PrivateLink) -> str:
    return manner_of(link).uses[Use(asked.use)][1] if asked.use else ""

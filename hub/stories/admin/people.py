"""The people of one story, for the workers of its section: who is in it, what they said, what to do next.

Whoever may not edit the story gets a 404. The secrets of a link are shown once, on the page that made it.
"""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from hub.partners.roles import signed_in
from hub.stories import asking
from hub.stories.admin.people_forms import AskForm, PersonForm
from hub.stories.admin.sheets import sheet_for
from hub.stories.carrying_over import has_older_yes
from hub.stories.choices import PlaceLevel, Use
from hub.stories.facts import story_facts
from hub.stories.holding import standing_hold
from hub.stories.models import ChangeWanted, EvidenceFile, Participant, StoryPage, StoryParticipant
from hub.stories.operations import add_participant
from hub.stories.rule import AgeBand, Answer, Decision, GivenBy, Reason, in_force, may_appear


@dataclass(frozen=True, slots=True)
class Row:
    """One person and what holds about the website, in words."""

    participation: StoryParticipant
    state: str
    uses: list[tuple[str, str]]
    changes: list[ChangeWanted]
    evidence: list[EvidenceFile]


def for_the_section(view: Any) -> Any:
    """Gives `view` the story, to whoever may edit it; 404 to everybody else, as for a story that never was."""

    @wraps(view)
    def guarded(request: HttpRequest, story_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        story = get_object_or_404(StoryPage, pk=story_id)
        if not story.permissions_for_user(request.user).can_edit():
            raise Http404
        response: HttpResponse = view(request, story, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


@for_the_section
def people(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """Status, people, and the form that adds another."""
    form = PersonForm(story, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        participation = _add(story, form.cleaned_data)
        messages.success(request, f"{participation.participant.code} is in the story. Ask them next.")
        return redirect("story_people", story.pk)
    draft = asking.draft_of(story)
    rows, answer = rows_of(story, draft)
    context = {
        "story": story,
        "draft": draft,
        "rows": rows,
        "status": status_of(story, draft, answer),
        "form": form,
        "has_changed": has_older_yes(story, draft),
    }
    return render(request, "stories/admin/people.html", context)


@for_the_section
def ask(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """Makes a private link, and shows the sheet to print or the address to send."""
    participation = person_in(story, participation_id)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = sheet_for(participation, by=signed_in(request), **form.cleaned_data)
            context = {"story": story, "participation": participation, "sheet": sheet}
            return render(request, "stories/admin/sheet.html", context)
        except asking.CannotAsk as error:
            form.add_error(None, str(error))
    return render(request, "stories/admin/ask.html", {"story": story, "participation": participation, "form": form})


def rows_of(story: StoryPage, draft: StoryPage) -> tuple[list[Row], Answer]:
    """Everybody in the story and whether the latest draft may appear on the website."""
    now = timezone.now()
    facts = story_facts(draft, content_hash=draft.content_hash())
    everybody = (
        story.participations.select_related("participant")
        .prefetch_related("consents", "changes", "evidence__consents")
        .order_by("pk")
    )
    rows = []
    for place, participation in enumerate(everybody):
        answers = {use: in_force(facts[use].people[place], facts[use], now) for use in Use}
        asked = {consent.use for consent in participation.consents.all()}
        uses = [(str(use.label), in_words(answers[use])) for use in Use if use in asked and use != Use.WEBSITE]
        state = in_words(answers[Use.WEBSITE]) if participation.consent_needed else "Need not be asked."
        state += still_to_say_yes(participation)
        changes = [change for change in participation.changes.all() if change.done_at is None]
        evidence = [file for file in participation.evidence.all() if file.consents.all()]
        rows.append(Row(participation, state, uses, changes, evidence))
    return rows, may_appear(facts[Use.WEBSITE], now=now)


def in_words(answer: Answer) -> str:
    """Yes and until when, or every reason why not."""
    if answer.allowed and answer.until:
        return f"Yes, until {timezone.localtime(answer.until):%-d %B %Y}."
    return " ".join(gap.reason.sentence for gap in answer.gaps)


def still_to_say_yes(participation: StoryParticipant) -> str:
    """For a child under 12 two people answer: which of them has not said yes to the website. Empty for others."""
    if participation.participant.age_band != AgeBand.UNDER_12 or not participation.consent_needed:
        return ""
    yeses = {
        consent.given_by
        for consent in participation.consents.all()
        if consent.use == Use.WEBSITE and consent.decision == Decision.GIVEN
    }
    both = {GivenBy.SELF: "the child", GivenBy.GUARDIAN: "the parent or guardian"}
    missing = [words for giver, words in both.items() if giver not in yeses]
    return f" Still to say yes: {' and '.join(missing)}." if missing else ""


def status_of(story: StoryPage, draft: StoryPage, answer: Answer) -> str:
    """One plain sentence: shown or not, why, and what to do next."""
    shown = StoryPage.objects.filter(pk=story.pk).live().exists()
    if shown and draft.content_hash() == story.content_hash():
        return f"Shown to everyone, until {timezone.localtime(answer.until):%-d %B %Y}." if answer.until else "Shown."
    start = "The agreed words are shown. The newer draft is not: " if shown else "Not shown: "
    reasons = {gap.reason for gap in answer.gaps}
    waiting = len({gap.code for gap in answer.gaps if gap.code})
    if Reason.NOBODY_IN_STORY in reasons:
        return start + "nobody is in it yet. Add the people next."
    if waiting:
        return (
            start
            + f"{waiting} {'person has' if waiting == 1 else 'people have'} still to agree. See below what is missing."
        )
    if Reason.LEGAL_FLAG in reasons:
        return start + "a legal flag is open. Talk to the safeguarding lead."
    if hold := standing_hold(story):
        return start + f"a moderator has put it on hold. {hold.comment}"
    if Reason.NOT_APPROVED in reasons:
        return start + "everyone has agreed. A moderator has to approve it next."
    return start + "everything is there. Publish the draft."


@transaction.atomic
def _add(story: StoryPage, said: dict[str, Any]) -> StoryParticipant:
    participant = Participant.objects.filter(code=said["code"], partner=story.partner).first() if said["code"] else None
    if participant is None:
        if story.partner is None:
            raise Http404
        participant = Participant.objects.create(
            code=_next_code(), partner=story.partner, age_band=said["age_band"], reask_at=said["reask_at"]
        )
    participation = StoryParticipant(
        story=story,
        participant=participant,
        role=said["role"],
        named_as=said["named_as"],
        passages=said["passages"],
        place_level=said["place_level"] or PlaceLevel.NONE,
        consent_needed=not said["why_not_needed"].strip(),
        why_not_needed=said["why_not_needed"].strip(),
    )
    add_participant(participation)
    return participation


def _next_code() -> str:
    taken = [int(code[2:]) for code in Participant.objects.values_list("code", flat=True) if code[2:].isdecimal()]
    return f"P-{max(taken, default=0) + 1:04}"


def person_in(story: StoryPage, participation_id: int) -> StoryParticipant:
    """This person of this story; 404 for a person of another one."""
    return get_object_or_404(
        StoryParticipant.objects.select_related("participant", "story"), pk=participation_id, story=story
    )

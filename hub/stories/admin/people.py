"""The people of one story, for the workers of its section: who is in it, what they said, what to do next.

Whoever may not edit the story gets a 404. The secrets of a link are shown once, on the page that made it.
"""

from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hub.accounts.once import made_already, turn
from hub.partners.people import signed_in
from hub.security_headers import forbid_copies
from hub.stories.admin.in_words import in_words, still_to_say_yes
from hub.stories.admin.people_forms import AskForm, PersonForm
from hub.stories.admin.person_on_screen import people_on_screen
from hub.stories.admin.rows import Row
from hub.stories.admin.sheets import sheet_for
from hub.stories.choices import PlaceLevel, Use
from hub.stories.consent import add_participant
from hub.stories.family import CannotAsk
from hub.stories.light import names_disagree, story_facts
from hub.stories.models import (
    Participant,
    StoryPage,
    StoryParticipant,
    TakenBack,
    draft_of,
)
from hub.stories.path import standing_of
from hub.stories.review import MayNotApprove, has_older_yes, show_again, standing
from hub.stories.rule import Verdict, in_force, may_appear
from hub.stories.withdrawal import answered_codes, marked_counts, somebody_agrees, standing_in


def for_the_section(view: Any) -> Any:
    """Gives `view` the story, to whoever may edit it; 404 to everybody else, as for a story that never was."""

    @wraps(view)
    def guarded(request: HttpRequest, story_id: int, *args: Any, **kwargs: Any) -> HttpResponse:
        story = get_object_or_404(StoryPage, pk=story_id)
        if not story.permissions_for_user(request.user).can_edit():
            raise Http404
        return forbid_copies(view(request, story, *args, **kwargs))

    return guarded


@for_the_section
def people(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """Status, people, and the form that adds another."""
    form = PersonForm(story, request.POST if request.method == "POST" else None, initial=_taken_out(request))
    if code := made_already(request.user, request.POST):
        return _is_in(request, story, code)
    if request.method == "POST" and form.is_valid():
        with turn(request.user, form) as sent:
            sent.made = sent.made or _add(story, form.cleaned_data).participant.code
        return _is_in(request, story, sent.made)
    draft = draft_of(story)
    rows, answer = rows_of(story, draft)
    context = {
        "story": story,
        "draft": draft,
        "people": people_on_screen(story, draft, _with_marks(rows, story, draft)),
        "standing": standing_of(story, draft, answer),
        "form": form,
        "taken_back": standing(story.pk).exclude(why=TakenBack.Why.LEFT),
        "has_changed": has_older_yes(story, draft),
        "names_disagree": names_disagree(draft),
        "leaving": {one.participant_code for one in standing_in(story.pk)},
    }
    return render(request, "stories/admin/people.html", context)


def _is_in(request: HttpRequest, story: StoryPage, code: str) -> HttpResponse:
    if "and_ask" in request.POST:
        messages.success(request, f"{code} is in the story.")
        return redirect("story_ask", story.pk, story.participations.get(participant__code=code).pk)
    messages.success(request, f"{code} is in the story. Ask them next.")
    return redirect("story_people", story.pk)


def _with_marks(rows: list[Row], story: StoryPage, draft: StoryPage) -> list[Row]:
    """The rows, with how many passages are marked as each person's, and who could just be taken out."""
    marked, answered, agreed = marked_counts(story, draft), answered_codes(story), somebody_agrees(story)
    return [
        replace(
            row,
            marked=marked.get(row.participation.pk, 0),
            may_go=not agreed and row.participation.participant.code not in answered,
        )
        for row in rows
    ]


def _taken_out(request: HttpRequest) -> dict[str, str]:
    """Somebody who was just taken out stands in the form, so that adding them again puts it right."""
    names = {"again": "code"} | {name: name for name in ("role", "named_as", "place_level", "age_band")}
    return {field: request.GET[name] for name, field in names.items() if name in request.GET}


@for_the_section
def ask(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """Makes a private link, and shows the sheet to print or the address to send."""
    participation = person_in(story, participation_id)
    form = AskForm.of(request, participation)
    if request.method == "POST" and form.is_valid():
        try:
            with turn(request.user, form) as sent:
                sheet = sheet_for(participation, by=signed_in(request), made=sent, **form.cleaned_data)
            context = {"story": story, "participation": participation, "sheet": sheet}
            return render(request, "stories/admin/sheet.html", context)
        except CannotAsk as error:
            form.add_error(None, str(error))
    return render(request, "stories/admin/ask.html", {"story": story, "participation": participation, "form": form})


@require_POST
@for_the_section
def show_it_again(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """Ends what somebody decided when they took it off the site. It comes back only if everything else holds."""
    try:
        answer = show_again(story, by=signed_in(request))
    except MayNotApprove as refusal:
        messages.error(request, str(refusal))
    else:
        is_shown = answer is not None and answer.allowed
        messages.success(
            request, "It is shown again." if is_shown else "It may be shown again, once the rest is there."
        )
    return redirect("story_people", story.pk)


def rows_of(story: StoryPage, draft: StoryPage) -> tuple[list[Row], Verdict]:
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
        known = {use: facts[use].people[place] for use in Use}
        said = {use: in_words(in_force(known[use], facts[use], now), known[use]) for use in Use}
        asked = {consent.use for consent in participation.consents.all()}
        uses = [(str(use.label), said[use]) for use in Use if use in asked and use != Use.WEBSITE]
        state = said[Use.WEBSITE] if participation.consent_needed else "Need not be asked."
        state += still_to_say_yes(participation)
        changes = [change for change in participation.changes.all() if change.done_at is None]
        evidence = [file for file in participation.evidence.all() if file.consents.all()]
        rows.append(Row(participation, state, uses, changes, evidence))
    return rows, may_appear(facts[Use.WEBSITE], now=now)


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

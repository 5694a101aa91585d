"""Noting an answer given in the room or on paper, with what shows it. About the latest draft, as it was read out.

A mistake in the form loses nothing: what was typed comes back, and a file that was sent is kept meanwhile.
"""

from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hub.partners.roles import signed_in
from hub.stories import asking, evidence
from hub.stories.admin.people import for_the_section, person_in
from hub.stories.admin.people_forms import SpokenAnswerForm
from hub.stories.models import ConsentWording, EvidenceFile, StoryPage, StoryParticipant
from hub.stories.operations import GivenAnswer, record_consent
from hub.stories.publishing import publish_when_agreed
from hub.stories.rule import AgeBand, GivenBy
from hub.stories.wordings import Audience, audiences_for, wording_for


@for_the_section
def record(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """Notes an answer given in the room or on paper, about the latest draft."""
    participation = person_in(story, participation_id)
    posted = request.method == "POST"
    form = SpokenAnswerForm(request.POST if posted else None, request.FILES if posted else None)
    if posted:
        is_valid, file = form.is_valid(), _file_of(form, participation, by=signed_in(request))
        if is_valid:
            try:
                _record(request, story, participation, form, file)
            except (LookupError, ValueError) as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"The answers of {participation.participant.code} are noted.")
                return redirect("story_people", story.pk)
        if file:
            form.say_what_is_kept(file)
    context = {"story": story, "participation": participation, "form": form, "to_read": to_read(participation)}
    return render(request, "stories/admin/record.html", context)


def to_read(participation: StoryParticipant) -> list[ConsentWording]:
    """The wordings this person, and for a child under 12 a parent, is read or shown before they answer."""
    age_band = AgeBand(participation.participant.age_band)
    givers = [GivenBy.SELF, GivenBy.GUARDIAN] if age_band == AgeBand.UNDER_12 else [GivenBy.SELF]
    wanted = [(giver, audience) for giver in givers for audience in audiences_for(age_band, giver)]
    found = []
    for giver, audience in wanted:
        try:
            found.append(wording_for(participation, giver, easy_read=audience == Audience.EASY_READ))
        except LookupError:
            continue  # noting the answer says why
    return found


def _file_of(form: SpokenAnswerForm, participation: StoryParticipant, *, by: User) -> EvidenceFile | None:
    """The file sent now, or else the one kept from an earlier attempt."""
    sent = form.cleaned_data.get("evidence")
    return (
        evidence.keep(sent, participation, by=by)
        if sent
        else evidence.kept_before(form["kept"].value() or "", participation)
    )


@transaction.atomic
def _record(
    request: HttpRequest,
    story: StoryPage,
    participation: StoryParticipant,
    form: SpokenAnswerForm,
    file: EvidenceFile | None,
) -> None:
    said, draft = form.cleaned_data, asking.draft_of(story)
    giver = GivenBy(said["given_by"])
    wording = wording_for(participation, giver, easy_read=said["easy_read"])
    for use, decision in form.decisions(said).items():
        answer = GivenAnswer(
            decision=decision,
            wording=wording,
            given_by=giver,
            method=said["method"],
            witnessed=said["witnessed"],
            evidence=file,
            special_categories=draft.special_categories if said["categories"] else [],
            given_at=said["given_at"],
            not_before=asking.end_of_thinking_it_over(participation, use, said_at=said["given_at"]),
        )
        record_consent(
            participation,
            use,
            answer,
            recorded_by=signed_in(request),
            content_hash=draft.content_hash(),
            revision_id=draft.latest_revision_id,
        )
    publish_when_agreed(story.pk)

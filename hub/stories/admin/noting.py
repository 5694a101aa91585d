"""Noting an answer given in the room or on paper, with what shows it. About the latest draft, as it was read out.

The words stand on the form, and an answer counts for those alone: it is refused when they changed meanwhile. A mistake
loses nothing: what was typed comes back, and a file that was sent is kept.
"""

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from hub.law import AgeBand, with_guardian
from hub.partners.people import signed_in
from hub.screen_languages import others
from hub.stories.admin.people import for_the_section, person_in
from hub.stories.admin.people_forms import SpokenAnswerForm
from hub.stories.admin.pictures import pictures_at
from hub.stories.consent import (
    Audience,
    GivenAnswer,
    audiences_for,
    evidence,
    in_language,
    record_answers,
    wording_for,
)
from hub.stories.ledger import verb
from hub.stories.light import publish_when_agreed
from hub.stories.models import ConsentWording, EvidenceFile, StoryPage, StoryParticipant, draft_of
from hub.stories.review import WordsChanged
from hub.stories.rule import GivenBy

CHANGED = (
    "The words have changed since you opened this page, so nothing is noted. They stand above as they are now. Read "
    "them to the person again. What you filled in is still here."
)


@for_the_section
def record(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """Notes an answer given in the room or on paper, about the latest draft."""
    participation, draft = person_in(story, participation_id), draft_of(story)
    posted = request.method == "POST"
    has_changed = posted and request.POST.get("about") != draft.content_hash()
    form = SpokenAnswerForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        may_be_answered_for=participation.participant.may_be_answered_by_attorney,
    )
    if posted:
        is_valid, file = form.is_valid(), _file_of(form, participation, by=signed_in(request))
        if has_changed:  # said whatever else is wrong: the form that comes back is about the new words
            form.add_error(None, CHANGED)
        elif is_valid:
            try:
                _record(request, story, participation, form, file)
            except WordsChanged:
                form.add_error(None, CHANGED)
                has_changed, draft = True, draft_of(story)
            except (LookupError, ValueError) as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, f"The answers of {participation.participant.code} are noted.")
                return redirect("story_people", story.pk)
        if file:
            form.say_what_is_kept(file)
    context = {
        "story": story,
        "participation": participation,
        "form": form,
        "to_read": to_read(participation),
        "draft": draft,
        "has_changed": has_changed,
        "pictures_at": pictures_at(story),
    }
    return render(request, "stories/admin/record.html", context)


def to_read(participation: StoryParticipant) -> list[ConsentWording]:
    """The wordings this person, and a parent who is asked with them, is read or shown before they answer."""
    age_band = AgeBand(participation.participant.age_band)
    givers = [GivenBy.SELF, GivenBy.GUARDIAN] if with_guardian(age_band) else [GivenBy.SELF]
    wanted = [(giver, audience) for giver in givers for audience in audiences_for(age_band, giver)]
    found: list[ConsentWording] = []
    for giver, audience in wanted:
        try:
            english = wording_for(participation, giver, easy_read=audience == Audience.EASY_READ)
            found += dict.fromkeys([english, *(in_language(english, language) for language in others())])
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


@verb
def _record(
    request: HttpRequest,
    story: StoryPage,
    participation: StoryParticipant,
    form: SpokenAnswerForm,
    file: EvidenceFile | None,
) -> None:
    said, draft = form.cleaned_data, draft_of(story)
    if request.POST.get("about") != draft.content_hash():
        raise WordsChanged
    giver = GivenBy(said["given_by"])
    wording = wording_for(participation, giver, easy_read=said["easy_read"], language=said.get("language", ""))
    answers = {
        use: GivenAnswer(
            decision=decision,
            wording=wording,
            given_by=giver,
            method=said["method"],
            witnessed=said["witnessed"],
            evidence=file,
            special_categories=draft.special_categories if said["categories"] else [],
            given_at=said["given_at"],
            think_it_over=True,
        )
        for use, decision in form.decisions(said).items()
    }
    record_answers(
        participation,
        answers,
        recorded_by=signed_in(request),
        content_hash=draft.content_hash(),
        revision_id=draft.latest_revision_id,
    )
    publish_when_agreed(story.pk)

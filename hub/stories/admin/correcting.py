"""Putting right what is noted about somebody in a story, taking them out of it, and marking whose each passage is.

For the workers of the section; 404 to everybody else. A refusal says what to do instead, and loses nothing typed.
"""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from wagtail.admin.widgets import AdminDateInput

from hub.british_times import BritishDateTimeField
from hub.law import AgeBand
from hub.partners.people import signed_in
from hub.stories.admin.ages_asked import ask_age
from hub.stories.admin.people import for_the_section, person_in
from hub.stories.admin.pictures import pictures_at
from hub.stories.choices import NamedAs, PartInStory, PlaceLevel
from hub.stories.models import StoryPage, StoryParticipant, draft_of
from hub.stories.withdrawal import correcting, whose_words

SALT = "hub.stories.correcting"


class CorrectForm(forms.Form):
    """What is noted of somebody. `was` is what the form showed, so that nobody writes over a colleague unseen."""

    role = forms.ChoiceField(label="What part they have", choices=PartInStory.choices)
    named_as = forms.ChoiceField(label="How the story names them", choices=NamedAs.choices)
    sure = forms.BooleanField(
        label="If I change how they are named, their answers stop counting, and they are asked again", required=False
    )
    place_level = forms.ChoiceField(label="How closely it says where they live", choices=PlaceLevel.choices)
    passages = forms.CharField(
        label="Which passages are theirs, in words",
        required=False,
        max_length=300,
        help_text="Better: mark them one by one under “Whose words are these”. Never a name.",
    )
    why_not_needed = forms.CharField(
        label="If they need not be asked, why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Empty: they are asked, and the story waits for their yes.",
    )
    age_band = forms.ChoiceField(label="Age")
    reask_at = BritishDateTimeField(required=False, widget=AdminDateInput)
    may_be_answered_by_attorney = forms.BooleanField(
        label="Somebody else may decide for them by law",
        required=False,
        help_text="An adult who cannot decide this themself. Whoever answers shows the order or the power of attorney.",
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, now: correcting.Facts, data: Any, *, has_answered: bool) -> None:
        super().__init__(data, initial={**vars(now), "was": signing.dumps(_plain(now), salt=SALT)})
        self.now = now
        ask_age(self)
        if not has_answered:
            del self.fields["sure"]

    def clean_passages(self) -> str:
        return str(self.cleaned_data["passages"]).strip()

    def clean_why_not_needed(self) -> str:
        return str(self.cleaned_data["why_not_needed"]).strip()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("age_band") in {AgeBand.ADULT, AgeBand.UNKNOWN}:
            cleaned["reask_at"] = None
        elif cleaned.get("age_band") and "reask_at" not in self.errors and not self._is_to_come(cleaned):
            self.add_error("reask_at", self.fields["reask_at"].error_messages["to_come"])
        return cleaned

    def _is_to_come(self, cleaned: dict[str, Any]) -> bool:
        """An age that nobody touches may have run out: that is not this form's to refuse."""
        day, now = cleaned.get("reask_at"), self.now
        untouched = cleaned["age_band"] == now.age_band and _day(day) == _day(now.reask_at)
        return untouched or (day is not None and day > timezone.now())

    @property
    def facts(self) -> correcting.Facts:
        """What was said; a day that is the same day keeps its hour."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"was", "sure"}}
        if _day(said["reask_at"]) == _day(self.now.reask_at):
            said["reask_at"] = self.now.reask_at
        return correcting.Facts(**said)

    def is_about(self, now: correcting.Facts) -> bool:
        """Whether the form was opened on what is noted now."""
        try:
            return bool(signing.loads(self.cleaned_data["was"], salt=SALT) == _plain(now))
        except signing.BadSignature:
            return False


@for_the_section
def correct(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """One person: what is noted of them, to be put right."""
    participation = person_in(story, participation_id)
    now, answered = correcting.facts_of(participation), correcting.has_answered(participation)
    form = CorrectForm(now, request.POST if request.method == "POST" else None, has_answered=answered)
    if request.method == "POST" and form.is_valid():
        if not form.is_about(now):
            _show_again(form, now)
        elif _corrected(request, participation, form):
            return redirect("story_people", story.pk)
    context = {
        "story": story,
        "participation": participation,
        "form": form,
        "has_answered": answered,
        "why_not": correcting.why_not_take_out(participation),
    }
    return render(request, "stories/admin/correct.html", context)


def _corrected(request: HttpRequest, participation: StoryParticipant, form: CorrectForm) -> bool:
    code, said = participation.participant.code, form.cleaned_data
    try:
        asked_again = correcting.correct(
            participation, form.facts, before=form.now, by=signed_in(request), sure=bool(said.get("sure"))
        )
    except correcting.CannotCorrect as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return False
    what_next = " Their answers do not count any more: ask them again." if asked_again else ""
    messages.success(request, f"What is noted of {code} is put right.{what_next}")
    return True


@require_POST
@for_the_section
def take_out(request: HttpRequest, story: StoryPage, participation_id: int) -> HttpResponse:
    """One button. What was noted stands in the form below, so that one more puts them back."""
    participation = person_in(story, participation_id)
    again = {"again": participation.participant.code, **_choices(correcting.facts_of(participation))}
    try:
        correcting.take_out(participation, by=signed_in(request))
    except correcting.CannotCorrect as refusal:
        messages.error(request, str(refusal))
        return redirect("story_people", story.pk)
    code = participation.participant.code
    messages.success(request, f"{code} is not in this story any more. A mistake? They stand below: add them again.")
    return redirect(f"{reverse('story_people', args=[story.pk])}?{urlencode(again)}")


@for_the_section
def whose(request: HttpRequest, story: StoryPage) -> HttpResponse:
    """Every passage and picture of the draft, with a box for each person."""
    draft, marks = draft_of(story), whose_words.marks_of(story)
    parts = whose_words.parts_of(draft)
    people = list(story.participations.select_related("participant").order_by("pk"))
    refusal = ""
    if request.method == "POST":
        ticked = _ticked(request, parts)
        try:
            whose_words.mark(story, ticked, seen=request.POST.get("seen", ""))
        except whose_words.MarkedMeanwhile as meanwhile:
            refusal, shown = str(meanwhile), ticked
        else:
            messages.success(request, "It is noted whose each passage is.")
            return redirect("story_people", story.pk)
    else:
        shown = marks
    context = {
        "story": story,
        "rows": [(part, [(one, one.pk in shown.get(part.block_id, set())) for one in people]) for part in parts],
        "people": people,
        "seen": whose_words.stamp_of(marks),
        "refusal": refusal,
        "pictures_at": pictures_at(story),
    }
    return render(request, "stories/admin/whose.html", context)


def _ticked(request: HttpRequest, parts: list[whose_words.Part]) -> whose_words.Marks:
    return {
        part.block_id: {int(number) for number in request.POST.getlist(f"of-{part.block_id}") if number.isdecimal()}
        for part in parts
    }


def _show_again(form: CorrectForm, now: correcting.Facts) -> None:
    """Refuses once, keeps what was chosen, and begins from what is noted now."""
    form.add_error(None, correcting.CHANGED_MEANWHILE)
    typed = {name: form[name].value() for name in form.fields}
    form.data = {**typed, "was": signing.dumps(_plain(now), salt=SALT)}


def _plain(facts: correcting.Facts) -> dict[str, str]:
    return {name: str(value) for name, value in vars(facts).items()}


def _choices(facts: correcting.Facts) -> dict[str, str]:
    """What is chosen from lists: free text does not belong in an address."""
    return {name: getattr(facts, name) for name in ("role", "named_as", "place_level", "age_band")}


def _day(moment: Any) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}" if moment else ""

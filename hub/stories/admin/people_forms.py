"""What a worker fills in about the people of a story. Says in a sentence what is missing; ticks nothing beforehand."""

from datetime import time
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from hub.accounts.once import FormSentOnce
from hub.british_times import BritishDateTimeField
from hub.law import AgeBand, with_guardian
from hub.screen_languages import others
from hub.stories.admin.ages_asked import ask_age
from hub.stories.choices import Method, NamedAs, PartInStory, PlaceLevel, Use
from hub.stories.consent import CannotKeep, Checked, check, check_reask_day, token_of, translations
from hub.stories.family import links, taken_back
from hub.stories.models import EvidenceFile, Participant, StoryPage, StoryParticipant
from hub.stories.rule import Decision, GivenBy

GIVERS = [(GivenBy.SELF.value, "The person"), (GivenBy.GUARDIAN.value, "A parent or guardian")]
ATTORNEY = (GivenBy.ATTORNEY.value, "Whoever has the legal power to decide for them")


class PersonForm(FormSentOnce):
    """Puts somebody into the story: a person of this partner by code, or somebody new, who gets the next code."""

    code = forms.CharField(
        label="Their code", required=False, max_length=12, help_text="Leave it empty for somebody new. Never a name."
    )
    age_band = forms.ChoiceField(label="Age")
    reask_at = BritishDateTimeField(required=False)
    role = forms.ChoiceField(label="What part they have", choices=PartInStory.choices)
    named_as = forms.ChoiceField(label="How the story names them", choices=NamedAs.choices, initial=NamedAs.NONE)
    passages = forms.CharField(
        label="Which passages are theirs",
        required=False,
        max_length=300,
        help_text="For example: the second and third paragraph, and the picture. Never a name.",
    )
    place_level = forms.ChoiceField(
        label="How closely it says where they live", choices=PlaceLevel.choices, initial=PlaceLevel.NONE, required=False
    )
    why_not_needed = forms.CharField(
        label="If they need not be asked, why",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For example: mentioned once, and nobody could tell who it is. Leave it empty to ask them.",
    )

    def __init__(self, story: StoryPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.story = story
        ask_age(self, first=(("", "Choose one"),))

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).strip().upper()
        known = Participant.objects.filter(code=code, partner=self.story.partner).first()
        if code and known is None:
            raise forms.ValidationError("There is nobody with this code here. Leave it empty for somebody new.")
        if known and StoryParticipant.objects.filter(story=self.story, participant=known).exists():
            raise forms.ValidationError("This person is in the story already.")
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        band = cleaned.get("age_band")
        if band and not cleaned.get("code") and "reask_at" not in self.errors:
            try:
                check_reask_day(AgeBand(band), cleaned.get("reask_at"))
            except ValueError as mistake:
                self.add_error("reask_at", str(mistake))
        return cleaned


EASY_READ_FROM = AgeBand.AGE_16_17.first


class EasyRead(forms.BooleanField):
    """The same text in short sentences, one thought a line, for whoever would like that."""

    def __init__(self) -> None:
        super().__init__(
            label="In easy read",
            required=False,
            help_text=f"Short sentences, one thought a line. From {EASY_READ_FROM} on.",
        )


def ask_language(form: forms.Form, label: str, *, initial: str = "") -> None:
    """Adds the question, where the screens speak anything but English."""
    unchecked = [name for code, name in others().items() if not translations.is_checked(code)]
    if others():
        form.fields["language"] = forms.ChoiceField(
            label=label,
            required=False,
            choices=[("", "English"), *others().items()],
            initial=initial,
            help_text="What is not there in it is said in English, and they are told so."
            + (f" Checked by nobody yet: {', '.join(unchecked)}." if unchecked else ""),
        )


class AskForm(FormSentOnce):
    """Which uses to ask about, and whom."""

    given_by = forms.ChoiceField(label="Who answers", choices=GIVERS, widget=forms.RadioSelect)
    uses = forms.MultipleChoiceField(
        label="Ask about",
        choices=Use.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one use to ask about."},
    )
    easy_read = EasyRead()
    why_again = forms.CharField(
        label="They took a yes back. Why are they asked again?",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept for your section alone. Ask only if they would want it.",
    )

    def __init__(self, *args: Any, age_band: str, took_back: bool, spoken_to_in: str = "", **kwargs: Any) -> None:
        """Whoever answers alone is chosen already; which uses they are asked about never is."""
        super().__init__(*args, **kwargs)
        if not with_guardian(age_band):
            self.fields["given_by"].initial = GivenBy.SELF.value
        if not took_back:
            del self.fields["why_again"]
        ask_language(self, "In which language", initial=spoken_to_in)

    @classmethod
    def of(cls, request: HttpRequest, participation: StoryParticipant) -> "AskForm":
        """The form about this person, with what was sent if something was."""
        took_back = any(taken_back(participation, giver, list(Use)) for giver in GivenBy)
        sent = request.POST if request.method == "POST" else None
        spoken_to_in = links.language_of(participation)
        return cls(sent, age_band=participation.participant.age_band, took_back=took_back, spoken_to_in=spoken_to_in)


class SpokenAnswerForm(forms.Form):
    """An answer given in the room or on paper, noted by a worker. Every use is its own question."""

    given_by = forms.ChoiceField(label="Who answered", choices=GIVERS, widget=forms.RadioSelect)
    method = forms.ChoiceField(
        label="How", choices=[(m.value, m.label) for m in Method if m != Method.ONLINE], widget=forms.RadioSelect
    )
    easy_read = EasyRead()
    given_at = BritishDateTimeField(
        label="When they said it",
        help_text="For example: 27/11/2026 14:30.",
        widget=forms.TextInput,  # a calendar would cover the questions below it
    )
    witnessed = forms.BooleanField(label="Somebody else was there and heard it", required=False)
    evidence = forms.FileField(
        label="What shows it",
        required=False,
        allow_empty_file=True,
        help_text="A photo of the signed sheet, a recording or a video, at most 40 MB. It is encrypted, and each "
        "opening is noted. A photo is kept at most 3,000 points wide, enough to read a sheet by.",
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf,audio/*,video/*"}),
    )
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    categories = forms.BooleanField(
        label="They agreed, in so many words, to the sensitive things the story tells", required=False
    )

    def __init__(self, *args: Any, may_be_answered_for: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_be_answered_for:
            self.fields["given_by"] = forms.ChoiceField(
                label="Who answered", choices=[*GIVERS, ATTORNEY], widget=forms.RadioSelect
            )
        answers = [(Decision.GIVEN.value, "Yes"), (Decision.REFUSED.value, "No"), (Decision.DEFERRED.value, "Not now")]
        for use in Use:
            self.fields[f"use_{use.value}"] = forms.ChoiceField(
                label=str(use.label), required=False, choices=[("", "Not asked"), *answers]
            )
        ask_language(self, "In which language they read or heard it")

    def clean_evidence(self) -> Checked | None:
        upload = self.cleaned_data["evidence"]
        try:
            return check(upload) if upload else None
        except CannotKeep as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def say_what_is_kept(self, file: EvidenceFile) -> None:
        """A form that comes back with an error holds on to the file: no browser sends it a second time."""
        self.data = {**{name: self[name].value() for name in self.fields if name != "evidence"}, "kept": token_of(file)}
        self["evidence"].help_text = f"{file.in_words} is kept from before. Choose another only to replace it."

    def clean_given_at(self) -> Any:
        given_at = self.cleaned_data["given_at"]
        if given_at > timezone.now():
            raise forms.ValidationError("An answer cannot be dated in the future.")
        if timezone.localtime(given_at).time() == time.min:
            raise forms.ValidationError("Give the time too, as near as you know: what was said last counts.")
        return given_at

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.decisions(cleaned):
            self.add_error(None, "Note at least one answer.")
        if cleaned.get("method") == Method.SPOKEN and not cleaned.get("witnessed"):
            self.add_error("witnessed", "A spoken answer needs a witness. Ask a colleague to be there, or use paper.")
        shows_it = cleaned.get("evidence") or cleaned.get("kept")
        if cleaned.get("given_by") == GivenBy.ATTORNEY and not shows_it and "evidence" not in self.errors:
            self.add_error("evidence", "Add what shows that they may decide: the order, or the power of attorney.")
        return cleaned

    def decisions(self, cleaned: dict[str, Any]) -> dict[Use, Decision]:
        """What was answered, without what was not asked."""
        return {use: Decision(said) for use in Use if (said := cleaned.get(f"use_{use.value}"))}

"""The one question to readers, and what staff fill in to answer. Whatever is wrong is a sentence; nothing is lost."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.british_times import BritishDateField
from hub.feedback.models import Feedback
from hub.feedback.operations import Answer
from hub.screen_languages import in_words
from hub.stories.review import details_in

LONGEST = 4_000
LONGEST_SUMMARY = 600
LONGEST_ANSWER = 1_500
NEVER_SHOWN = ("E-mail address", "Phone number", "Postcode", "Address")


class FeedbackForm(forms.Form):
    """Yes, no or a few words: any of them is enough. `website` is for machines that fill in everything."""

    useful = forms.ChoiceField(
        label=_("Was this page useful?"),
        required=False,
        choices=Feedback.Useful.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose yes or no, or leave both empty.")},
    )
    words = forms.CharField(
        label=_("What would make it better?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "max_length": format_lazy(
                _("That is very long. Please keep it under {most} letters. Nothing is lost: it is below."),
                most=f"{LONGEST:,}",
            ),
        },
    )
    ran_it = forms.BooleanField(label=_("We ran this activity"), required=False)
    website = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        useful: Any = self.fields["useful"]
        useful.choices = in_words(Feedback.Useful.choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("useful", "words", "ran_it")):
            self.add_error("words", gettext("Choose yes or no, or write a few words."))
        return cleaned


class AnswerForm(forms.Form):
    """What readers will see. “You said” begins empty: staff write it, and nobody's own words go out by themselves."""

    you_said = forms.CharField(
        label="You said",
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="What they told us, in one or two sentences of yours. Nobody should be able to tell who it was.",
        error_messages={"required": "Say in a sentence what people told us. Readers see this first."},
    )
    outcome = forms.ChoiceField(
        label="What came of it",
        choices=Feedback.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what came of it."},
    )
    our_words = forms.CharField(
        label="Our answer",
        required=False,
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What we did, or the reason why not. If we are only looking at it, this may be empty.",
    )
    answered_on = BritishDateField(
        label="Date", help_text="Readers see it beside the answer.", error_messages={"required": "Give a date."}
    )

    def clean_you_said(self) -> str:
        said = str(self.cleaned_data["you_said"])
        found = [words for sort, words in details_in(said) if sort in NEVER_SHOWN]
        if found:
            raise forms.ValidationError(f"Take “{found[0]}” out. It could tell somebody who they are.")
        return said

    def clean_answered_on(self) -> Any:
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Give today or an earlier day.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        outcome = cleaned.get("outcome")
        if outcome in {"did", "could_not"} and not cleaned.get("our_words") and "our_words" not in self.errors:
            words = "Say what we did." if outcome == "did" else "Say why we could not. A reason is an answer too."
            self.add_error("our_words", words)
        return cleaned

    @property
    def answer(self) -> Answer:
        """What was filled in; the form must be valid."""
        said = self.cleaned_data
        return Answer(
            you_said=said["you_said"], outcome=said["outcome"], our_words=said["our_words"], day=said["answered_on"]
        )

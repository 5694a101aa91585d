"""The questions on a family's private pages, one form a page. Nothing is ticked beforehand; "not now" is an answer."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hub.stories.family.asking import Question
from hub.stories.family.in_their_language import translated
from hub.stories.family.questions import ANSWERS, HINTS, Manner

LONGEST_WISH = 4_000
NO_WORDS = _("Say what you would like to change. A few words are enough.")


def _wish(*, required: bool) -> forms.CharField:
    """What somebody would like to be different, in their own words."""
    too_long = format_lazy(_("That is very long. Please keep it under {most} letters."), most=f"{LONGEST_WISH:,}")
    return forms.CharField(
        label=_("What should we change?"),
        required=required,
        max_length=LONGEST_WISH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": NO_WORDS, "max_length": too_long},
    )


class OneQuestion(forms.Form):
    """A single question: one tap answers it. A wish to change something opens room for words below its “Yes”."""

    answer = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": _("Choose one answer, or “Not now” if you are not sure.")}
    )

    def __init__(self, question: Question, title: str, manner: Manner, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        names = {str(name): words for name, words in manner.names.items()} | translated(ANSWERS)
        answer: Any = self.fields["answer"]
        answer.choices = [(choice, names[choice]) for choice in question.choices]
        answer.label = title
        if "not_now" not in question.choices:
            answer.error_messages["required"] = _("Choose one answer.")
        if question.key == "change":
            self.fields["wanted"] = _wish(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_empty = "wanted" not in self.errors and not cleaned.get("wanted", "").strip()
        if self.question.key == "change" and cleaned.get("answer") == "yes" and is_empty:
            self.add_error("wanted", NO_WORDS)
        return cleaned

    @property
    def choices(self) -> list[tuple[Any, str]]:
        """Each answer with the sentence that stands under it."""
        return [
            (choice, translated(HINTS[choice.data["value"]]) if self.question.use else "") for choice in self["answer"]
        ]

    @property
    def said(self) -> dict[str, str]:
        """What to keep, by question."""
        kept = {self.question.key: str(self.cleaned_data["answer"])}
        if "wanted" in self.cleaned_data:
            kept["wanted"] = str(self.cleaned_data["wanted"])
        return kept


class WishForm(forms.Form):
    """Something to change, asked for later."""

    wanted = _wish(required=True)


class CodeForm(forms.Form):
    """The code from a printed card, however it is typed."""

    code = forms.CharField(
        label=_("Your code"),
        max_length=60,
        error_messages={
            "required": _("Type the code from your card. It has 12 letters and numbers."),
            "max_length": _("That is too long for a code. It has 12 letters and numbers."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

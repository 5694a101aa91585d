"""The questions on a family's private pages, one form a page. Nothing is ticked beforehand; "not now" is an answer."""

from typing import Any

from django import forms

from hub.stories.asking import Question
from hub.stories.choices import NamedAs, Use

LONGEST_WISH = 4_000

# What each use means, said to somebody of ten. Uses that cannot be called back say so.
USES = {
    Use.WEBSITE: ("Can people read it on this website?", "Anyone can read it here. You can stop it any time, at once."),
    Use.PRINT_PACK: (
        "Can we print it in our packs?",
        "Groups use the packs. We can stop printing it. We cannot get back paper that is already out.",
    ),
    Use.TRAINING: (
        "Can we read it out in training?",
        "Staff learn from it. What they heard cannot be taken back.",
    ),
    Use.PARTNER_SITES: (
        "Can our partners put it on their websites?",
        "We will tell them to take it down if you stop. People may have copied it.",
    ),
    Use.SOCIAL: (
        "Can we put it on social media?",
        "Other people can share it and keep it. We cannot get all of it back.",
    ),
    Use.MEDIA: ("Can newspapers, radio or TV use it?", "Once they have used it we cannot get it back."),
    Use.FUNDER_REPORT: ("Can we put it in reports?", "The people who give us money read these. Copies stay with them."),
    Use.RESEARCH: ("Can people who study this use it?", "What they have already written stays written."),
    Use.TRANSLATION: ("Can we put it into other languages?", "You can ask to have each one read to you first."),
    Use.AUDIO_VIDEO: (
        "Can we make it into sound or film?",
        "Somebody would read your words. We ask apart about your voice.",
    ),
}
NAMES = {
    NamedAs.FULL: "My full name",
    NamedAs.FIRST_NAME: "Only my first name",
    NamedAs.CHOSEN_NAME: "A made-up name",
    NamedAs.NONE: "No name",
}
ANSWERS = {"yes": "Yes", "no": "No", "not_now": "Not now"}


class OneQuestion(forms.Form):
    """A single question with radio buttons; the wish to change something has room for words."""

    answer = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": "Choose one answer, or “Not now” if you are not sure."}
    )

    def __init__(self, question: Question, title: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        names = {str(name): words for name, words in NAMES.items()} | ANSWERS
        answer: Any = self.fields["answer"]
        answer.choices = [(choice, names[choice]) for choice in question.choices]
        answer.label = title
        if "not_now" not in question.choices:
            answer.error_messages["required"] = "Choose one answer."
        if question.key == "change":
            self.fields["wanted"] = forms.CharField(
                label="What should we change?",
                required=False,
                max_length=LONGEST_WISH,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"max_length": f"That is very long. Please keep it under {LONGEST_WISH:,} letters."},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.question.key == "change" and cleaned.get("answer") == "yes" and not cleaned.get("wanted", "").strip():
            self.add_error("wanted", "Say what you would like to change. A few words are enough.")
        return cleaned

    @property
    def said(self) -> dict[str, str]:
        """What to keep, by question."""
        kept = {self.question.key: str(self.cleaned_data["answer"])}
        if "wanted" in self.cleaned_data:
            kept["wanted"] = str(self.cleaned_data["wanted"])
        return kept


class CodeForm(forms.Form):
    """The code from a printed card, however it is typed."""

    code = forms.CharField(
        label="Your code",
        max_length=60,
        error_messages={"required": "Type the code from your card. It has 12 letters and numbers."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

"""What goes on the cover, and how the pack is to be made. Whatever cannot be used stays in its box, with a sentence."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.british_times import BritishDateField
from hub.packs.documents import Cover
from hub.packs.models import Pack
from hub.packs.wishes import LONGEST_TITLE

MOST_COPIES = 10_000


class CoverForm(forms.Form):
    """The words on the cover. All of it may be left out."""

    title = forms.CharField(
        label=_("A title of your own"),
        required=False,
        widget=forms.TextInput(attrs={"class": "field", "maxlength": LONGEST_TITLE, "autocomplete": "off"}),
    )
    day = BritishDateField(
        label=_("The day of your session"),
        required=False,
        error_messages={"invalid": _("Write the day like this: 27/11/2026, or 27 Nov 2026.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].widget = forms.TextInput(attrs={"class": "field", "autocomplete": "off"})

    def clean_title(self) -> str:
        """One line, on one page."""
        title = " ".join(str(self.cleaned_data["title"]).split())
        if len(title) > LONGEST_TITLE:
            words = gettext("The title has {number} characters. There is room for {most}: please make it shorter.")
            raise forms.ValidationError(words.format(number=f"{len(title):,}", most=LONGEST_TITLE))
        return title


class MakeForm(CoverForm):
    """The same, with what only matters when the file is made."""

    copies = forms.IntegerField(
        label=_("How many copies will you print?"),
        required=False,
        min_value=1,
        max_value=MOST_COPIES,
        widget=forms.TextInput(attrs={"class": "field", "inputmode": "numeric", "autocomplete": "off"}),
    )
    big = forms.BooleanField(label=_("Big print"), required=False)
    form = forms.ChoiceField(choices=Pack.Form.choices, required=False)

    def cover(self) -> Cover:
        """What was filled in; the form must be valid."""
        said = self.cleaned_data
        return Cover(
            title=said["title"],
            day=said["day"],
            form=said["form"] or Pack.Form.PDF,
            is_big=said["big"],
            copies=said["copies"],
        )

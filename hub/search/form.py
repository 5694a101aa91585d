"""What can somebody ask the search for? Each part is optional; what cannot be used is said and left out."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noted

from hub.pages.serving.filter_form import FilterForm
from hub.pages.topics import Audience
from hub.pages.words.languages import languages
from hub.screen_languages import in_words
from hub.search.named import without_kind
from hub.search.typed import LONGEST_MINUTES, MOST_PEOPLE
from hub.spelling import words_in

LONGEST = 200
MOST_WORDS = 12
KIND_NAMES = {
    "module": noted("Modules"),
    "activity": noted("Activities"),
    "guidance": noted("Guidance"),
    "story": noted("Stories"),
    "section": noted("Partners"),
    "info": noted("Help and information"),
    "translation": noted("Other languages, easy read"),
}
TIMES = (15, 20, 30, 45, 60)
HOUR = 60


class PeopleField(forms.CharField):
    """“8”, or “8-10” for a group whose size is not known yet. Cleans to the two numbers."""

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        found = re.fullmatch(r"(\d{1,3})(?:\s*(?:[-–—]|to)\s*(\d{1,3}))?", typed)
        numbers = sorted(int(number) for number in found.groups() if number) if found else [0]
        if not 1 <= numbers[0] <= numbers[-1] <= MOST_PEOPLE:
            raise ValidationError(gettext("Give a number of people."))
        return numbers[0], numbers[-1]


class MinutesField(forms.IntegerField):
    """Any number of minutes, offered as a few. One that is not on offer joins the offer."""

    widget = forms.Select

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LONGEST_MINUTES, **kwargs)

    def offer(self, typed: str) -> None:
        """Puts the usual times, and a usable typed one, into the list."""
        usable = {int(typed)} if typed.isdecimal() and 1 <= int(typed[:4]) <= LONGEST_MINUTES else set()
        choices = [("", gettext("Any")), *((str(minutes), or_less(minutes)) for minutes in sorted({*TIMES, *usable}))]
        self.widget.choices = choices


class SearchForm(FilterForm):
    """The filters, each optional. `problems()` says in words what was left out and why."""

    q = forms.CharField(label=_("Search for"), required=False, strip=True)
    kind = forms.MultipleChoiceField(label=_("What"), required=False, widget=forms.CheckboxSelectMultiple)
    partner = forms.ChoiceField(label=_("From"), required=False)
    minutes = MinutesField(label=_("Time you have"), required=False)
    people = PeopleField(label=_("People in your group"), required=False)
    audience = forms.ChoiceField(label=_("Who it is for"), required=False)
    language = forms.ChoiceField(label=_("Language or format"), required=False)

    def __init__(self, data: QueryDict, partners: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.offer("kind", in_words(KIND_NAMES.items()))
        self.offer("partner", [("", gettext("Anyone")), *partners])
        self.offer("audience", in_words([("", noted("Anyone")), *Audience.choices]))
        self.offer("language", [("", gettext("Any")), (settings.LANGUAGE_CODE, "English"), *_in_themselves()])
        minutes: Any = self.fields["minutes"]
        minutes.offer(data.get("minutes", ""))

    def problems(self) -> list[str]:
        """A sentence for each part of the address that could not be used."""
        said = super().problems()
        if len(self.data.get("q", "")) > LONGEST:
            words = gettext("Your search was very long. We looked for its first %(most)d characters.")
            said.append(words % {"most": LONGEST})
        if self.query and not words_in(self.query):
            said.append(gettext("We found no word in what you typed, only marks or pictures. Try a word or two."))
        return said

    @property
    def query(self) -> str:
        """What to look for: at most LONGEST characters, and none that a database cannot hold."""
        return str(self.cleaned_data.get("q", "")).replace("\x00", "")[:LONGEST].strip()

    @property
    def words(self) -> list[str]:
        """Its words, at most MOST_WORDS, without the name of a kind of page."""
        return words_in(without_kind(self.query))[:MOST_WORDS]


def _in_themselves() -> list[tuple[str, str]]:
    """Each language by the name that its readers look for."""
    return [(code, language.name) for code, language in languages().items()]


def or_less(minutes: int) -> str:
    """What a time is called as a filter."""
    if minutes == HOUR:
        return gettext("An hour or less")
    return ngettext("%(number)d minute or less", "%(number)d minutes or less", minutes) % {"number": minutes}

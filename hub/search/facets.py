"""What can a search be narrowed to, how many would that leave, and what can be taken off again?

Every number is a count of public pages (hub/search/found.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from hub.pages.templatetags.hub import people
from hub.pages.words.languages import ENGLISH, languages
from hub.screen_languages import lang_now
from hub.search.answering import Answer
from hub.search.form import SearchForm, or_less
from hub.search.found import Wanted

WITH_A_LIST = ("kind", "partner", "minutes", "audience", "language")
TWO_LANGUAGES = 3  # with “any” before them


class InALanguage:
    """What is said in a language that may be another than that of the page."""

    lang: str

    @property
    def other_lang(self) -> str:
        return "" if self.lang == lang_now() else self.lang


@dataclass(frozen=True)
class ActiveFilter(InALanguage):
    """A filter in force, and the address of the same search without it."""

    name: str
    label: str
    remove_url: str
    lang: str = ENGLISH


@dataclass(frozen=True)
class Option(InALanguage):
    """Something a filter offers, and how many pages there would be."""

    value: str
    label: str
    number: int
    chosen: bool
    lang: str = ENGLISH


def options(form: SearchForm, answer: Answer) -> dict[str, list[Option]]:
    """For each filter with a list: what it offers, with a number beside each."""
    found = {name: list(_options(form, answer, name)) for name in WITH_A_LIST}
    found["language"] = [option for option in found["language"] if option.number or option.chosen]
    return found


def _options(form: SearchForm, answer: Answer, name: str) -> Iterator[Option]:
    field: Any = form.fields[name]
    choices = field.widget.choices if name == "minutes" else field.choices
    chosen = form.cleaned_data.get(name)
    for value, label in choices:
        number = answer.number(_only(answer.wanted, name, value) if value else answer.wanted.without(name))
        is_chosen = value in (chosen or []) if name == "kind" else str(chosen or "") == value
        yield Option(value, label, number, is_chosen, _lang(name, value))


def _only(wanted: Wanted, name: str, value: str) -> Wanted:
    """The same search with this one value of a filter."""
    only: dict[str, Any] = {name: (value,) if name == "kind" else int(value) if name == "minutes" else value}
    return replace(wanted, **only)


def active_filters(form: SearchForm, data: QueryDict) -> list[ActiveFilter]:
    """One for each filter value in force, in the order of the form."""
    chosen = (
        (name, one)
        for name, value in form.cleaned_data.items()
        for one in (value if isinstance(value, list) else [value])
        if one and name != "q"
    )
    return [
        ActiveFilter(name, _words(form, name, one), "?" + _without_one(data, name, one), _lang(name, one))
        for name, one in chosen
    ]


def _lang(name: str, value: Any) -> str:
    """The language in which a filter's value is said: a language by its own name, everything else in that of now."""
    if name == "language" and value == settings.LANGUAGE_CODE:
        return ENGLISH
    return languages()[value].lang if name == "language" and value in languages() else lang_now()


def in_languages(offered: list[Option], data: QueryDict) -> list[tuple[Option, str]]:
    """Each language that something was found in, and the address of the same search in it; none when there is one."""
    if len(offered) < TWO_LANGUAGES and not any(option.chosen and option.value for option in offered):
        return []
    rest = without(data, "language")
    one = [urlencode({"language": option.value}) if option.value else "" for option in offered]
    return [
        (option, "?" + "&".join(part for part in (rest, own) if part)) for option, own in zip(offered, one, strict=True)
    ]


def ways_on(filters: list[ActiveFilter], answer: Answer) -> list[tuple[str, str]]:
    """When nothing was found: each filter whose going would leave something, in a sentence, with its address."""
    names = dict.fromkeys(each.name for each in filters)
    left = {name: answer.number(answer.wanted.without(name)) for name in names}
    words = _("Without “%(filter)s”: %(number)d")
    return [
        (words % {"filter": each.label, "number": left[each.name]}, each.remove_url)
        for each in filters
        if left[each.name]
    ]


def _words(form: SearchForm, name: str, value: Any) -> str:
    if name == "people":
        return people(*value)
    if name == "minutes":
        return or_less(value)
    field: Any = form.fields[name]
    return str(dict(field.choices).get(value, value))


def _without_one(data: QueryDict, name: str, value: Any) -> str:
    return without(data, name, str(value) if name == "kind" else None)


def without(data: QueryDict, name: str, value: str | None = None) -> str:
    """The query string of `data` without one value of `name` (or all of them), from the first page."""
    copy = data.copy()
    copy.setlist(name, [v for v in copy.getlist(name) if value is not None and v != value])
    copy.pop("page", None)
    return copy.urlencode()

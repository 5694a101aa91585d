"""What screens say in other languages: nothing is out of date, and readers' and families' pages are whole in each."""

import re
from functools import cache
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.template import engines
from django.template.base import TextNode

from tests import catalogues

FILLED_IN = re.compile(r"%\(\w+\)[sd]|{\w+}|</?\w+[^>]*>")
LANGUAGES = pytest.mark.parametrize("language", catalogues.languages())
TEMPLATES = sorted(str(path.relative_to(catalogues.ROOT)) for path in (catalogues.ROOT / "templates").rglob("*.html"))
OF_READERS = [name for name in TEMPLATES if catalogues.of_readers(name)]
A_WORD = re.compile(r"[A-Za-z]{2,}")
SAID_TO_READERS = re.compile(r'(?:aria-label|alt|title|placeholder)="[^"{]*[A-Za-z]{2,}')

HANDED_ON = re.compile(r"""{% include [^%]*?\b(\w+=["'][A-Z][^"']+["'])""")


@cache
def gathered() -> Catalog:
    return catalogues.gathered()


def places(catalogue: Catalog) -> dict[Any, set[str]]:
    return {message.id: {file for file, _ in message.locations} for message in catalogue if message.id}


@LANGUAGES
def test_a_catalogue_has_just_the_sentences_that_are_there(language: str) -> None:
    found = catalogues.catalogue(language)
    assert places(found) == places(gathered()), "make messages"
    assert not found.obsolete
    assert not [message.id for message in found if message.id and message.fuzzy]


@LANGUAGES
def test_what_django_reads_is_what_people_wrote(language: str) -> None:
    assert catalogues.said(catalogues.compiled(language)) == catalogues.said(catalogues.catalogue(language))


@LANGUAGES
def test_every_sentence_is_translated(language: str) -> None:
    assert catalogues.without_translation(catalogues.catalogue(language)) == []


@LANGUAGES
def test_what_is_filled_in_is_the_same_in_each_form(language: str) -> None:
    for message in catalogues.catalogue(language):
        if message.id and catalogues.has_words(message):
            english = message.id if isinstance(message.id, str) else message.id[-1]
            said = [message.string] if isinstance(message.string, str) else message.string or ()
            for words in said:
                assert sorted(FILLED_IN.findall(words)) == sorted(FILLED_IN.findall(english)), english


def unmarked(text: str) -> str:
    """What a template says outside of its tags, and what it hands on to another."""
    nodes = engines["django"].from_string(text).template.nodelist.get_nodes_by_type(TextNode)  # type: ignore[attr-defined]
    html = "".join(node.s for node in nodes)
    said = [*A_WORD.findall(re.sub(r"<[^>]*>", " ", html)), *SAID_TO_READERS.findall(html)]
    return " ".join([*said, *HANDED_ON.findall(text)])


def test_a_word_that_is_not_marked_is_found() -> None:
    assert unmarked("{% load i18n %}<p>Hello {{ name }}</p>") == "Hello"
    assert unmarked('{% load i18n %}<a aria-label="Go on" href="/x">{% translate "Hello" %}</a>')
    assert unmarked('{% include "components/opener.html" with place="Activity" %}')
    assert not unmarked('{% include "components/opener.html" with place=_("Activity") own=True %}')
    assert not unmarked('{% load i18n %}<a aria-label="{% translate "Go on" %}">{% translate "Hello" %}</a>')


def test_every_word_that_readers_and_families_see_is_marked() -> None:
    texts = {name: (catalogues.ROOT / name).read_text(encoding="utf-8") for name in OF_READERS}
    assert {name: words for name, text in texts.items() if (words := unmarked(text))} == {}


def test_templates_that_may_be_english_are_there() -> None:
    for start in catalogues.IN_ENGLISH:
        assert any(name.startswith(start) for name in TEMPLATES), start
    assert set(catalogues.ALSO_OF_FAMILIES) <= set(TEMPLATES)

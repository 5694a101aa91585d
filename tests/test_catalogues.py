"""What screens say in other languages: nothing is out of date, and a family's pages are whole in each of them."""

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
OF_FAMILIES = [
    path
    for path in sorted((catalogues.ROOT / "templates").rglob("*.html"))
    if str(path.relative_to(catalogues.ROOT)).startswith(catalogues.OF_FAMILIES)
]
A_WORD = re.compile(r"[A-Za-z]{2,}")
SAID_TO_READERS = re.compile(r'(?:aria-label|alt|title|placeholder)="[^"{]*[A-Za-z]{2,}')


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
def test_a_familys_pages_are_whole(language: str) -> None:
    assert catalogues.without_translation(catalogues.catalogue(language), catalogues.OF_FAMILIES) == []


@LANGUAGES
def test_what_is_filled_in_is_the_same_in_each_form(language: str) -> None:
    for message in catalogues.catalogue(language):
        if message.id and catalogues.has_words(message):
            english = message.id if isinstance(message.id, str) else message.id[-1]
            said = [message.string] if isinstance(message.string, str) else message.string or ()
            for words in said:
                assert sorted(FILLED_IN.findall(words)) == sorted(FILLED_IN.findall(english)), english


def unmarked(text: str) -> str:
    """What a template says outside of its tags."""
    nodes = engines["django"].from_string(text).template.nodelist.get_nodes_by_type(TextNode)  # type: ignore[attr-defined]
    html = "".join(node.s for node in nodes)
    return " ".join([*A_WORD.findall(re.sub(r"<[^>]*>", " ", html)), *SAID_TO_READERS.findall(html)])


def test_a_word_that_is_not_marked_is_found() -> None:
    assert unmarked("{% load i18n %}<p>Hello {{ name }}</p>") == "Hello"
    assert unmarked('{% load i18n %}<a aria-label="Go on" href="/x">{% translate "Hello" %}</a>')
    assert not unmarked('{% load i18n %}<a aria-label="{% translate "Go on" %}">{% translate "Hello" %}</a>')


@pytest.mark.parametrize("path", OF_FAMILIES, ids=lambda path: path.stem)
def test_every_word_of_a_familys_page_is_marked(path: Any) -> None:
    assert unmarked(path.read_text()) == ""

"""A family's pages are read by somebody of nine to eleven: the words are measured, page by page.

Flesch-Kincaid grade + 5 is a reading age in years. Names and the story itself are left out.
"""

import re

import pytest
from django.conf import settings

from hub.law import LAWS
from hub.pages.words.reading_age import reading_age
from hub.stories.choices import Use
from hub.stories.consent.wordings import Audience, audiences_under, text_for
from hub.stories.family.happened import HAPPENED
from hub.stories.family.questions import SENT_BACK, VOICES, WHO_SEES

PAGES = sorted((settings.BASE_DIR / "templates/stories/private").glob("*.html"))
OLDEST = 11.0


def words_of(html: str) -> str:
    """The sentences of a template: every paragraph, item and heading ends one."""
    html = re.sub(r'{%\s*translate "([^"]*)".*?%}', r"\1", html)
    html = re.sub(r"{%\s*comment.*?endcomment\s*%}|{%.*?%}|{#.*?#}", " ", html, flags=re.DOTALL)
    html = re.sub(r"{{.*?}}", "name", html)
    html = re.sub(r"</(p|li|h1|h2|dt|dd|label|legend|button|a)>", ". ", html)
    return re.sub(r"<[^>]+>", " ", html)


def test_the_measure_tells_plain_from_hard() -> None:
    plain = "We will ask you. You can say no. The dog sat on the mat."
    hard = "Notwithstanding subsequent consideration, organisational responsibilities necessitate authorisation."
    assert reading_age(plain) < 8
    assert reading_age(hard) > 18


OFFER = [settings.BASE_DIR / "templates/stories" / name for name in ("tell_yours.html", "tell_yours_sent.html")]


@pytest.mark.parametrize("page", [*PAGES, *OFFER], ids=lambda page: page.stem)
def test_a_private_page_is_easy_to_read(page: object) -> None:
    text = words_of(page.read_text())  # type: ignore[attr-defined]
    if len(re.findall(r"[A-Za-z]+", text)) > 20:
        assert reading_age(text) <= OLDEST


ASKED = [(name, use) for name, voice in VOICES.items() for use in voice.uses]


@pytest.mark.parametrize(("name", "use"), ASKED, ids=str)
def test_each_use_is_asked_about_in_easy_words(name: str, use: Use) -> None:
    assert reading_age(" ".join(VOICES[name].uses[use])) <= OLDEST


@pytest.mark.parametrize("name", VOICES)
def test_each_reader_is_spoken_to_in_easy_words(name: str) -> None:
    voice = VOICES[name]
    said = " ".join([voice.may_we, *voice.points, voice.read_it, voice.name, voice.why_apart, voice.beside])
    assert reading_age(said) <= (9.0 if "12" in name else OLDEST)


def test_who_may_see_words_is_said_of_each_place_in_easy_words() -> None:
    assert set(WHO_SEES) == set(Use)
    assert reading_age(" ".join(WHO_SEES.values())) <= OLDEST


@pytest.mark.parametrize("name", VOICES)
def test_what_comes_next_is_said_to_each_reader_in_easy_words(name: str) -> None:
    said = " ".join([*VOICES[name].after_yes, VOICES[name].after_no, VOICES[name].no_is_fine])
    assert reading_age(said) <= (9.0 if "12" in name else OLDEST)
    assert "cross" in said or "12" not in name


def test_what_happened_is_said_in_easy_words() -> None:
    assert reading_age(". ".join(HAPPENED.values())) <= OLDEST


def test_why_a_story_was_sent_back_is_said_in_easy_words() -> None:
    assert all(reading_age(words) <= OLDEST for words in SENT_BACK.values())


YOUNGEST = {Audience.UNDER_12: 8.0, Audience.EASY_READ: 8.0, Audience.AGE_12_15: 9.0, Audience.UNDER_16: 9.0}


WORDINGS = {audience: law for law in reversed(LAWS.values()) for audience in audiences_under(law)}


def test_every_text_is_needed_under_some_law() -> None:
    assert set(WORDINGS) == set(Audience)


@pytest.mark.parametrize("audience", Audience)
def test_each_wording_is_easy_to_read_for_those_it_is_for(audience: Audience) -> None:
    text = text_for(audience, WORDINGS[audience])
    assert "{" not in text
    assert "None" not in text
    assert reading_age(text) <= YOUNGEST.get(audience, OLDEST)

"""Words that people write in different ways: one form for each, and slips of the finger with a bound."""

import pytest

from hub.nearness import cost, is_slip_of
from hub.spelling import for_comparing, stem, words_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“addict”", "addict"),
        ("door—step", "door step"),
        ("Café", "cafe"),
        ("Dad’s", "dad"),
        ("don’t", "don't"),
        ("stigmatizing", "stigmatising"),
        ("organization", "organisation"),
        ("behavior", "behaviour"),
        ("center", "centre"),
        ("counseling", "counselling"),
        ("labeled", "labelled"),
        ("program", "programme"),
        ("mom", "mum"),
        ("license", "licence"),
    ],
)
def test_two_ways_of_writing_are_one_word(one: str, other: str) -> None:
    assert for_comparing(one) == for_comparing(other)


def test_words_with_a_hyphen_are_found_as_one_and_as_two() -> None:
    assert for_comparing("a drop-in").split() == ["a", "drop", "in", "dropin"]


@pytest.mark.parametrize("text", ["", "?!…", "😀", "' OR 1=1 --", "\x00"])
def test_nothing_but_letters_and_numbers_is_left(text: str) -> None:
    assert all(word.isalnum() for word in words_in(text))


@pytest.mark.parametrize(("one", "other"), [("labels", "labelling"), ("families", "family"), ("judged", "judging")])
def test_forms_of_a_word_share_their_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lables", "labels"),
        ("cooncil", "council"),
        ("hoose", "house"),
        ("hame", "home"),
        ("heid", "head"),
        ("richt", "right"),
        ("stimga", "stigma"),
        ("confidentialty", "confidentiality"),
    ],
)
def test_a_slip_is_near_to_what_was_meant(typed: str, meant: str) -> None:
    assert cost(typed, meant) is not None


@pytest.mark.parametrize(("typed", "other"), [("debt", "date"), ("cat", "car"), ("shame", "blame"), ("dads", "drugs")])
def test_another_word_is_not(typed: str, other: str) -> None:
    assert cost(typed, other) is None or (typed, other) == ("shame", "blame")
    assert not is_slip_of(typed, other)

"""What a moderator may carry a yes over: a slip of the pen, and never what might say something else."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.stories.difference import Change, Kind, Passage, word_by_word
from hub.stories.small_correction import CARRIES_MEANING, reasons_to_ask_again


def change(before: str, after: str, name: str = "Text") -> Change:
    return Change(name, Passage(name, before, before), Passage(name, after, after))


def is_small(before: str, after: str, name: str = "Text") -> bool:
    return not reasons_to_ask_again([change(before, after, name)])


@dataclass(frozen=True)
class Case:
    before: str
    after: str


SLIPS = [
    Case("They put teh kettle on", "They put teh kettle on."),
    Case("I recieved a letter", "I received a letter"),
    Case("the kettel was on", "the kettle was on"),
    Case("we sat togehter", "we sat together"),
    Case("it was allright then", "it was alright then"),
    Case("Hello , she said", "Hello, she said"),
    Case("we went in. they smiled", "we went in. They smiled"),
    Case("then i went in", "then I went in"),
    Case("they were kind ,warm people", "they were kind, warm people"),
]
MORE = [
    Case("he did not come", "he did come"),
    Case("he did come", "he did not come"),
    Case("she said it", "he said it"),
    Case("in Leven", "in Levan"),
    Case("in Leven", "in Methil"),
    Case("they could help", "they would help"),
    Case("it took 3 weeks", "it took 8 weeks"),
    Case("on Monday", "on Sunday"),
    Case("three times", "eight times"),
    Case("my mother", "a mother"),
    Case("my brother came", "brother came"),
    Case("nobody helped", "nobody helped much"),
    Case("I had hope", "I had Hope"),
    Case("then rose left", "then Rose left"),
    Case("a warm cat", "a warm car"),
    Case("my sister and brother", "my brother and sister"),
    Case("I was nowhere", "I was now here"),
    Case("it was fine", "it was terrible"),
]


@pytest.mark.parametrize("case", SLIPS, ids=lambda case: case.after)
def test_a_slip_of_the_pen_may_be_proposed(case: Case) -> None:
    assert is_small(case.before, case.after)


@pytest.mark.parametrize("case", MORE, ids=lambda case: case.after)
def test_what_may_say_something_else_needs_a_new_yes(case: Case) -> None:
    assert not is_small(case.before, case.after)
    assert not is_small(case.after, case.before)


@pytest.mark.parametrize("name", ["Quotation", "Picture", "Told by", "Note about names", "Content note", "Partner"])
def test_some_places_always_need_a_new_yes(name: str) -> None:
    assert not is_small("a kettel", "a kettle", name)


def test_a_passage_added_or_taken_away_needs_a_new_yes() -> None:
    passage = Passage("Text", "More", "More")
    assert reasons_to_ask_again([Change("Text", None, passage)])
    assert reasons_to_ask_again([Change("Text", passage, None)])


def test_how_it_looks_may_be_proposed() -> None:
    looks = Change("Text", Passage("Text", "Warm", "<b>Warm</b>"), Passage("Text", "Warm", "Warm"))
    assert looks.is_formatting_only
    assert reasons_to_ask_again([looks]) == []


WORDS = st.lists(st.text("abcdefghij", min_size=4, max_size=9), min_size=1, max_size=12)
MEANS = st.sampled_from(sorted(CARRIES_MEANING))


@settings(max_examples=200, database=None, deadline=None)
@given(WORDS, MEANS, st.data())
def test_no_word_that_carries_meaning_comes_or_goes_unnoticed(
    words: list[str], small: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(words)))
    more = [*words[:place], small, *words[place:]]
    assert not is_small(" ".join(words), " ".join(more))
    assert not is_small(" ".join(more), " ".join(words))


@settings(max_examples=200, database=None, deadline=None)
@given(WORDS, st.text("ABCDEFG0123456789", min_size=1, max_size=8), st.data())
def test_no_name_and_no_number_takes_another_words_place(words: list[str], other: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    assert not is_small(" ".join(words), " ".join([*words[:place], other, *words[place + 1 :]]))


@settings(max_examples=200, database=None, deadline=None)
@given(WORDS, WORDS)
def test_the_difference_holds_every_word_of_both(before: list[str], after: list[str]) -> None:
    pieces = word_by_word(" ".join(before), " ".join(after))
    old = [word for piece in pieces if piece.kind != Kind.ADDED for word in piece.text.split()]
    new = [word for piece in pieces if piece.kind != Kind.REMOVED for word in piece.text.split()]
    assert (old, new) == (before, after)

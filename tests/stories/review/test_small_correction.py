"""What a moderator may carry a yes over: a slip of the pen, and never what might say something else."""

import unicodedata
from dataclasses import dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hub.stories.review.difference import Change, Kind, Passage, word_by_word
from hub.stories.review.slips import CARRIES_MEANING, SCOTS, is_a_word
from hub.stories.review.small_correction import reasons_to_ask_again


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
    Case("They put teh kettle on", "They put the kettle on"),
    Case("I recieved a letter", "I received a letter"),
    Case("the kettel was on", "the kettle was on"),
    Case("we sat togehter", "we sat together"),
    Case("it was allright then", "it was alright then"),
    Case("my favorit neigbour, she said", "my favorit neighbour, she said"),
    Case("I was hapy (realy hapy) then", "I was happy (really happy) then"),
    Case("for 3 weeks I recieved nothing", "for 3 weeks I received nothing"),
    Case("she was helpfull", "she was helpful"),
    Case("it was thier idea", "it was their idea"),
    Case("Hello , she said", "Hello, she said"),
    Case("I went in but they smiled", "I went in, but they smiled"),
    Case("we went in. they smiled", "we went in. They smiled"),
    Case("we went in, they smiled", "we went in. They smiled"),
    Case("then i went in", "then I went in"),
    Case("then i'm in", "then I'm in"),
    Case("they’re kind", "they're kind"),
    Case("they were kind ,warm people", "they were kind, warm people"),
    Case("they were  kind", "they were kind"),
    Case("“I was hapy,” she said", "“I was happy,” she said"),
]
MORE = [
    Case("he did not come", "he did come"),
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
    Case("we sat. rose left", "we sat. Rose left"),
    Case("a warm cat", "a warm car"),
    Case("my sister and brother", "my brother and sister"),
    Case("I was nowhere", "I was now here"),
    Case("it was fine", "it was terrible"),
    # numbers, money, signs, units, ranges, fractions, times and dates
    Case("it cost £10.50", "it cost £1050"),
    Case("it cost £10.50", "it cost £10,50"),
    Case("it cost £5", "it cost €5"),
    Case("it cost £5", "it cost 5"),
    Case("5% of us", "5 of us"),
    Case("5 % of us", "5 of us"),
    Case("for 3-4 days", "for 34 days"),
    Case("for 3–4 days", "for 34 days"),
    Case("for 3 4 days", "for 34 days"),
    Case("1/2 of it", "12 of it"),
    Case("½ of it", "of it"),
    Case("it was -5 outside", "it was 5 outside"),
    Case("it was −5 outside", "it was 5 outside"),
    Case("1,000 people", "1000 people"),
    Case("1,000 people", "1.000 people"),
    Case("1 000 people", "1000 people"),
    Case("at 5.30 we left", "at 530 we left"),
    Case("at 5:30 we left", "at 5.30 we left"),
    Case("on 3.4.2019", "on 34.2019"),
    Case("on 3/4/2019", "on 3/42019"),
    Case("room 5", "room 5."),
    Case("room ٥", "room ٦"),
    Case("room ५", "room ६"),
    Case("x² of it", "x of it"),
    Case("in part ii we met", "in part iv we met"),
    Case("in part Ⅳ we met", "in part Ⅵ we met"),
    Case("the 3rd time", "the 3nd time"),
    Case("the fourtth time", "the fourth time"),
    Case("it was fourty then", "it was forty then"),
    Case("twenty, three came", "twenty three came"),
    Case("twa bairns came", "twal bairns came"),
    Case("10mg of it", "10g of it"),
    Case("10 pounts of it", "10 pounds of it"),
    Case("three or four", "three, or four"),
    # negations
    Case("they were nevr kind", "they were never kind"),
    Case("they didnt ask", "they didn't ask"),
    Case("they cant ask", "they can ask"),
    Case("they can't ask", "they can ask"),
    Case("she didnae ask", "she did ask"),
    Case("she didnaee ask", "she didnae ask"),
    Case("we cannae go", "we canna go"),
    Case("she was uhappy", "she was unhappy"),
    Case("she was helples", "she was helpless"),
    Case("a typical day", "atypical day"),
    Case("Don't, stop", "Don't stop"),
    Case("No, I went", "No I went"),
    # signs of every other kind
    Case("she was kind", "she was “kind”"),
    Case("she was kind", "she was 'kind'"),
    Case("she was kind", 'she was "kind"'),
    Case("he came.", "he came?"),
    Case("he came.", "he came!"),
    Case("he came.", "he came..."),
    Case("well-known", "well known"),
    Case("ex-partner came", "partner came"),
    Case("kind (and warm)", "kind and warm"),
    Case("warm: kind", "warm kind"),
    Case("warm kind", "warm\u200bkind"),
    Case("write to help@exmaple.org", "write to help@example.org"),
    Case("see exmaple.org", "see example.org"),
    Case("see example.org", "see example. org"),
    Case("the well-knwon one", "the well-known one"),
    # names, and what makes one of a word
    Case("ann came", "Ann came"),
    Case("Ann Marie came", "Ann, Marie came"),
    Case("I met Hope", "I met hope"),
    Case("then They came", "then they came"),
    Case("he came", "HE came"),
    Case("we met. will came", "we met. Will came"),
    # words that are words already, somebody's own among them
    Case("my hope", "my home"),
    Case("in the bath", "in the path"),
    Case("we raced", "we raged"),
    Case("the wean cried", "the mean cried"),
    Case("they fash me", "they fish me"),
    Case("my friend came", "my friends came"),
    Case("my frind came", "my friends came"),
    Case("my sister", "my sіster"),  # a letter of another alphabet
    Case("the the end", "the end"),
    Case("a lot", "alot"),
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


LOOKS = [
    ("<p>Warm words</p>", "<p><b>Warm</b> words</p>"),
    ("<p><b>Warm</b> words</p>", "<p><b>Warm words</b></p>"),
    ("<p>Warm words</p>", "<p>Warm</p><p>words</p>"),
    ("<p>Warm words</p>", "<ul><li>Warm words</li></ul>"),
    ("<ul><li>Warm</li></ul>", "<ol><li>Warm</li></ol>"),
    ("<p>Warm words</p>", "<h2>Warm words</h2>"),
    ("<p>Warm words</p>", '<p>Warm <a href="https://example.org">words</a></p>'),
    ('<p><a linktype="page" id="3">Warm</a></p>', '<p><a linktype="page" id="4">Warm</a></p>'),
    ("<p>Warm</p>", '<p>Warm</p><embed embedtype="image" id="3" alt="Warm"/>'),
    ('<p><embed embedtype="image" id="3" alt="A cat"/></p>', '<p><embed embedtype="image" id="3" alt="A car"/></p>'),
    ("<p>Warm words</p>", "<p>Warm<br/>words</p>"),
    ("<p>Warm</p>", "<p>Warm</p><!-- x -->"),
    ("<p><b>10</b>.50</p>", "<p><b>10</b>50</p>"),
    ("<p><b>10.</b>50</p>", "<p><b>10</b>50</p>"),
    ("<p>a<b>hapy</b></p>", "<p>a<b>happy</b></p>"),
    ("<p><b>a</b> b</p>", "<p><b>a</b>b</p>"),
    ("<p>5 &lt; 6</p>", "<p>5 6</p>"),
]


def rich(before: str, after: str) -> list[str]:
    return reasons_to_ask_again([Change("Text", *(Passage("Text", html, f"text: {html}") for html in (before, after)))])


@pytest.mark.parametrize(("before", "after"), LOOKS)
def test_emphasis_lists_links_and_paragraphs_need_a_new_yes(before: str, after: str) -> None:
    assert rich(before, after)
    assert rich(after, before)


def test_a_slip_in_rich_text_may_be_proposed_and_wagtails_names_of_paragraphs_are_nothing() -> None:
    before = '<p data-block-key="a">They were kind</p><p data-block-key="b"><b>So warm</b> and hapy</p>'
    after = '<p data-block-key="c">They were kind.</p><p data-block-key="d"><b>So warm</b> and happy</p>'
    assert rich(before, after) == []


def test_the_size_of_a_heading_needs_a_new_yes() -> None:
    sizes = [Passage("Heading", f"Warm {size}", f"heading: {size}") for size in ("h2", "h3")]
    assert reasons_to_ask_again([Change("Heading", *sizes)])
    slip = [Passage("Heading", f"{text} h2", f"heading: {text} h2") for text in ("So hapy then", "So happy then")]
    assert reasons_to_ask_again([Change("Heading", *slip)]) == []


WORDS = st.lists(st.text("abcdefghij", min_size=4, max_size=9), min_size=1, max_size=12)
PLAIN = st.lists(
    st.sampled_from(["went", "warm", "kind", "people", "kettle", "smiled", "gentle", "coffee", "table"]),
    min_size=1,
    max_size=9,
)
MEANS = st.sampled_from(sorted(CARRIES_MEANING | SCOTS))
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters=" \t\r\n.,;")
MARKED = st.sampled_from(
    [
        "£10.50",
        "€5",
        "-5",
        "5%",
        "3-4",
        "1/2",
        "½",
        "1,000",
        "5:30",
        "3.4.2019",
        "10mg",
        "2nd",
        "B12",
        "x²",
        "٣",
        "Ⅳ",
        "“x”",
    ]
)


@given(WORDS, MEANS, st.data())
def test_no_word_that_carries_meaning_comes_or_goes_unnoticed(
    words: list[str], small: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(words)))
    more = [*words[:place], small, *words[place:]]
    assert not is_small(" ".join(words), " ".join(more))
    assert not is_small(" ".join(more), " ".join(words))


@given(WORDS, st.text("ABCDEFG0123456789", min_size=1, max_size=8), st.data())
def test_no_name_and_no_number_takes_another_words_place(words: list[str], other: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    assert not is_small(" ".join(words), " ".join([*words[:place], other, *words[place + 1 :]]))


@given(PLAIN, SIGNS, st.data())
def test_no_sign_letter_or_digit_put_in_anywhere_passes(words: list[str], sign: str, data: st.DataObject) -> None:
    """Spaces, commas and full stops apart, whatever one character is put in or taken out, there is a new question."""
    text = " ".join(words)
    place = data.draw(st.integers(0, len(text)))
    more = text[:place] + sign + text[place:]
    assume(unicodedata.normalize("NFC", more) != unicodedata.normalize("NFC", text))
    assert not is_small(text, more)
    assert not is_small(more, text) or (sign.isalpha() and is_a_word_misspelt(text, more))


def is_a_word_misspelt(right: str, wrong: str) -> bool:
    """Whether the two differ in one word, and only in the other text is it no word."""
    pairs = [(one, other) for one, other in zip(right.split(), wrong.split(), strict=True) if one != other]
    return len(pairs) == 1 and is_a_word(pairs[0][0]) and not is_a_word(pairs[0][1])


@given(PLAIN, MARKED, PLAIN, st.data())
def test_nothing_in_a_number_or_sign_comes_goes_or_changes(
    before: list[str], marked: str, after: list[str], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(marked) - 1))
    other = data.draw(st.sampled_from(["", " ", ".", ",", ";", "-", "0", "a", "“"]))
    changed = marked[:place] + other + marked[place + 1 :]
    assume(changed.split() != marked.split())
    old, new = (" ".join([*before, middle, *after]) for middle in (marked, changed))
    assert not is_small(old, new)
    assert not is_small(new, old)


@given(PLAIN, st.data())
def test_no_capital_comes_or_goes_within_a_sentence(words: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(words) - 1))
    capital = [*words[:place], words[place].capitalize(), *words[place + 1 :]]
    assert not is_small(" ".join(words), " ".join(capital))
    assert not is_small(" ".join(capital), " ".join(words))


@given(PLAIN, PLAIN)
def test_words_that_are_words_are_not_mended_into_others(before: list[str], after: list[str]) -> None:
    assert is_small(" ".join(before), " ".join(after)) == (before == after)


@given(WORDS, WORDS)
def test_the_difference_holds_every_word_of_both(before: list[str], after: list[str]) -> None:
    pieces = word_by_word(" ".join(before), " ".join(after))
    old = [word for piece in pieces if piece.kind != Kind.ADDED for word in piece.text.split()]
    new = [word for piece in pieces if piece.kind != Kind.REMOVED for word in piece.text.split()]
    assert (old, new) == (before, after)

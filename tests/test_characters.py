"""What nobody sees goes; what somebody sees, or a script needs, stays. Pure: no database, no form."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hub.characters import one_line, readable, readable_html
from hub.email_addresses import are_one, as_kept
from tests.awkward import AWKWARD, Awkward

ANY = st.text(st.characters(), max_size=60)
TRICKY = st.text(
    st.sampled_from(
        "aé\u0301\u200b\u200c\u200d\u2067\u2069\u202a\u202b\u202c\u202e\ufe0f\U0001f468\U0001f3fb\u0627\u05d0\u0915\u094d"
        "\u17a0\ud83d\ude00\x0b\r\n\t \U0001f3f4\U000e0067\U000e0062\U000e007f\u2800\u1160\u180e<>&;"
    ),
    max_size=30,
)


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: text.what)
def test_each_awkward_text_is_kept_as_a_reader_sees_it(text: Awkward) -> None:
    assert one_line(text.typed) == text.kept
    assert one_line(text.kept) == text.kept


@example("<\u200d\ufe0f")  # a joiner with nothing to join
@given(ANY | TRICKY)
def test_what_is_readable_is_left_alone(text: str) -> None:
    for clean in (readable, one_line, readable_html):
        once = clean(text)
        assert clean(once) == once


@given(ANY | TRICKY)
def test_nothing_that_breaks_a_file_a_feed_or_a_database_comes_through(text: str) -> None:
    clean = readable(text)
    clean.encode()
    kinds = {unicodedata.category(letter) for letter in clean if letter not in "\r\n\t"}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}
    assert not any(ord(letter) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(letter) <= 0xFDEF for letter in clean)
    assert clean.count("\u2066") + clean.count("\u2067") + clean.count("\u2068") == clean.count("\u2069")
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\ufeff\u2060")
    assert not set(one_line(text)) & set("\r\n\t")


@given(
    st.text(
        st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u3164\uffa0\u115f\u1160\u2800\ufffc")
    )
)
def test_nothing_that_somebody_can_see_is_lost(text: str) -> None:
    assert readable(text) == unicodedata.normalize("NFC", text)


def test_lines_and_tabs_stay_where_lines_are_meant() -> None:
    assert readable("One\r\ntwo\tthree\x0bfour\rfive") == "One\r\ntwo\tthree\nfour\nfive"


def test_directions_stay_in_a_script_that_is_written_from_the_right() -> None:
    assert readable("\u2067عربي\u2069 text") == "\u2067عربي\u2069 text"
    assert readable("\u202bعربي\u202c text") == "\u2067عربي\u2069 text", "the old signs become those that do no harm"
    assert readable("\u202eعربي\u202c text") == "عربي text"
    assert readable("\u2067plain\u2069") == "plain"


def test_a_sign_written_as_a_reference_goes_from_rich_text_and_mark_up_stays() -> None:
    typed = "<p>a&#8203;b&shy;c&#x0b;d &amp; &lt;b&gt; &nbsp;e\u0301<i>\x07f</i>&#x1F468;&zwj;&#x1F469;</p>"
    assert readable_html(typed) == "<p>abcd &amp; &lt;b&gt; &nbsp;é<i>f</i>\U0001f468\u200d\U0001f469</p>".replace(
        "&nbsp;", "\xa0"
    )
    untouched = "<p>&nbsp;&eacute; &#233; <b>x</b>\u0338</p>"
    assert readable_html(untouched) == untouched, "no accent is drawn into a tag"


@pytest.mark.parametrize(
    "typed",
    [
        "kim@example.org", "kim\u200b@example.org", " kim@Example.ORG ", "kim\uff20example.org",
        "\ufeffkim@example.org", "k\xadim@example\u2060.org", "kim@example.org\u200b\n",
    ],
)  # fmt: skip
def test_an_address_has_one_form_however_it_is_copied(typed: str) -> None:
    assert as_kept(typed) == "kim@example.org"
    assert are_one(typed, "KIM@example.org")


def test_other_addresses_are_other_addresses() -> None:
    assert not are_one("kim@example.org", "kim@example.com")
    assert as_kept("Kim@b\u00fccher.example") == "Kim@xn--bcher-kva.example"
    assert are_one("kim@b\u00fccher.example", "kim@XN--BCHER-KVA.example")
    assert as_kept("no address") == "no address"
    assert as_kept("a@" + "x" * 70 + ".org") == "a@" + "x" * 70 + ".org"

"""The fingerprint of a story: blind to white space and encoding, and to nothing else."""

import enum
import json
import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hub.stories.content_hash import canonical, content_hash

PHOTO, FILM = "a" * 64, "b" * 64
GOLDEN = "d9587eaabb73faa811a24cc2c7c79bcc09b6e18e24f53e4cf8a86d9c555a41a7"
NBSP, COMBINING_ACUTE = "\u00a0", "\u0301"


# What makes no difference


def test_runs_of_white_space_are_one_space_and_none_at_the_ends() -> None:
    assert canonical(f" two{NBSP} \t\r\n words\u2003") == canonical("two words") == '"two words"'


def test_an_accent_is_the_same_however_it_is_encoded() -> None:
    assert canonical("cafe" + COMBINING_ACUTE) == canonical("caf\u00e9") == '"caf\u00e9"'


def test_the_order_of_keys_makes_no_difference() -> None:
    assert canonical({"b": 1, "a": [True, None]}) == canonical({"a": (True, None), "b": 1})
    assert canonical({"b": 1, "a": [True, None]}) == '{"a":[true,null],"b":1}'


def test_dates_are_their_iso_text_and_times_are_in_utc() -> None:
    noon = datetime(2030, 5, 1, 12, tzinfo=UTC)
    assert canonical(date(2030, 5, 1)) == '"2030-05-01"'
    assert canonical(noon) == '"2030-05-01T12:00:00+00:00"'
    assert canonical(noon.astimezone(timezone(timedelta(hours=1)))) == canonical(noon)


def test_a_choice_is_its_value() -> None:
    class Strand(enum.StrEnum):
        KELP = "kelp"

    assert canonical(Strand.KELP) == '"kelp"'


def test_the_order_and_repetition_of_files_make_no_difference() -> None:
    assert content_hash({}, [PHOTO, FILM]) == content_hash({}, iter([FILM, PHOTO, FILM]))


# What makes a difference


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("two words", "twowords"),
        ("Word", "word"),
        ("word", "word."),
        ("it's", "it\u2019s"),
        ("\ufb01sh", "fish"),
        (["ab"], ["a", "b"]),
        (["a", "b"], ["b", "a"]),
        (["a", ["b"]], [["a"], "b"]),
        (["a", "b"], ['a","b']),
        ([], {}),
        ([], [[]]),
        ([], None),
        ({"a": None}, {}),
        ({"a": "b"}, ["a", "b"]),
        (1, "1"),
        (1, True),
        (0, False),
        (None, "null"),
        ("", None),
    ],
)
def test_any_other_change_changes_it(one: object, other: object) -> None:
    assert canonical(one) != canonical(other)
    assert content_hash({"body": one}, []) != content_hash({"body": other}, [])


def test_a_file_added_taken_away_or_changed_changes_it() -> None:
    hashes = {content_hash({"body": "words"}, media) for media in ([], [PHOTO], [FILM], [PHOTO, FILM])}
    assert len(hashes) == 4


def test_the_fingerprint_never_changes_between_releases() -> None:
    """If this goes red, every consent ever given has just become OUTDATED."""
    content = {"title": f"  Tea\n and cafe{COMBINING_ACUTE}", "body": [{"type": "text", "n": 1}]}
    assert content_hash(content, [FILM, PHOTO]) == GOLDEN


# Refusals


@pytest.mark.parametrize("value", [1.5, float("nan"), b"bytes", {"set"}, object(), 1j])
def test_what_has_no_one_exact_text_is_refused(value: object) -> None:
    for nested in (value, [value], {"a": {"b": [value]}}):
        with pytest.raises(TypeError, match=f"A {type(value).__name__} has no one exact text"):
            canonical(nested)


def test_a_refusal_does_not_repeat_the_story() -> None:
    with pytest.raises(TypeError) as refusal:
        canonical({"body": b"my name is"})
    assert "my name" not in str(refusal.value)


def test_a_key_that_is_not_text_is_refused() -> None:
    with pytest.raises(TypeError, match="Every key must be text"):
        canonical({1: "a"})


def test_two_keys_that_fold_into_one_are_refused() -> None:
    with pytest.raises(ValueError, match="Two keys are both 'a b'"):
        canonical({"a b": 1, f"a{NBSP}b": 2})


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        canonical(datetime(2030, 5, 1))  # noqa: DTZ001 - that is the point


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogate"):
        canonical("\ud83d")


@pytest.mark.parametrize("media", [["photo.jpg"], [PHOTO.upper()], [PHOTO + "\n"], [""], PHOTO])
def test_a_medium_that_is_not_a_fingerprint_is_refused(media: Any) -> None:
    with pytest.raises(ValueError, match="is not a SHA-256"):
        content_hash({}, media)


# For everything anyone could write


def for_every(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run the test on things thought up: how many, says tests/conftest.py."""
    return given(*strategies)


BLANKS = " \t\n\r\f\u00a0\u2000-\u200a\u202f\u205f\u3000"
ODD = "\u037e\u226e\u226f\u0338"  # whose other form is a sign of markup, or makes one: tried by themselves below
SPACES = st.text(alphabet=f" \t\n\r{NBSP}\u2003\u202f", min_size=1, max_size=3)
LETTERS = st.text(alphabet=f'abé{COMBINING_ACUTE}한Å"\\[],:{{}} {NBSP}', max_size=6)
TEXTS = LETTERS | st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters=ODD), max_size=6)
WORDS = st.text(alphabet=st.characters(categories=["L", "P"]), min_size=1, max_size=5)
KEYS = st.sampled_from(["title", "body", "a", "b"])
LEAVES = st.none() | st.booleans() | st.integers() | TEXTS
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


def everywhere(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: everywhere(item, change) for key, item in reversed(value.items())}
    if isinstance(value, list):
        return [everywhere(item, change) for item in value]
    return change(value) if isinstance(value, str) else value


def as_read(value: Any) -> Any:
    """What a reader sees, written a second time on purpose; kinds are kept apart, as True == 1."""
    if isinstance(value, dict):
        return {key: as_read(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_read(item) for item in value]
    return type(value), _as_seen(value) if isinstance(value, str) else value


def _as_seen(text: str) -> str:
    """Between signs of markup accents may be encoded either way; blanks of any width are one space."""
    pieces = [unicodedata.normalize("NFC", piece) for piece in re.split("([<>&;])", text)]
    return " ".join(part for part in re.split(f"[{BLANKS}]", "".join(pieces)) if part)


@for_every(VALUES, SPACES, SPACES)
def test_more_white_space_where_there_is_some_makes_no_difference(value: Any, one: str, other: str) -> None:
    spaced = everywhere(value, lambda text: one + text.replace(" ", other) + other)
    assert canonical(spaced) == canonical(value)


@for_every(VALUES, st.sampled_from(["NFC", "NFD"]))
def test_how_text_is_encoded_makes_no_difference(value: Any, form: Any) -> None:
    assert canonical(everywhere(value, lambda text: unicodedata.normalize(form, text))) == canonical(value)


@for_every(VALUES)
def test_it_is_json_that_reads_back_as_the_same(value: Any) -> None:
    read_back = json.loads(canonical(value))
    assert as_read(read_back) == as_read(value)
    assert canonical(read_back) == canonical(value)


@for_every(VALUES, VALUES)
def test_two_contents_match_only_if_they_read_the_same(one: Any, other: Any) -> None:
    assert (content_hash({"v": one}, []) == content_hash({"v": other}, [])) == (as_read(one) == as_read(other))


@for_every(st.lists(WORDS, min_size=1, max_size=4), WORDS, st.data())
def test_one_word_changed_added_moved_or_taken_away_changes_it(words: Any, word: str, data: Any) -> None:
    at = data.draw(st.integers(0, len(words) - 1))
    changes = [[*words[:at], *words[at + 1 :]], [*words[:at], word, *words[at:]]]
    changes += [[*words[:at], word, *words[at + 1 :]], words[::-1]]
    for changed in changes:
        one, other = " ".join(words), " ".join(changed)
        assume(as_read(one) != as_read(other))
        assert content_hash({"body": one}, []) != content_hash({"body": other}, [])
        assert content_hash({"body": words}, []) != content_hash({"body": changed}, [])
        assert content_hash({"body": words}, []) != content_hash({"body": one}, [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>\u0338b", "<p>a</p\u226fb"),  # an accent after a sign of markup is not part of it
        ("&amp\u037e", "&amp;"),  # the Greek question mark is no semicolon
        ("a \u226e b", "a <\u0338 b"),
        ("five\u1680six", "five six"),  # a dash to the eye
        ("one\u2028two", "one two"),  # lines of their own
        ("one\u0085two", "one two"),
        ("one\x1ctwo", "one two"),
    ],
)
def test_what_looks_different_is_different(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_hashes_of_ordinary_words_are_those_of_before() -> None:
    said = "<p>I said \u201cno\u201d &amp; left.</p>"
    words = {"title": "The  caf\u0065\u0301\u00a0door", "body": [{"type": "text", "value": said}]}
    assert canonical(words) == (
        '{"body":[{"type":"text","value":"<p>I said \u201cno\u201d &amp; left.</p>"}],"title":"The caf\u00e9 door"}'
    )

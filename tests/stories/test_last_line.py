"""The newest line of the ledger decides, by when it was said; on a tie, no."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.stories.choices import EventKind
from hub.stories.last_line import (
    NEUTRAL,
    OVER,
    STILL_YES,
    STOPS,
    LineFacts,
    Record,
    says_yes,
    waits_for_a_second_person,
)

NOW = datetime(2030, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
YES = Record(number=1, given_by="self", method="online", keyed_hash="keyed", said_at=NOW)
GIVEN = LineFacts(
    sequence=10, kind="given", consent=1, given_by="self", method="online", keyed_hash="keyed", said_at=NOW
)


def a(kind: str, when: datetime, *, sequence: int = 20, consent: int | None = 2) -> LineFacts:
    return replace(GIVEN, kind=kind, said_at=when, sequence=sequence, consent=consent)


def test_every_kind_of_line_has_one_meaning() -> None:
    assert {kind.value for kind in EventKind} == STILL_YES | OVER | NEUTRAL
    assert not STILL_YES & OVER
    assert not (STILL_YES | OVER) & NEUTRAL


def test_a_yes_with_its_line_is_a_yes() -> None:
    assert says_yes(YES, (GIVEN,))


@pytest.mark.parametrize(
    "change", [{"given_by": "guardian"}, {"method": "paper"}, {"keyed_hash": "of other words"}, {"number": 2}]
)
def test_a_record_that_says_otherwise_than_its_line_is_no_yes(change: dict[str, Any]) -> None:
    assert not says_yes(replace(YES, **change), (GIVEN,))


def test_a_record_without_a_line_is_no_yes() -> None:
    assert not says_yes(YES, ())
    assert not says_yes(YES, (a("given", NOW, consent=2),))


@pytest.mark.parametrize("kind", sorted(STOPS))
def test_what_was_said_last_stands_and_on_a_tie_no(kind: str) -> None:
    assert says_yes(YES, (GIVEN, a(kind, NOW - DAY)))
    assert not says_yes(YES, (GIVEN, a(kind, NOW)))
    assert not says_yes(YES, (GIVEN, a(kind, NOW + DAY)))
    assert not says_yes(YES, (a(kind, NOW + DAY, sequence=1), GIVEN)), "a yes written in after a later no"


@pytest.mark.parametrize("kind", sorted(OVER))
def test_a_line_about_the_answer_itself_ends_it_until_another(kind: str) -> None:
    assert not says_yes(YES, (GIVEN, a(kind, NOW - DAY, consent=1)))
    released = a("released", NOW, sequence=30, consent=1)
    assert says_yes(YES, (GIVEN, a(kind, NOW - DAY, consent=1), released)) is True


@pytest.mark.parametrize("kind", sorted(NEUTRAL))
def test_other_lines_decide_nothing(kind: str) -> None:
    assert says_yes(YES, (GIVEN, a(kind, NOW + DAY, consent=1)))


def test_after_a_no_a_yes_needs_a_question_asked_since_or_a_second_person() -> None:
    no = a("refused", NOW - 2 * DAY, sequence=1)
    asked = a("requested", NOW - DAY, sequence=2)
    assert not waits_for_a_second_person(YES, (GIVEN,))
    assert waits_for_a_second_person(YES, (no, GIVEN))
    assert not waits_for_a_second_person(YES, (no, asked, GIVEN))
    assert waits_for_a_second_person(YES, (a("requested", NOW - 3 * DAY, sequence=0), no, GIVEN)), "asked before the no"
    on_paper, line = replace(YES, method="paper"), replace(GIVEN, method="paper")
    assert waits_for_a_second_person(on_paper, (no, asked, line))
    assert not waits_for_a_second_person(on_paper, (no, line, a("confirmed", NOW, consent=1)))
    assert waits_for_a_second_person(on_paper, (no, line, a("confirmed", NOW, consent=2))), "of another answer"


@pytest.mark.parametrize("kind", ["deferred", "revoked", "invalidated", "entered_in_error", "held"])
def test_only_a_no_of_their_own_asks_for_a_second_person(kind: str) -> None:
    assert not waits_for_a_second_person(YES, (a(kind, NOW - DAY, sequence=1), GIVEN))

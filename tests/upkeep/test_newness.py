"""Which journal tells of everything that anybody can show was said? Every other one leaves the stories dark."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from hub.upkeep.newness import (
    A_COPY,
    A_GAP,
    HOLES,
    NO_JOURNAL,
    OLDER,
    Backup,
    is_foreign,
    open_gaps,
    verdict,
    what_to_add,
)

Journal = list[dict[str, Any]]


def line(number: int, branch: str = "") -> dict[str, Any]:
    return {"ledger": f"hash {number}{branch}", "number": number, "kind": "given"}


def lines(first: int, last: int, branch: str = "") -> Journal:
    return [line(number, branch) for number in range(first, last + 1)]


FLAG = {"flag": 1, "at": "2026-01-01"}
GAP = {"gap": "a", "after": ["hash 5"]}


def why(backup: Backup, **journals: Any) -> str:
    """Why stories come back dark; empty when they need not."""
    return verdict(backup, **journals).why


MADE_AT_5 = Backup(
    lines=[each["ledger"] for each in lines(1, 5)], head="hash 5", newest=5, journal=[*lines(1, 5), {"copied": "x"}]
)


@pytest.mark.parametrize(
    ("here", "given", "reason"),
    [
        ([], [], NO_JOURNAL),  # a fresh machine: the copy in the backup ends where the backup ends
        ([{"restored": "hash 5"}], [], NO_JOURNAL),
        (lines(1, 5), [], ""),  # nothing was said since, and the Hub's own journal shows it
        (lines(1, 9), [], ""),
        (lines(1, 4), [], OLDER),
        (lines(2, 9), [], OLDER),  # its beginning is lost
        ([*lines(1, 5), *lines(7, 9)], [], HOLES),
        ([*lines(1, 5), *lines(8, 9)], [], HOLES),
        ([line for line in lines(1, 9) if line["number"] != 5], [], OLDER),
        ([*lines(1, 5), GAP, {"restored": "hash 5"}, *lines(6, 9, "b")], [], A_GAP),
        ([*lines(1, 5), GAP, *lines(6, 9), {"filled": "a"}], [], ""),
        ([GAP, *lines(1, 5), GAP], [], A_GAP),
        ([], lines(1, 9), ""),
        ([], lines(1, 5), ""),  # the journal itself, from a quiet week
        ([], [*lines(1, 5), {"copied": "x"}], A_COPY),  # taken out of the backup: it shows nothing that is newer
        ([], lines(1, 4), OLDER),
        (lines(1, 4), lines(1, 9), ""),
        (lines(1, 9), lines(1, 4), ""),  # the one here is enough
        (lines(1, 4), lines(1, 3), OLDER),
        ([*lines(1, 3), line(4, "b")], lines(1, 9), OLDER),  # what the one here tells, the other does not know
        ([*lines(1, 4), FLAG], lines(1, 9), OLDER),
        ([*lines(1, 4), FLAG], [*lines(1, 9), FLAG], ""),
        ([GAP, *lines(1, 5), GAP, *lines(6, 7, "b")], lines(1, 9), ""),
        ([GAP, *lines(1, 5), GAP, *lines(6, 7, "b")], lines(1, 4), A_GAP),
        ([GAP, *lines(1, 5), GAP, *lines(6, 7, "b")], [*lines(1, 9), {"copied": "x"}], A_GAP),
        ([], [*lines(1, 5), GAP, *lines(6, 9, "b")], A_GAP),  # of a machine that did not know either
        (lines(1, 9), [*lines(1, 9), {"copied": "x"}], ""),
    ],
)
def test_only_a_journal_that_tells_of_everything_shows_stories(here: Journal, given: Journal, reason: str) -> None:
    assert why(MADE_AT_5, here=here, given=given) == reason


def test_a_gap_that_the_backup_knows_of_is_in_its_tables_too() -> None:
    journal = [*lines(1, 3), {"gap": "a", "after": ["hash 3"]}, *lines(4, 9)]
    assert why(MADE_AT_5, here=journal) == A_GAP
    assert why(replace(MADE_AT_5, gaps=["a"]), here=journal) == ""


def test_a_gap_that_the_database_knows_of_counts_when_its_journal_is_lost() -> None:
    assert why(MADE_AT_5, here=lines(1, 9), gaps=["a"]) == A_GAP
    assert why(MADE_AT_5, here=lines(1, 9), given=lines(1, 9), gaps=["a"]) == A_GAP


def test_a_line_written_while_the_backup_was_made_is_newer_than_its_tables() -> None:
    backup = replace(MADE_AT_5, journal=lines(1, 6))
    assert why(backup, here=lines(1, 5)) == OLDER
    assert why(backup, here=lines(1, 6)) == ""


def test_of_an_empty_ledger_nobody_can_say_which_journal_follows_it() -> None:
    assert why(Backup(), here=lines(1, 9)) == OLDER


def test_lines_from_before_they_were_numbered_are_believed() -> None:
    old = [{"ledger": each["ledger"], "kind": "given"} for each in lines(1, 6)]
    assert why(MADE_AT_5, here=[*old, *lines(7, 9)]) == ""
    assert why(MADE_AT_5, here=[*old, line(7), line(9)]) == HOLES


@pytest.mark.parametrize(
    ("journal", "foreign"), [([], False), (lines(1, 9, "b"), True), ([FLAG], True), (lines(5, 9), False)]
)
def test_a_journal_of_another_database_knows_nothing_that_the_backup_knows(journal: Journal, foreign: bool) -> None:
    assert is_foreign(journal, MADE_AT_5) is foreign


def restored(here: Journal, given: Journal = []) -> tuple[Journal, str]:  # noqa: B006 - never changed
    """The journal after a restore of that backup, and why stories are dark."""
    found = verdict(MADE_AT_5, here=here, given=given)
    new = what_to_add(MADE_AT_5, here=here, given=given, new_gap="of this one" if found.is_new_gap else "")
    return [*here, *new], found.why


HERE = st.sampled_from([[], lines(1, 4), lines(1, 5), lines(1, 9), [GAP, *lines(1, 5), *lines(6, 7, "b")]])
GIVEN = st.sampled_from([[], lines(1, 4), lines(1, 5), lines(1, 9), [*lines(1, 5), {"copied": "x"}]])


@for_any(here=HERE, given=GIVEN, killed_after=st.integers(0, 40))
def test_killed_while_the_journal_is_written_it_knows_less_and_not_more(
    here: Journal, given: Journal, killed_after: int
) -> None:
    whole, reason = restored(here, given)
    cut = whole[: len(here) + killed_after]
    assert bool(why(MADE_AT_5, here=cut, given=given)) is bool(reason), "run again in the same way it ends the same"
    if reason:
        assert why(MADE_AT_5, here=cut), "and without what was given it is dark at least as long"


@for_any(here=HERE, given=GIVEN, times=st.integers(1, 3))
def test_what_a_restore_brought_is_no_witness_for_the_next_one(here: Journal, given: Journal, times: int) -> None:
    first, journal = why(MADE_AT_5, here=here, given=given), here
    for _ in range(times):
        journal, again = restored(journal, given)
        assert bool(again) is bool(first)
    assert bool(why(MADE_AT_5, here=journal)) is bool(first)
    assert bool(open_gaps(journal)) is bool(first)


def test_after_dark_restores_the_journal_of_the_lost_database_still_fills_the_gap() -> None:
    journal, reason = restored([])
    assert reason == NO_JOURNAL
    for number in (6, 7):  # each dark restore writes lines of its own, which the lost database never had
        journal, reason = restored([*journal, line(number, "b")])
        assert reason == A_GAP
    assert restored(journal, lines(1, 4))[1] == A_GAP
    journal, reason = restored(journal, lines(1, 9))
    assert (reason, open_gaps(journal)) == ("", {})

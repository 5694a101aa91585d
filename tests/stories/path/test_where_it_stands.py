"""The one sentence about a story, and its path: true for every mixture of what can be in the way."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

import pytest

from hub.stories.path.sentence import Next, Seen, where_it_stands
from hub.stories.path.steps import Mark, path
from hub.stories.reasons import Reason
from hub.stories.rule import Gap

FRIDAY = datetime(2026, 12, 4, 9, tzinfo=UTC)
NEW = Seen(gaps=(), until=None, people=2, is_shown=False, shows_the_draft=True, was_published=False)
UNCHECKED = Gap(None, Reason.NOT_APPROVED)


def said(*gaps: Gap, **more: object) -> str:
    return where_it_stands(replace(NEW, gaps=gaps, **more)).sentence  # type: ignore[arg-type]


def marks(seen: Seen) -> dict[str, Mark]:
    return {step.name: step.mark for step in path(seen)}


def test_days_to_think_count_as_agreed_and_the_day_is_said() -> None:
    thinking = replace(NEW, gaps=(Gap("P-1", Reason.COOLING_OFF), UNCHECKED), thinking_until=FRIDAY)
    stands = where_it_stands(thinking)
    assert "everyone has agreed. They can think it over until Friday 4 December 2026." in stands.sentence
    assert stands.next == Next.HAND_IN
    assert marks(thinking)["Thinking until Friday 4 December"] == Mark.NOW
    approved = replace(thinking, gaps=(Gap("P-1", Reason.COOLING_OFF),), handed_in_at=FRIDAY)
    assert where_it_stands(approved).sentence.endswith("until Friday 4 December 2026; then it is shown by itself.")
    assert where_it_stands(approved).next == Next.NOTHING


def test_nobody_has_still_to_agree_when_one_yes_waits_for_a_second_person() -> None:
    sentence = said(Gap("P-1", Reason.UNCONFIRMED), UNCHECKED)
    assert "1 person said yes after a no, and somebody from another partner has still to confirm it" in sentence
    assert "agree" not in sentence


def test_a_pause_is_no_withdrawal_and_a_no_is_no_silence() -> None:
    assert said(Gap("P-1", Reason.PAUSED)) == "Not shown: 1 person paused it."
    assert said(Gap("P-1", Reason.WITHDRAWN)) == "Not shown: 1 person withdrew."
    both = said(Gap("P-1", Reason.REFUSED), Gap("P-2", Reason.NOT_ANSWERED), Gap("P-3", Reason.NOT_ANSWERED))
    assert both == "Not shown: 1 person said no, and 2 have been asked and have not answered yet."


def test_of_two_voices_of_a_child_the_no_is_said_once() -> None:
    sentence = said(Gap("P-1", Reason.NOT_ASKED), Gap("P-1", Reason.REFUSED))
    assert sentence == "Not shown: 1 person said no."


def test_whoever_said_no_is_not_the_next_to_be_asked() -> None:
    gaps = (Gap("P-1", Reason.REFUSED), Gap("P-2", Reason.OUTDATED), Gap("P-3", Reason.NOT_ASKED))
    stands = where_it_stands(replace(NEW, gaps=gaps))
    assert (stands.next, stands.code) == (Next.ASK, "P-3")
    assert where_it_stands(replace(NEW, gaps=gaps[:1])).next == Next.SEE_PEOPLE


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"handed_in_at": FRIDAY}, "it was handed in on 4 December 2026."),
        ({}, "everyone has agreed. Hand it in next."),
        ({"changed_since": True}, "The words changed after they were handed in: hand them in again."),
        ({"returned_because": "Leave out the street."}, "a moderator sent it back. Leave out the street."),
        ({"held_because": "A call came in."}, "a moderator has put it on hold. A call came in."),
    ],
)
def test_once_all_agreed_the_next_step_is_the_hand_in_and_then_the_moderators(
    more: dict[str, object], sentence: str
) -> None:
    assert sentence in said(UNCHECKED, **more)


def test_a_published_story_that_nobody_sees_says_why() -> None:
    sentence = said(Gap("P-1", Reason.EXPIRED), was_published=True)
    assert sentence.startswith("Published, not shown, because 1 person has to be asked again")
    dark = replace(NEW, gaps=(Gap("P-1", Reason.EXPIRED),), was_published=True)
    assert path(dark)[-1].mark == Mark.STOPPED
    assert path(dark)[-1].note == "published, not shown"


def test_every_mixture_has_a_sentence_and_nothing_dark_is_called_shown() -> None:
    for first, second in combinations(Reason, 2):
        for published in (False, True):
            gaps = (Gap("P-1", first), Gap(None, second))
            seen = replace(NEW, gaps=gaps, was_published=published)
            sentence = where_it_stands(seen).sentence
            assert sentence.startswith(("Not shown: ", "Not shown yet: ", "Published, not shown, because "))
            assert sentence.endswith(".")
            assert path(seen)[-1].mark != Mark.DONE
            assert sum(step.mark == Mark.NOW for step in path(seen)) <= 1


def test_a_shown_story_says_until_when_and_an_older_version_that_it_is_older() -> None:
    shown = replace(NEW, until=FRIDAY, is_shown=True)
    assert where_it_stands(shown).sentence == "Shown to everyone, until 4 December 2026."
    assert {step.mark for step in path(shown)} == {Mark.DONE}
    newer = replace(shown, shows_the_draft=False, until=None, gaps=(Gap("P-1", Reason.OUTDATED), UNCHECKED))
    assert where_it_stands(newer).sentence.startswith("The agreed words are shown. The newer draft is not: ")
    assert path(newer)[-1].note == "in the words agreed before"

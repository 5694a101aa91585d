"""How far has a story got? Words, People, Asked, Thinking until a day, Checked, Shown: one path, on every screen.

Pure, as the sentence beside it is (sentence.py). Refuses to mark as shown what readers do not see.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from hub.stories.path.sentence import JUST_WAIT, SAID, TO_ASK_AGAIN, Seen, day, reason_of_each
from hub.stories.reasons import Reason


class Mark(StrEnum):
    """How one step of the path is drawn."""

    DONE = "done"
    NOW = "now"
    STOPPED = "stopped"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the path, and how it is marked. `note` says in a few words how far it has got."""

    name: str
    mark: Mark
    note: str = ""


def path(seen: Seen) -> tuple[Step, ...]:
    """Each step in order, with its mark."""
    reasons, each = {gap.reason for gap in seen.gaps}, reason_of_each(seen.gaps)
    count = Counter(each.values())
    to_ask = sum(count[reason] for reason in (Reason.NOT_ASKED, Reason.AGE_UNKNOWN, *TO_ASK_AGAIN))
    still_open = len(each) - sum(count[reason] for reason in JUST_WAIT)
    against = ", ".join(f"{count[reason]} {words}" for reason, words in SAID.items() if count[reason])
    blocked = {Reason.LEGAL_FLAG, Reason.STOPPING, Reason.TAKEN_BACK, Reason.ELSEWHERE} & reasons
    is_dark_for_long = seen.was_published and not seen.is_shown and bool(still_open)
    dark = bool(blocked) or seen.somebody_leaves or is_dark_for_long
    check = _check(seen, reasons)
    asked = f"{seen.people - to_ask} of {seen.people}" if seen.people else ""
    steps = [
        ("Words", seen.has_words, False, ""),
        ("People", seen.people > 0, False, str(seen.people) if seen.people else ""),
        ("Asked", seen.people > 0 and not to_ask, False, asked),
        (_answers(seen, still_open), seen.people > 0 and not each, bool(against), against),
        ("Checked", Reason.NOT_APPROVED not in reasons, bool(check), check or _handed_in(seen)),
        ("Shown", seen.is_shown and seen.shows_the_draft, dark, _shown(seen)),
    ]
    return tuple(_marked(steps))


def _marked(steps: list[tuple[str, bool, bool, str]]) -> Iterator[Step]:
    """Done steps and stopped ones; of the others the first is the one for now."""
    is_first = True
    for name, is_done, is_stopped, note in steps:
        mark = Mark.DONE if is_done else Mark.STOPPED if is_stopped else Mark.NOW if is_first else Mark.LATER
        is_first = is_first and is_done
        yield Step(name, mark, note)


def _answers(seen: Seen, still_open: int) -> str:
    """“Thinking until Friday 4 December” while somebody has days left; “Agreed” before and after."""
    if seen.people and not still_open and seen.thinking_until:
        return f"Thinking until {seen.thinking_until:%A %-d %B}"
    return "Agreed" if still_open == 0 or not seen.people else f"Agreed: {seen.people - still_open} of {seen.people}"


def _check(seen: Seen, reasons: set[Reason]) -> str:
    """What keeps a moderator from approving it now; empty when nothing does."""
    if Reason.LEGAL_FLAG in reasons:
        return "a legal flag is open"
    if seen.held_because is not None:
        return "on hold"
    return "sent back" if seen.returned_because is not None else ""


def _handed_in(seen: Seen) -> str:
    if seen.handed_in_at:
        return f"handed in {seen.handed_in_at:%-d %B}"
    return "changed since it was handed in" if seen.changed_since else ""


def _shown(seen: Seen) -> str:
    if seen.is_shown:
        shown = f"until {day(seen.until)}" if seen.until else ""
        return shown if seen.shows_the_draft else "in the words agreed before"
    return "published, not shown" if seen.was_published and seen.gaps else ""

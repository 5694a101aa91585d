"""Where does a story stand, in one sentence, and what comes next? The same words on every screen.

Pure, like the rule: it takes what the rule answered and what people did, and reads no database and no clock. Days to
think over count as agreed, a pause is no withdrawal, and nothing is called shown that readers do not see.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.stories.reasons import Reason
from hub.stories.rule import Gap


class Next(StrEnum):
    """What a worker does next; nothing while others have to act or time has to pass."""

    WRITE = "write"
    ADD_PEOPLE = "add_people"
    ASK = "ask"
    SEE_PEOPLE = "see_people"
    HAND_IN = "hand_in"
    SHOW_AGAIN = "show_again"
    SEE_FLAGS = "see_flags"
    LEAVE_OUT = "leave_out"
    READ_IT = "read_it"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a story. `gaps` and `until` are the rule's answer about the latest draft on the website.

    Moments are given in the time of the place. `handed_in_at` is about exactly these words; a draft that was saved
    after it was handed in has `changed_since` instead.
    """

    gaps: tuple[Gap, ...]
    until: datetime | None
    people: int
    is_shown: bool
    shows_the_draft: bool
    was_published: bool
    has_words: bool = True
    thinking_until: datetime | None = None
    handed_in_at: datetime | None = None
    changed_since: bool = False
    first_day: datetime | None = None
    held_because: str | None = None
    returned_because: str | None = None
    somebody_leaves: bool = False
    is_for_moderators: bool = False


@dataclass(frozen=True, slots=True)
class Stands:
    """The one sentence, what comes next, and about whom if it is somebody (a code)."""

    sentence: str
    next: Next
    code: str


SAID = {
    Reason.WITHDRAWN: "withdrew",
    Reason.REFUSED: "said no",
    Reason.DEFERRED: "said not now",
    Reason.PAUSED: "paused it",
}
TO_ASK_AGAIN = {
    Reason.OUTDATED: "because the words or pictures have changed",
    Reason.EXPIRED: "because their yes has run out",
    Reason.AGE_REASK: "because of their age",
    Reason.WORDING_RETIRED: "because the wording they answered is not used any more",
    Reason.CATEGORY_GAP: "because it tells something sensitive they were not asked about",
    Reason.NOT_IN_LEDGER: "because what they said last is not this yes",
    Reason.BEFORE_THE_WORDS: "because they answered before these words were written",
    Reason.REVOKED: "because we ended their yes",
    Reason.INVALIDATED: "because their answer was not valid",
    Reason.ENTERED_IN_ERROR: "because their answer was noted by mistake",
    Reason.WRONG_GIVER: "because somebody else answered for them",
}
JUST_WAIT = {Reason.COOLING_OFF, Reason.NOT_BEFORE}
ALL_AGREED = "everyone has agreed"
# Of several things about one person the first of these is said.
IN_ORDER = (
    *SAID,
    Reason.AGE_UNKNOWN,
    Reason.NOT_ASKED,
    *TO_ASK_AGAIN,
    Reason.NOT_ANSWERED,
    Reason.UNCONFIRMED,
    Reason.NOT_TRANSLATED,
    Reason.COOLING_OFF,
    Reason.NOT_BEFORE,
)
# Each with the words for one person and, where they differ, for several.
CLAUSES = {
    **{reason: (words, words) for reason, words in SAID.items()},
    Reason.AGE_UNKNOWN: (
        "has no age band, or no day to be asked again",
        "have no age band or no day to be asked again",
    ),
    Reason.NOT_ASKED: ("has still to be asked", "have still to be asked"),
    **{
        reason: (f"has to be asked again, {why}", f"have to be asked again, {why}")
        for reason, why in TO_ASK_AGAIN.items()
    },
    Reason.NOT_ANSWERED: ("has been asked and has not answered yet", "have been asked and have not answered yet"),
    Reason.UNCONFIRMED: (
        "said yes after a no, and somebody from another partner has still to confirm it",
        "said yes after a no, and somebody from another partner has still to confirm it",
    ),
    Reason.NOT_TRANSLATED: ("has not said yes to being translated", "have not said yes to being translated"),
}


def where_it_stands(seen: Seen) -> Stands:
    """The sentence and the next step. What somebody has to do first is said first."""
    if seen.is_shown and seen.shows_the_draft and seen.until:
        return Stands(f"Shown to everyone, until {day(seen.until)}.", Next.READ_IT, "")
    because, what_next, code = _why_not(seen)
    if seen.is_shown:
        start = "The agreed words are shown. The newer draft is not: "
    elif because.startswith(ALL_AGREED):
        start = "Not shown yet: "
    else:
        start = "Published, not shown, because " if seen.was_published else "Not shown: "
    return Stands(start + because, what_next, code)


def day(moment: datetime) -> str:
    """“4 December 2026”."""
    return f"{moment:%-d %B %Y}"


def weekday(moment: datetime) -> str:
    """“Friday 4 December 2026”."""
    return f"{moment:%A %-d %B %Y}"


def reason_of_each(gaps: tuple[Gap, ...]) -> dict[str, Reason]:
    """For each person with anything open, by code: what is to be said of them first."""
    found: dict[str, Reason] = {}
    for gap in sorted(gaps, key=lambda gap: _rank(gap.reason)):
        if gap.code is not None:
            found.setdefault(gap.code, gap.reason)
    return dict(sorted(found.items()))


def _rank(reason: Reason) -> int:
    return IN_ORDER.index(reason) if reason in IN_ORDER else len(IN_ORDER)


def _why_not(seen: Seen) -> tuple[str, Next, str]:
    """What is in the way first, what to do about it, and whose turn it is."""
    reasons, each = {gap.reason for gap in seen.gaps}, reason_of_each(seen.gaps)
    has_people_to_wait_for = bool(set(each.values()) - JUST_WAIT)
    in_the_way = [
        (seen.somebody_leaves, "somebody wants their words left out. Make a new story without them.", Next.LEAVE_OUT),
        (Reason.LEGAL_FLAG in reasons, "a legal flag is open. Talk to the safeguarding lead.", Next.SEE_FLAGS),
        (Reason.STOPPING in reasons, "somebody in it has just stopped it.", Next.SEE_PEOPLE),
        (not seen.has_words, "there are no words yet. Write them next.", Next.WRITE),
        (Reason.NOBODY_IN_STORY in reasons, "nobody is in it yet. Add the people next.", Next.ADD_PEOPLE),
        (seen.held_because is not None, f"a moderator has put it on hold. {seen.held_because}", Next.SEE_PEOPLE),
        (seen.returned_because is not None, f"a moderator sent it back. {seen.returned_because}", Next.WRITE),
        (has_people_to_wait_for, _people_in_words(each), _next_with_people(each)),
        (seen.is_for_moderators, "it came back from a backup. A moderator has to show it again.", Next.NOTHING),
        (
            Reason.TAKEN_BACK in reasons,
            "somebody took it off the site. It stays off until you show it again.",
            Next.SHOW_AGAIN,
        ),
        (
            Reason.ELSEWHERE in reasons,
            "it does not stand in the section of the partner people gave it to. Ask an administrator.",
            Next.NOTHING,
        ),
    ]
    for is_so, sentence, what_next in in_the_way:
        if is_so:
            return sentence, what_next, _whom(each) if what_next == Next.ASK else ""
    sentence = _when_all_agreed(seen, is_approved=Reason.NOT_APPROVED not in reasons)
    return sentence, Next.NOTHING if seen.handed_in_at else Next.HAND_IN, ""


def _when_all_agreed(seen: Seen, *, is_approved: bool) -> str:
    thinking = f" They can think it over until {weekday(seen.thinking_until)}" if seen.thinking_until else ""
    if seen.first_day and (seen.thinking_until is None or seen.thinking_until < seen.first_day):
        thinking = f" Somebody in it wants nobody to see it before {weekday(seen.first_day)}"
    agreed = f"{ALL_AGREED}, and a moderator has approved it." if is_approved else f"{ALL_AGREED}."
    if seen.handed_in_at is None:
        again = "The words changed after they were handed in: hand them in again." if seen.changed_since else ""
        return " ".join(
            part for part in (agreed + thinking + ("." if thinking else ""), again or "Hand it in next.") if part
        )
    if is_approved:
        return (
            f"{agreed}{thinking}; then it is shown by itself." if thinking else f"{agreed} It is shown by itself soon."
        )
    waits = f"A moderator has to approve it next: it was handed in on {day(seen.handed_in_at)}."
    return f"{agreed}{thinking}. {waits}" if thinking else f"{agreed} {waits}"


def _people_in_words(each: dict[str, Reason]) -> str:
    """“1 person paused it, and 2 have not answered yet.” Whoever thinks it over has answered."""
    count, clauses = Counter(each.values()), list[str]()
    for reason in IN_ORDER:
        if count[reason] and reason in CLAUSES:
            who = "" if clauses else " person" if count[reason] == 1 else " people"
            clauses.append(f"{count[reason]}{who} {CLAUSES[reason][count[reason] > 1]}")
    return ", and ".join(clauses) + "."


def _whom(each: dict[str, Reason]) -> str:
    """The code of whoever has to be asked first; whoever said no or paused is left in peace."""
    never = (code for code, reason in each.items() if reason == Reason.NOT_ASKED)
    again = (code for code, reason in each.items() if reason in TO_ASK_AGAIN)
    return next(never, None) or next(again, "")


def _next_with_people(each: dict[str, Reason]) -> Next:
    return Next.ASK if _whom(each) else Next.SEE_PEOPLE

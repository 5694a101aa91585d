"""Does the ledger still say yes? Half of the pure rule: it takes the lines about one voice and reads nothing itself.

The newest line decides, by when it was said (CONSENT.md section 5, laws 1 and 2). A record without its line, under a
later no, or written over the no of somebody who was not asked again, is no yes. On a tie, no.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

YES = frozenset({"given", "renewed"})
"""Lines by which a yes begins."""
STILL_YES = YES | {"carried_over", "released", "confirmed"}
"""Newest line about a yes that stands."""
NO = frozenset({"refused", "withdrawn", "erased"})
"""Lines after which a yes needs to be asked for again, or somebody from another partner who confirms it."""
STOPS = NO | {"deferred", "revoked", "invalidated", "entered_in_error"}
"""Lines that end every yes the same voice gave before."""
OVER = STOPS | {"held", "superseded"}
"""Newest line about an answer that is no yes (any more)."""
NEUTRAL = frozenset(
    {"requested", "reminded", "age_noted", "wording_retired", "taken_back", "shown_again", "returned", "on_hold"}
    | {"not_before", "any_day", "law_changed"}
)
"""Lines that tell what happened and decide nothing about a yes."""
ASKED = "requested"
CONFIRMED = "confirmed"
ONLINE = "online"


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line of the ledger about one voice. `consent` is the number of the answer; None when it is about none."""

    sequence: int
    kind: str
    consent: int | None
    given_by: str
    method: str
    keyed_hash: str
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """What the working copy says of one answer."""

    number: int
    given_by: str
    method: str
    keyed_hash: str
    said_at: datetime


def opening(record: Record, lines: Iterable[LineFacts]) -> LineFacts | None:
    """The line by which this yes began: by the same voice, in the same way, about the same words."""
    same = (
        line
        for line in lines
        if line.consent == record.number
        and line.kind in YES
        and (line.given_by, line.method, line.keyed_hash) == (record.given_by, record.method, record.keyed_hash)
    )
    return next(same, None)


def says_yes(record: Record, lines: tuple[LineFacts, ...]) -> bool:
    """Whether the newest line about this answer, and the newest of its voice by when it was said, is this yes."""
    own = [line for line in lines if line.consent == record.number and line.kind not in NEUTRAL]
    if opening(record, lines) is None or not own or max(own, key=_sequence).kind not in STILL_YES:
        return False
    return all(line.said_at < record.said_at for line in lines if line.kind in STOPS)


def waits_for_a_second_person(record: Record, lines: tuple[LineFacts, ...]) -> bool:
    """Whether this yes came after a no without a question asked since and answered by the person themself.

    Then evidence is needed and somebody of another partner who confirms it.
    """
    noes = [line for line in lines if line.kind in NO and line.said_at <= record.said_at]
    begun = opening(record, lines)
    if not noes or begun is None:
        return False
    if any(line.kind == CONFIRMED and line.consent == record.number for line in lines):
        return False
    last_no = max(line.said_at for line in noes)
    asked = (line for line in lines if line.kind == ASKED and line.sequence < begun.sequence)
    asked_since = any(line.said_at > last_no for line in asked)
    return record.method != ONLINE or not asked_since


def _sequence(line: LineFacts) -> int:
    return line.sequence

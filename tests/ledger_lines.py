"""Answers as they are when all is in order: each with the line of the ledger by which it began."""

from dataclasses import replace
from datetime import datetime

from hub.stories.last_line import LineFacts
from hub.stories.rule import ConsentFacts


def line(consent: ConsentFacts, kind: str, *, sequence: int, said_at: datetime) -> LineFacts:
    """A line about this answer."""
    return LineFacts(
        sequence=sequence,
        kind=kind,
        consent=consent.number,
        given_by=consent.given_by,
        method=consent.method,
        keyed_hash=consent.keyed_hash,
        said_at=said_at,
    )


def in_order(consent: ConsentFacts) -> ConsentFacts:
    """The answer with its own first line, if it has none yet and was said at some time."""
    if consent.lines or consent.given_at is None:
        return consent
    return replace(consent, lines=(line(consent, consent.decision, sequence=consent.number, said_at=consent.given_at),))

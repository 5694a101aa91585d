"""What did the answer that is being made show? Noted on the way, and kept nowhere unless somebody says that it may be.

Outside a request whose answer could be kept, every function here does nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from hub.kept.asked import Proof

Told = tuple[int, ...]
"""What the disk says of a file: its size, its times, its number and its disk."""


@dataclass(slots=True)
class Notes:
    """Of one answer. It may be kept if that was said, and nothing was read that nothing can be asked about."""

    wanted: bool = False
    refused: bool = False
    shown: list[Any] = field(default_factory=list)
    proofs: set[Proof] = field(default_factory=set)
    files: dict[str, Told] = field(default_factory=dict)
    good_until: float = float("inf")

    @property
    def may_be_kept(self) -> bool:
        return self.wanted and not self.refused


_being_made: ContextVar[Notes | None] = ContextVar("notes_of_the_answer", default=None)


@contextmanager
def being_made() -> Iterator[Notes]:
    """What is noted inside the block is about one answer."""
    notes = Notes()
    token = _being_made.set(notes)
    try:
        yield notes
    finally:
        _being_made.reset(token)


@contextmanager
def noted_apart() -> Iterator[Notes]:
    """What is noted inside the block is noted for the answer as usual, and can be read apart: `again` says it anew."""
    outer = _being_made.get()
    with being_made() as notes:
        yield notes
    if outer is not None:
        again(notes)
        outer.wanted |= notes.wanted


def again(other: Notes) -> None:
    """The answer rests on everything that another one, or a part of one, rested on."""
    if notes := _being_made.get():
        notes.refused |= other.refused
        notes.shown += other.shown
        notes.proofs |= other.proofs
        notes.files |= other.files
        notes.good_until = min(notes.good_until, other.good_until)


def may_be_kept() -> None:
    """Said by whatever makes the answer: it is the same for everybody who asks for this address without signing in."""
    if notes := _being_made.get():
        notes.wanted = True


def will_be_kept() -> bool:
    """Whether the answer that is being made is packed by whoever keeps it."""
    notes = _being_made.get()
    return notes is not None and notes.may_be_kept


def refuse() -> None:
    """Something was read that can change unseen."""
    if notes := _being_made.get():
        notes.refused = True


def story_shown(story: Any) -> None:
    """A story was read. By which light it was shown is asked of it when the answer is finished."""
    if notes := _being_made.get():
        notes.shown.append(story)


def stories_shown() -> list[Any]:
    """Every story that was read for this answer so far."""
    notes = _being_made.get()
    return notes.shown if notes else []


def rests_on(proof: Proof | None) -> None:
    """The answer is good only while `proof` stands; none at all is not good enough."""
    if notes := _being_made.get():
        if proof is None:
            notes.refused = True
        else:
            notes.proofs.add(proof)


def rests_on_file(path: str, told: Told) -> None:
    """The answer is good only while the disk says the same of this file."""
    if notes := _being_made.get():
        notes.files[path] = told


def good_until(moment: datetime | None) -> None:
    """Something on the page lapses then."""
    if (notes := _being_made.get()) and moment is not None:
        notes.good_until = min(notes.good_until, moment.timestamp())

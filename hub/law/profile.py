"""What the law of one place says that this Hub rests on: each number and kind beside its source, read from a file.

The rule, the database's own check and every sentence with an age in it read the same profile. Refuses a file that says
less, more or something else than the others do: a mistake here would show somebody who never agreed.
"""

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from hub.law.ages import AgeBand, cover_every_age


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where something stands, so that somebody can look it up."""

    act: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing a profile says, in a sentence, with where it is from."""

    says: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Age(Said):
    """Who answers for somebody of this age."""

    band: AgeBand
    with_guardian: bool = False
    may_be_answered_for: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Birthday(Said):
    """An age that the words need, though nobody's answer turns on it."""

    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting(Said):
    """How long a yes counts: fewer days for whoever is no adult, and for uses that travel."""

    days: int
    days_short: int
    short_uses: tuple[str, ...]

    def of(self, band: AgeBand, use: str) -> timedelta:
        """How long a yes of somebody of this age to this use counts from when it was said."""
        is_short = band != AgeBand.ADULT or use in self.short_uses
        return timedelta(days=self.days_short if is_short else self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Said):
    """How long a proof stays after everything else is erased."""

    years: int

    @property
    def time(self) -> timedelta:
        return timedelta(days=math.ceil(self.years * 365.25))


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Said):
    """A kind of legal flag: it keeps a story dark whoever agrees. `kind` is one of hub/stories/choices.py."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints(Said):
    """Who is told when somebody is not content with an answer about their data."""

    name: str
    site: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The profile of one place. `to_be_checked` until a lawyer there has read it."""

    code: str
    name: str
    country: str
    to_be_checked: bool
    ages: tuple[Age, ...]
    capacity: Birthday
    lasting: Lasting
    proof: Kept
    blocks: tuple[Block, ...]
    complaints: Complaints
    no_number: tuple[Said, ...]

    def age(self, band: str) -> Age | None:
        """What it says of this band; None when it does not know such people, who then cannot be shown."""
        return next((age for age in self.ages if age.band == band), None)

    @property
    def asked_again_at(self) -> list[int]:
        """The birthdays on which a yes ends."""
        return [age.band.ends_at for age in self.ages if age.band.ends_at is not None]

    @property
    def own_answer_from(self) -> int:
        """From which birthday on nobody is asked beside them."""
        return min(age.band.first for age in self.ages if not age.with_guardian)

    @property
    def grown_up_at(self) -> int:
        return self.ages[-1].band.first

    @property
    def on_one_page(self) -> list[tuple[str, Said]]:
        """Everything it says, each with what it is about, in the order in which it is read."""
        lasting, proof = self.lasting, self.proof
        shorter = f"{lasting.days_short} under {self.grown_up_at}, and for {', '.join(lasting.short_uses)}"
        return [
            *((f"{age.band.label}{': two answer' if age.with_guardian else ''}", age) for age in self.ages),
            (f"Under {self.capacity.at}: who would like to tell a story", self.capacity),
            (f"How long a yes lasts: {lasting.days} days; {shorter}", lasting),
            (f"How long a proof stays: {proof.years} years", proof),
            *((f"A legal flag: {block.kind.replace('_', ' ')}", block) for block in self.blocks),
            (f"Complaints: {self.complaints.name}", self.complaints),
            *(("No number in law", one) for one in self.no_number),
        ]


class ProfileMistake(Exception):
    """Says which file is wrong, and how."""


def read(file: Path) -> Law:
    """One profile. Raises ProfileMistake for a key too many or too few, and for an age that is nobody's or two's."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        law = _made(Law, {"code": file.stem, **told})
    except (OSError, tomllib.TOMLDecodeError, TypeError, ValueError) as mistake:
        raise ProfileMistake(f"{file.name}: {mistake}") from mistake
    if not cover_every_age(age.band for age in law.ages):
        raise ProfileMistake(f"{file.name}: its ages leave somebody out, or have somebody twice.")
    return law


def check_that_they_agree(laws: Iterable[Law]) -> None:
    """Raises ProfileMistake when one band means two things: a change of law could then light what was dark."""
    known: dict[AgeBand, tuple[bool, bool]] = {}
    for law in laws:
        for age in law.ages:
            means = (age.with_guardian, age.may_be_answered_for)
            if known.setdefault(age.band, means) != means:
                raise ProfileMistake(f"{law.name}: “{age.band}” means something else elsewhere. Give it another band.")


PARTS: dict[str, type[Any]] = {
    "ages": Age,
    "capacity": Birthday,
    "lasting": Lasting,
    "proof": Kept,
    "blocks": Block,
    "complaints": Complaints,
    "no_number": Said,
    "sources": Source,
}


def _made(kind: type[Any], told: dict[str, Any]) -> Any:
    """`told` as one of the classes above, and what is in it too."""
    wrong = told.keys() - {field.name for field in fields(kind)}
    if wrong:
        raise ValueError(f"“{min(wrong)}” is nothing that a profile says of {kind.__name__.lower()}.")
    return kind(**{name: _part(name, value) for name, value in told.items()})


def _part(name: str, value: Any) -> Any:
    if name == "band":
        return AgeBand(value)
    if name not in PARTS:
        return tuple(value) if isinstance(value, list) else value
    return tuple(_made(PARTS[name], one) for one in value) if isinstance(value, list) else _made(PARTS[name], value)

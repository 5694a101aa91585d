"""The bands of age that the law of some place tells apart, and all that is kept of how old somebody is.

A band is called by its ages, so that it means the same under every law: a law says which of them it knows. Rows and
lines of long ago keep their meaning whatever is chosen later. A band that a law does not know is no age.
"""

from collections.abc import Iterable
from enum import StrEnum


class AgeBand(StrEnum):
    """All we keep of a person's age."""

    UNDER_12 = "under_12"
    AGE_12_15 = "12_15"
    UNDER_16 = "under_16"
    AGE_16_17 = "16_17"
    ADULT = "adult"
    UNKNOWN = "unknown"

    @property
    def first(self) -> int:
        """The first birthday in it; nought for the youngest."""
        return _YEARS[self][0]

    @property
    def ends_at(self) -> int | None:
        """The birthday on which somebody leaves it, and is asked again; None when there is none."""
        return _YEARS[self][1]

    @property
    def label(self) -> str:
        """Said to staff: “Under 12”, “12 to 15”, “16 or 17”, “18 or over”."""
        if self == AgeBand.UNKNOWN:
            return "Not known"
        if self.ends_at is None:
            return f"{self.first} or over"
        last = self.ends_at - 1
        between = "or" if last == self.first + 1 else "to"
        return f"{self.first} {between} {last}" if self.first else f"Under {self.ends_at}"


_YEARS: dict[AgeBand, tuple[int, int | None]] = {
    AgeBand.UNDER_12: (0, 12),
    AgeBand.AGE_12_15: (12, 16),
    AgeBand.UNDER_16: (0, 16),
    AgeBand.AGE_16_17: (16, 18),
    AgeBand.ADULT: (18, None),
    AgeBand.UNKNOWN: (0, None),
}


def cover_every_age(bands: Iterable[AgeBand]) -> bool:
    """Whether everybody is in exactly one of them, given from the youngest up."""
    ends: int | None = 0
    for band in bands:
        if band == AgeBand.UNKNOWN or band.first != ends:
            return False
        ends = band.ends_at
    return ends is None

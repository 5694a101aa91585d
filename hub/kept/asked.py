"""What the database is asked about a kept answer, and what it says. One question covers everything."""

from collections.abc import Callable, Collection
from typing import NamedTuple

Proof = tuple[int, int, str]
"""The light by which a story was shown: its page, the revision, the hash of the words."""


class Asked(NamedTuple):
    """What stands at this moment, by the database's clock."""

    generation: int
    """Another number after each change to anything public."""
    standing: frozenset[Proof]
    """Of the stories asked about, the light of those that may be shown."""


Ask = Callable[[Collection[int]], Asked | None]
"""Given the numbers of stories. None when it is not known: then nothing kept is used, and nothing is kept."""

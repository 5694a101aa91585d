"""Is a pack that somebody holds still current? Which pages to take out, and which to print anew; never why.

A story that was taken back, one that ran out, a page that was unpublished: all are "take out". Names no story.
"""

from dataclasses import dataclass

from hub.packs.blocks import Pictures
from hub.packs.contents import Item, items
from hub.packs.editions import HELP
from hub.packs.models import Pack
from hub.packs.parts import Part, help_part, part_of


@dataclass(frozen=True, slots=True)
class Change:
    """Pages of a pack that are not as they should be. `title` is empty for a story and for what is gone."""

    number: int
    first: int
    last: int
    what: str
    title: str = ""

    @property
    def where(self) -> str:
        """“page 4”, “pages 4 to 6”; “part 2” of a file for a browser, as its list of contents counts."""
        if self.first >= self.last:
            return f"{self.what} {self.first}"
        return f"{self.what}s {self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody who scans the code is told."""

    out: list[Change]
    anew: list[Change]

    @property
    def is_current(self) -> bool:
        return not self.out and not self.anew


def look(pack: Pack) -> Look:
    """Compares each part of `pack` with what would be printed now."""
    numbers = [number for number, *_ in pack.parts]
    now = {item.number: item for item in items(number for number in numbers if number != HELP)}
    what = "page" if pack.pages else "part"
    out, anew = [], []
    for number, digest, first, last in pack.parts:
        part = _now(number, now)
        if not part.digest:
            out.append(Change(number, first, last, what))
        elif part.digest != digest:
            anew.append(Change(number, first, last, what, "" if part.holds_story else part.sections[0].title))
    return Look(out, anew)


def _now(number: int, items_now: dict[int, Item]) -> Part:
    return help_part() if number == HELP else part_of(items_now[number], Pictures())

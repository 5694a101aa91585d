"""Is a pack that somebody holds still current? Which pages to take out, and which to print anew; never why.

A story that was taken back, one that ran out, a page that was unpublished: all are "take out". Names no story.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hub.packs.blocks import Pictures
from hub.packs.contents import Item, items
from hub.packs.editions import HELP
from hub.packs.models import Pack
from hub.packs.parts import Part, help_part, part_of
from hub.screen_languages import IN_ENGLISH, spoken


@dataclass(frozen=True, slots=True)
class Change:
    """Pages of a pack that are not as they should be. `title` is empty for a story and for what is gone."""

    number: int
    first: int
    last: int
    of_pages: bool
    title: str = ""

    @property
    def where(self) -> str:
        """“page 4”, “pages 4 to 6”; “part 2” of a file for a browser, as its list of contents counts."""
        if self.first >= self.last:
            words = _("page %(first)d") if self.of_pages else _("part %(first)d")
        else:
            words = _("pages %(first)d to %(last)d") if self.of_pages else _("parts %(first)d to %(last)d")
        return words % {"first": self.first, "last": self.last}


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
    of_pages = bool(pack.pages)
    out, anew = [], []
    for number, digest, first, last in pack.parts:
        with spoken(IN_ENGLISH):  # as it was printed
            part = _now(number, now)
        if not part.digest:
            out.append(Change(number, first, last, of_pages))
        elif part.digest != digest:
            title = "" if part.holds_story else part.sections[0].title
            anew.append(Change(number, first, last, of_pages, title))
    return Look(out, anew)


def _now(number: int, items_now: dict[int, Item]) -> Part:
    return help_part() if number == HELP else part_of(items_now[number], Pictures())

"""An item of a pack in the words in which it is printed now, with the digest of those words."""

from collections.abc import Iterable
from dataclasses import dataclass

from hub.packs import stories
from hub.packs.blocks import Pictures, phone
from hub.packs.contents import Item
from hub.packs.editions import HELP, digest_of, digest_of_help, digest_of_story
from hub.packs.rich_words import Block
from hub.packs.sections import Section, not_printed, sections_of
from hub.pages.help_numbers import numbers_for

HELP_TITLE = "If you want to talk to someone"


@dataclass(frozen=True, slots=True)
class Part:
    """What stands in one place of a pack. The digest is empty for a place that holds only the neutral line."""

    number: int
    sections: list[Section]
    digest: str = ""
    holds_story: bool = False


def parts_of(items: Iterable[Item], pictures: Pictures) -> list[Part]:
    """A part for each item, in order."""
    return [part_of(item, pictures) for item in items]


def part_of(item: Item, pictures: Pictures) -> Part:
    """One item as it is printed now. A story is asked about here, whatever was known of it before."""
    page = stories.as_agreed(item.number) if item.is_story else item.page
    if page is None:
        return Part(item.number, [not_printed(item.number)])
    sections = sections_of(page, pictures)
    digest = digest_of_story(page) if item.is_story else digest_of(sections)
    return Part(item.number, sections, digest, item.is_story)


def help_part() -> Part:
    """Every help line, best known first. Without one the page says so."""
    lines = [phone(line) for line in numbers_for([])]
    blocks: list[Block] = [{"k": "phones", "lines": lines}] if lines else []
    return Part(HELP, [Section(HELP, HELP_TITLE, "", blocks=blocks)], digest_of_help(blocks))

"""A page as a section of a pack: what it is called, where it stands on the site, from which day it is, and its pieces.

A handout is a section of its own, so that it comes out on a sheet of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from hub.british_times import said
from hub.packs import stories
from hub.packs.blocks import Pictures, of_stream, rich, steps, things
from hub.packs.contents import KINDS
from hub.packs.rich_words import Block, absolute, paragraph
from hub.pages.models import ActivityPage, GuidancePage, ModulePage
from hub.pages.templatetags.hub import people
from hub.stories.light import about_names
from hub.stories.models import StoryPage

HANDING_ON = (
    "Before you hand this on, look whether this pack is still current: the last page says how. Everyone in this story "
    "agreed to these words being printed, and can change it whenever they like. Do not copy it elsewhere."
)
PLACE_FREE = "Something was chosen for this place that is not part of this pack. Families’ stories are on our site: "


@dataclass(frozen=True, slots=True)
class Section:
    """`number` is the page's; `level` 1 opens an item, 2 is a handout of the item before."""

    number: int
    title: str
    kind: str
    level: int = 1
    address: str = ""
    dated: str = ""
    blocks: list[Block] = field(default_factory=list)
    lang: str = ""  # of its words; empty for English


def sections_of(page: Any, pictures: Pictures) -> list[Section]:
    """The sections of a public page; of a story, in the words of `page`, which the caller has asked about."""
    return WRITTEN[type(page)](page, pictures)


def not_printed(number: int) -> Section:
    """The same for a story that is not printed and for anything that is gone: never why."""
    address = absolute("/")
    words = {"k": "p", "c": [["t", PLACE_FREE], ["a", address, [["t", address]]], ["t", "."]]}
    return Section(number, "Not part of this pack", "", blocks=[words])


def _story(story: StoryPage, pictures: Pictures) -> list[Section]:
    agreed = Pictures(stories.pictures(story), pictures.found)
    said_of_names = about_names(story)
    names = f" {said_of_names}" if said_of_names else ""
    language = [paragraph(story.language_note)] if story.language_note else []
    note = {"k": "note", "t": " ".join([*_about_it(story, "story"), HANDING_ON])}
    blocks = [paragraph(f"By {story.told_by}.{names}"), *language, note, *of_stream(story.body, agreed)]
    today = f"Printed on {said(timezone.localdate())}"
    where, lang = _address(story), story.written_in
    return [Section(story.pk, story.title, _kind(story), address=where, dated=today, blocks=blocks, lang=lang)]


def _module(page: ModulePage, pictures: Pictures) -> list[Section]:
    return [_section(page, [*_about(page, "page"), *of_stream(page.body, pictures)])]


def _guidance(page: GuidancePage, pictures: Pictures) -> list[Section]:
    return [_section(page, [*_about(page, "guidance"), *of_stream(page.body, pictures)])]


def _activity(page: ActivityPage, pictures: Pictures) -> list[Section]:
    timed = page.timed_steps()
    minutes = timed[-1]["until"] if timed else page.minutes
    group = people(page.group_from, page.group_to)
    facts = [["Time", f"{minutes} minutes"], ["Group", group], ["What it is for", page.aim]]
    blocks: list[Block] = [*_about(page, "activity"), {"k": "facts", "rows": facts}]
    bring = [str(block.value) for block in page.materials]
    blocks += [_heading("Bring"), things(bring)] if bring else []
    blocks += _part("Before people come", page.set_up)
    blocks += [_heading("Step by step"), *steps(timed)] if timed else []
    blocks += _part("Talk about it after", page.debrief)
    blocks += _part("If you are leading this", page.facilitator_notes)
    blocks += _part("What might come up", page.might_come_up)
    blocks += _part("Other ways to do it", page.variations)
    return [_section(page, blocks), *handouts(page)]


def handouts(page: ActivityPage) -> list[Section]:
    """The sheets of an activity that are given out, and the cards that are cut."""
    where = (_address(page), _dated(page))
    sheets = [(block.block_type, block.value) for block in page.handouts if block.block_type in SHEETS]
    return [
        Section(page.pk, value["title"], SHEETS[kind][0], 2, *where, SHEETS[kind][1](value)) for kind, value in sheets
    ]


def _cards(value: Any) -> list[Block]:
    note = [paragraph(value["note"])] if value["note"] else []
    return [*note, {"k": "cards", "cards": value.cards}]


def _section(page: Any, blocks: list[Block]) -> Section:
    summary = [{"k": "lead", "t": page.summary}] if page.summary else []
    return Section(page.pk, page.title, _kind(page), 1, _address(page), _dated(page), [*summary, *blocks])


def _about(page: Any, what: str) -> list[Block]:
    return [{"k": "note", "t": sentence} for sentence in _about_it(page, what)]


def _about_it(page: Any, what: str) -> list[str]:
    """What it talks about, and that it is made up, if it is."""
    sentences = [f"This {what} talks about: {', '.join(page.content_note_labels)}."] if page.content_note else []
    sentences += [f"This {what} is an example: it is made up."] if page.is_example else []
    return sentences


def _heading(words: str) -> Block:
    return {"k": "h", "level": 2, "t": words}


def _part(title: str, text: Any) -> list[Block]:
    pieces = rich(text)
    return [_heading(title), *pieces] if pieces else []


def _kind(page: Any) -> str:
    kind = KINDS[type(page)]
    if page.partner is None:
        return kind
    return f"{kind}, with {page.partner.name}" if kind == "Story" else f"{kind} from {page.partner.name}"


def _address(page: Any) -> str:
    return absolute(page.get_url() or "/")


def _dated(page: Any) -> str:
    if page.last_checked:
        return f"Last checked {said(page.last_checked)}"
    return f"As of {said(timezone.localtime(page.last_published_at).date())}" if page.last_published_at else ""


SHEETS: dict[str, tuple[str, Callable[[Any], list[Block]]]] = {
    "handout": ("Handout", lambda value: rich(value["text"])),
    "cards": ("Cards to cut out", _cards),
}
WRITTEN: dict[type, Callable[..., list[Section]]] = {
    ModulePage: _module,
    GuidancePage: _guidance,
    ActivityPage: _activity,
    StoryPage: _story,
}

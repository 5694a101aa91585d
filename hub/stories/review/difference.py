"""What has changed between the words somebody agreed to and the words of now, said so that anybody can read it.

Covers everything that consent is bound to (`StoryPage.shown_content` and the pictures), so that two versions with
different hashes never look the same. Decides nothing: see small_correction.py for what needs no new question.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.html import strip_tags
from django.utils.text import normalize_newlines

from hub.pages.models import HubImage
from hub.stories.models import StoryPage

FIELDS = {
    "title": "Title",
    "seo_title": "Title for search engines",
    "search_description": "Lines for search engines",
    "slug": "Web address",
    "summary": "Summary",
    "told_by": "Told by",
    "names_note": "Note about names",
    "written_in": "Language of the words",
    "told_in": "Language it was told in",
    "content_note": "Content note",
    "partner": "Partner",
    "is_example": "Made up as an example",
}
BLOCKS = {"text": "Text", "heading": "Heading", "quote": "Quotation", "image": "Picture"}


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    """Some words in a row, and what became of them."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One place in a story: `name` says which sort, `text` what is read there, `exact` all that consent is bound to.

    `picture` is what stands there, for whoever compares two versions to see.
    """

    name: str
    text: str
    exact: str
    picture: Any = None


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs. Without `before` it is new, without `after` it is gone."""

    name: str
    before: Passage | None
    after: Passage | None

    @property
    def pieces(self) -> list[Piece]:
        return word_by_word(self.before.text if self.before else "", self.after.text if self.after else "")

    @property
    def is_formatting_only(self) -> bool:
        return bool(self.before and self.after and self.before.text == self.after.text)


def difference(agreed: StoryPage, drafted: StoryPage) -> list[Change]:
    """Every place that differs, in reading order. Empty only for versions with the same content hash."""
    before, after = list(passages_of(agreed)), list(passages_of(drafted))
    matcher = SequenceMatcher(a=[p.exact for p in before], b=[p.exact for p in after], autojunk=False)
    changes: list[Change] = []
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag != "equal":
            changes += _paired(before[i:j], after[k:m])
    return changes


def passages_of(story: StoryPage) -> Iterator[Passage]:
    """Everything that consent is bound to, place by place."""
    shown: dict[str, Any] = dict(story.shown_content())
    shown.pop("body")
    for name, value in shown.items():
        yield Passage(FIELDS[name], _as_read(name, value, story), f"{name}: {value}")
    for block in story.body:
        yield _passage_of_block(block)


def _as_read(name: str, value: Any, story: StoryPage) -> str:
    """What a reader, or a moderator, would call this value: never a number or a word of the program."""
    if name == "content_note":
        return ", ".join(story.content_note_labels)
    if name == "partner":
        return str(story.partner or "")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value or "")


def word_by_word(before: str, after: str) -> list[Piece]:
    """The two texts as one, word by word."""
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(Kind.SAME, " ".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece(Kind.REMOVED, " ".join(old[i:j])))
        if k < m:
            pieces.append(Piece(Kind.ADDED, " ".join(new[k:m])))
    return pieces


def _paired(before: list[Passage], after: list[Passage]) -> Iterator[Change]:
    """Places of the same sort belong together, the first with the first; what is left is gone or new."""
    left = list(after)
    for old in before:
        new = next((one for one in left if one.name == old.name), None)
        if new is not None:
            left.remove(new)
        yield Change(old.name, old, new)
    for new in left:
        yield Change(new.name, None, new)


def _passage_of_block(block: Any) -> Passage:
    name, exact = BLOCKS[block.block_type], f"{block.block_type}: {block.get_prep_value()['value']}"
    if block.block_type == "image":
        image: HubImage | None = block.value["image"]
        file = (image.proved_sha256[:8] if image else "") or "none"
        words = [f"Picture {file}.", block.value["alt_text"], block.value["caption"]]
        return Passage(name, " ".join(word for word in words if word), f"{exact} {file}", block.value)
    return Passage(name, _plain(block.value), exact)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if hasattr(value, "source"):
        spaced = re.sub(r"<(/p|/li|/h\d|br)[^<>]*>", " ", value.source)
        return " ".join(strip_tags(normalize_newlines(spaced)).split())
    return " ".join(word for name, part in value.items() if (word := _part(name, part)))


def _part(name: str, part: Any) -> str:
    """One part of a heading or a quotation, as it is read."""
    if name == "level":
        return "" if part == "h2" else "(smaller heading)"
    if name == "made_up":
        return "(made up as an example)" if part else ""
    return str(part or "")


def _words(text: str) -> list[str]:
    return text.split()

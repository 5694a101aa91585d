"""A Word file as the pieces of a page, read in a process of its own; and a sentence for all that is not kept.

Refuses with a sentence what cannot be read, takes too long or too much memory, or holds more than anybody reads.
"""

from dataclasses import dataclass, field
from typing import Any

from hub.bounded_process import Answer, Declined, Limits
from hub.pages.files.apart import Sentences, read_apart
from hub.pages.files.opening import BROKEN, TOO_MUCH_WORK
from hub.pages.imports import sentences as say
from hub.pages.imports.before import before
from hub.pages.imports.model import Picture
from hub.pages.imports.package import Package
from hub.pages.imports.pieces import pieces_of
from hub.pages.imports.visible import visible_words
from hub.pages.imports.walk import read

SENTENCES = Sentences("A Word file", too_much=TOO_MUCH_WORK, broken=BROKEN)
LIMITS = Limits(seconds=20, megabytes=512, answer_megabytes=80)
MOST_LETTERS = 600_000
TOO_LONG = (
    f"This file has more than {MOST_LETTERS:,} letters: longer than anybody reads on a screen. Divide it, and bring the"
    " parts in a zip."
)


@dataclass
class Converted:
    """`blocks` are kind and value as the body takes them; a picture's value is its number in `pictures`.

    `visible`, `left_out` and `added` are for the proof: what can be seen in the file, which of it was left out with a
    sentence, and what Word works out and the file does not hold.
    """

    title: str = ""
    title_is_copied: bool = False
    blocks: list[tuple[str, Any]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    before: str = ""
    visible: str = ""
    left_out: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)

    def lose(self, sentence: str) -> None:
        if sentence not in self.lost:
            self.lost.append(sentence)


def convert(data: bytes) -> Converted:
    """What a Word file holds. Raises Refused when it cannot be read to its end."""
    answer = read_apart(take_apart, data, limits=LIMITS, say=SENTENCES)
    said = answer.value
    pictures = [Picture(blob, **about) for blob, about in zip(answer.blobs, said.pop("pictures"), strict=True)]
    blocks = [(kind, value) for kind, value in said.pop("blocks")]
    return Converted(blocks=blocks, pictures=pictures, **said)


def take_apart(data: bytes) -> Answer:
    """The same in the process that is bounded: no database, no settings, nothing that needs Django."""
    package = Package(data)
    document = read(package)
    page = pieces_of(document)
    if not page.blocks:
        raise Declined(say.NO_WORDS)
    visible = visible_words(package)
    if len(visible) > MOST_LETTERS:
        raise Declined(TOO_LONG)
    said = {
        "title": page.title.text,
        "title_is_copied": bool(page.title.text) and not page.title.taken,
        "blocks": page.blocks,
        "pictures": [{"alt_text": one.alt_text, "decorative": one.decorative} for one in document.pictures],
        "lost": document.lost,
        "before": before(document),
        "visible": visible,
        "left_out": document.left_out,
        "added": document.added,
    }
    return Answer(said, tuple(one.data for one in document.pictures))

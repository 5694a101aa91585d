"""A Word file as it was read: paragraphs, tables and pictures in their order, before it is known what a page can hold.

What can be seen in the file and is left out of the page stays here, marked with the reason: the picture of the file
beside the page shows it.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Words:
    """Letters of one look. A line break is a newline. `gone` says which row of the table kept it off the page."""

    text: str
    bold: bool = False
    raised: str = ""  # "sup" or "sub"
    link: str = ""
    gone: str = ""
    shown: tuple[str, ...] = ()  # looks that only the picture of the file shows: w:i, w:u, w:strike


@dataclass(slots=True)
class PictureHere:
    """A picture at this place, by its number."""

    number: int


@dataclass(slots=True)
class InList:
    """Where a paragraph stands in a list. `count` is its number as counted, `shown` as the file writes it."""

    key: str
    level: int
    indent: int
    ordered: bool
    kind: str = "1"  # as HTML names it: 1, a, A, i, I
    count: int = 1
    shown: str = ""


@dataclass(slots=True)
class Paragraph:
    inlines: list[Words | PictureHere] = field(default_factory=list)
    level: int = 0  # of a heading, 1 to 9; 0 is none
    is_title: bool = False
    in_list: InList | None = None
    boxed: bool = False  # from a text box

    def on_page(self) -> list[Words]:
        return [piece for piece in self.inlines if isinstance(piece, Words) and not piece.gone]

    def text(self) -> str:
        """What of it stands on the page, as plain text."""
        return "".join(piece.text for piece in self.on_page())

    def pictures(self) -> list[int]:
        return [piece.number for piece in self.inlines if isinstance(piece, PictureHere)]

    def is_bold(self) -> bool:
        """Whether all its words are bold, and it has some."""
        words = [piece for piece in self.on_page() if piece.text.strip()]
        return bool(words) and all(piece.bold for piece in words)


@dataclass(slots=True)
class Cell:
    blocks: list[Any]
    across: int = 1
    goes_on: bool = False  # joined with the cell above


@dataclass(slots=True)
class Table:
    rows: list[list[Cell]]
    caption: str = ""
    has_head: bool = False


@dataclass(slots=True)
class Picture:
    """The bytes are as the file has them, cropped and turned as the file shows them."""

    data: bytes
    alt_text: str = ""
    decorative: bool = False


@dataclass(slots=True)
class Document:
    """Everything of a file that can be seen, and what has to be said of it."""

    blocks: list[Paragraph | Table] = field(default_factory=list)
    notes: list[list[Paragraph | Table]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)  # words that can be seen in the file, with a sentence in `lost`
    added: list[str] = field(default_factory=list)  # words that Word works out and the file does not hold

    def lose(self, sentence: str) -> None:
        if sentence and sentence not in self.lost:
            self.lost.append(sentence)


def paragraphs_in(blocks: list[Any]) -> list[Paragraph]:
    """Every paragraph, those in tables too, in order."""
    found: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
        else:
            found += [one for row in block.rows for cell in row for one in paragraphs_in(cell.blocks)]
    return found

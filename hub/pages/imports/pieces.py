"""A Word file as the pieces of a page: title, headings, text, lists whose numbers go on, tables and pictures.

Says what a page cannot hold. Makes up no words but captions that somebody has to write, and the heading over notes.
"""

from dataclasses import dataclass, field
from typing import Any

from hub.pages.imports import sentences as say
from hub.pages.imports.lists import Lists
from hub.pages.imports.model import Document, InList, Paragraph, Table, Words, paragraphs_in
from hub.pages.imports.rich_text import Numbers, inline_html, plain_text
from hub.pages.imports.table_pieces import table_pieces
from hub.pages.imports.title import Title, find_title

LONGEST_HEADING = 120
NOTES = "Notes"
NO_NOTE = "–"


@dataclass
class Pieces:
    """`blocks` are kind and value as the body takes them; a picture's value is its number in the file."""

    title: Title
    blocks: list[tuple[str, Any]] = field(default_factory=list)


def pieces_of(document: Document) -> Pieces:
    title = find_title(document)
    rest = [block for block in document.blocks if not any(block is one for one in title.taken)]
    page = _Page(document, _highest(rest, document))
    for block in rest:
        page.add(block)
    if document.notes:
        page.add_notes()
    page.close_text()
    return Pieces(title, page.blocks)


def _highest(blocks: list[Paragraph | Table], document: Document) -> int:
    levels = {level_of(one) for one in blocks if isinstance(one, Paragraph) and one.text().strip()} - {0}
    if len(levels) > 2:
        document.lose(say.SMALLER_HEADINGS)
    return min(levels, default=1)


def level_of(paragraph: Paragraph) -> int:
    """A title that is not the page's is a main heading."""
    return paragraph.level or (1 if paragraph.is_title else 0)


class _Page:
    def __init__(self, document: Document, highest: int) -> None:
        self.blocks: list[tuple[str, Any]] = []
        self._document, self._highest = document, highest
        self._lists = Lists(document)
        self._text: list[str] = []
        self._ends_with: bool | None = None  # the text so far ends with a list: numbered or not
        self._tables = 0

    def add(self, block: Paragraph | Table) -> None:
        if isinstance(block, Table):
            self._add_table(block)
            return
        pictures, words = block.pictures(), block.on_page()
        if level_of(block) and block.text().strip():
            self._add_heading(block)
        elif block.text().strip() and block.in_list is not None:
            self._lists.add(block.in_list, inline_html(words))
        elif html := inline_html(words):
            self.close_lists()
            self._text.append(f"<p>{html}</p>")
            self._ends_with = None
        if pictures:
            self.close_text()
            self._say_place(block)
            self.blocks += [("image", number) for number in pictures]

    def add_notes(self) -> None:
        self.close_text()
        self._document.added.append(NOTES)
        self.blocks.append(("heading", {"text": NOTES, "level": "h2"}))
        pictures = []
        for number, note in enumerate(self._document.notes, start=1):
            words: list[Words] = []
            for paragraph in paragraphs_in(note):
                words += [*paragraph.on_page(), Words("\n")]
                pictures += paragraph.pictures()
            html = inline_html(words)
            if not html:
                html = NO_NOTE
                self._document.added.append(NO_NOTE)
            self._lists.add(InList("notes", 0, 0, ordered=True, count=number, shown=str(number)), html)
        self.close_text()
        self.blocks += [("image", number) for number in pictures]

    def close_lists(self) -> None:
        for numbers in self._lists.close():
            if numbers.ordered and (numbers.first != 1 or numbers.kind != "1"):
                self._close_words()
                value = {"first": numbers.first, "kind": numbers.kind, "text": numbers.html()}
                self.blocks.append(("numbered", value))
            else:
                self._add_list(numbers)

    def close_text(self) -> None:
        self.close_lists()
        self._close_words()

    def _add_list(self, numbers: Numbers) -> None:
        if self._ends_with == numbers.ordered:
            self._close_words()  # the editor makes one list of two neighbours
        self._text.append(numbers.html())
        self._ends_with = numbers.ordered

    def _close_words(self) -> None:
        if self._text:
            self.blocks.append(("text", "".join(self._text)))
        self._text, self._ends_with = [], None

    def _add_heading(self, block: Paragraph) -> None:
        text, lost = plain_text(block.on_page())
        if len(text) > LONGEST_HEADING:
            self._document.lose(say.LONG_HEADING.format(text[:60]))
            self.close_lists()
            self._text.append(f"<p>{inline_html(block.on_page())}</p>")
            self._ends_with = None
            return
        self.close_text()
        say_plain(lost, self._document)
        level = "h2" if level_of(block) == self._highest else "h3"
        self.blocks.append(("heading", {"text": text, "level": level}))

    def _add_table(self, table: Table) -> None:
        self.close_text()
        made = table_pieces(table, self._document, number=self._tables + 1)
        if made.value is not None:
            self._tables += 1
            self.blocks.append(("table", made.value))
        for paragraph in made.paragraphs:
            self.add(paragraph)
        self.close_text()
        self.blocks += [("image", number) for number in made.pictures]

    def _say_place(self, block: Paragraph) -> None:
        after = False
        for piece in block.inlines:
            if not isinstance(piece, Words):
                after = True
            elif after and piece.text.strip() and not piece.gone:
                self._document.lose(say.INLINE_PICTURE)


def say_plain(lost: set[str], document: Document) -> None:
    """What words lose where only letters can stand."""
    for what, sentence in (("break", say.BREAK_IN_A_HEADING), ("raised", say.RAISED), ("link", say.LINK_IN_A_HEADING)):
        if what in lost:
            document.lose(sentence)

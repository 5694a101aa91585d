"""A table of a Word file as a table of a page: one cell under each heading, breaks and lists inside cells kept.

A table of one row or one column is text. Joined cells and tables inside are said, since facts may have moved.
"""

from dataclasses import dataclass, field
from typing import Any

from hub.bounded_process import Declined
from hub.pages.imports import sentences as say
from hub.pages.imports.lists import Lists
from hub.pages.imports.model import Cell, Document, Paragraph, Table, paragraphs_in
from hub.pages.imports.rich_text import inline_html, plain_text

WIDEST = 63  # as wide as Word makes tables
TOO_WIDE = f"This file has a table of more than {WIDEST} columns, which no screen can show. Divide the table."


@dataclass
class TablePieces:
    value: dict[str, Any] | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)


def table_pieces(table: Table, document: Document, *, number: int) -> TablePieces:
    """What the page shows of the table; `number` is the table's on the page."""
    grid, joined = _grid(table)
    if not grid:
        return TablePieces()
    if joined or any(isinstance(block, Table) for row in grid for cell in row for block in cell.blocks):
        document.lose(say.MERGED.format(number))
    if len(grid) == 1 or len(grid[0]) == 1:
        document.lose(say.ONE_CELL)
        return TablePieces(paragraphs=[one for row in grid for cell in row for one in paragraphs_in(cell.blocks)])
    pictures = [
        picture for row in grid for cell in row for one in paragraphs_in(cell.blocks) for picture in one.pictures()
    ]
    if pictures:
        document.lose(say.TABLE_PICTURES.format(number))
    return TablePieces(_value(table, grid, document, number), pictures=pictures)


def _grid(table: Table) -> tuple[list[list[Cell]], bool]:
    """Rows of equal length without empty rows and columns, each cell in its column; whether any cells were joined."""
    joined, rows = False, []
    for cells in table.rows:
        row: list[Cell] = []
        for cell in cells:
            joined = joined or cell.across > 1 or cell.goes_on
            row += [cell] + [Cell([])] * (cell.across - 1)
        if len(row) > WIDEST:
            raise Declined(TOO_WIDE)
        if any(_has_something(cell) for cell in row):
            rows.append(row)
    width = max((len(row) for row in rows), default=0)
    rows = [row + [Cell([])] * (width - len(row)) for row in rows]
    used = [at for at in range(width) if any(_has_something(row[at]) for row in rows)]
    return [[row[at] for at in used] for row in rows], joined


def _has_something(cell: Cell) -> bool:
    return any(one.text().strip() or one.pictures() for one in paragraphs_in(cell.blocks))


def _value(table: Table, grid: list[list[Cell]], document: Document, number: int) -> dict[str, Any]:
    head, *rest = grid
    if not table.has_head and not all(
        one.is_bold() for cell in head for one in paragraphs_in(cell.blocks) if one.text().strip()
    ):
        document.lose(say.FIRST_ROW.format(number))
    if not table.caption:
        document.lose(say.TABLE_CAPTION.format(number))
    rich = [any(_is_rich(row[at]) for row in rest) for at in range(len(head))]
    columns = [
        {"type": "words" if rich[at] else "text", "heading": _plain(cell, document)} for at, cell in enumerate(head)
    ]
    rows = [
        {"values": [_html(cell, document) if rich[at] else _plain(cell, document) for at, cell in enumerate(row)]}
        for row in rest
    ]
    caption = table.caption or f"Table {number}"
    return {"caption": caption, "table": {"columns": columns, "rows": rows, "caption": ""}}


def _is_rich(cell: Cell) -> bool:
    """Whether the cell holds more than one line of plain letters."""
    paragraphs = [one for one in paragraphs_in(cell.blocks) if one.text().strip()]
    return len(paragraphs) > 1 or any(
        one.in_list is not None
        or "\n" in one.text().strip()
        or any(words.bold or words.raised or words.link for words in one.on_page() if words.text.strip())
        for one in paragraphs
    )


def _plain(cell: Cell, document: Document) -> str:
    texts = []
    for paragraph in paragraphs_in(cell.blocks):
        text, lost = plain_text(paragraph.on_page())
        for what, sentence in (
            ("break", say.BREAK_IN_A_HEADING),
            ("raised", say.RAISED),
            ("link", say.LINK_IN_A_HEADING),
        ):
            if what in lost:
                document.lose(sentence)
        texts.append(text)
    texts = [text for text in texts if text]
    if len(texts) > 1:
        document.lose(say.BREAK_IN_A_HEADING)
    return " ".join(texts)


def _html(cell: Cell, document: Document) -> str:
    lists, made = Lists(document), []
    for paragraph in paragraphs_in(cell.blocks):
        html = inline_html(paragraph.on_page())
        if html and paragraph.in_list is not None:
            lists.add(paragraph.in_list, html)
        elif html:
            made += [numbers.html() for numbers in _closed(lists, document)]
            made.append(f"<p><b>{html}</b></p>" if paragraph.level else f"<p>{html}</p>")
    made += [numbers.html() for numbers in _closed(lists, document)]
    return "".join(made)


def _closed(lists: Lists, document: Document) -> list[Any]:
    finished = lists.close()
    if any(one.ordered and (one.first != 1 or one.kind != "1") for one in finished):
        document.lose(say.INNER_NUMBERS)
    return finished

"""A picture of the file as it was read, in HTML, to stand beside the page: what was struck out is struck out here.

What can be seen in the file and is not on the page is marked. What is hidden or deleted in the file is not in it.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from hub.pages.imports.model import Document, Paragraph, PictureHere, Table, Words

TAGS = {
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "b",
    "i",
    "u",
    "s",
    "sup",
    "sub",
    "mark",
    "br",
    "span",
    "table",
    "tbody",
}
TAGS |= {"tr", "td", "img", "hr", "div"}
ATTRIBUTES = {"td": {"colspan"}, "img": {"data-picture"}, "mark": {"class"}, "div": {"class"}, "p": {"class"}}
LOOKS = {"w:i": "i", "w:iCs": "i", "w:u": "u"}
STRUCK = {"w:strike", "w:dstrike"}


def before(document: Document) -> str:
    """The file from its beginning to its end. Pictures are `<img data-picture="0">`, to be filled in."""
    notes = "".join(f"<li>{''.join(_block(block) for block in note)}</li>" for note in document.notes)
    return "".join(_block(block) for block in document.blocks) + (f"<hr><ol>{notes}</ol>" if notes else "")


def _block(block: Paragraph | Table) -> str:
    if isinstance(block, Table):
        rows = "".join(f"<tr>{''.join(_cell(cell) for cell in row)}</tr>" for row in block.rows)
        return f"<table><tbody>{rows}</tbody></table>"
    inside = _inline(block.inlines)
    if block.in_list is not None:
        place = f"before__item before__item--{min(block.in_list.level, 4)}"
        mark = block.in_list.shown if block.in_list.ordered else "•"
        return f'<p class="{place}">{escape(mark)} {inside}</p>'
    if block.level or block.is_title:
        tag = "h2" if block.is_title else f"h{min(block.level + 1, 4)}"
        return f"<{tag}>{inside}</{tag}>"
    return f'<p class="before__box">{inside}</p>' if block.boxed else f"<p>{inside}</p>"


def _cell(cell: Any) -> str:
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    return f"<td{across}>{''.join(_block(block) for block in cell.blocks)}</td>"


def _inline(pieces: Iterable[Words | PictureHere]) -> str:
    return "".join(
        f'<img data-picture="{piece.number}">' if isinstance(piece, PictureHere) else _words(piece) for piece in pieces
    )


def _words(piece: Words) -> str:
    text = escape(piece.text).replace("\n", "<br>")
    tags = [LOOKS[name] for name in piece.shown if name in LOOKS]
    tags += ["b"] if piece.bold else []
    tags += [piece.raised] if piece.raised else []
    tags += ["u"] if piece.link else []
    tags += ["s"] if piece.gone in STRUCK else []
    for tag in tags:
        text = f"<{tag}>{text}</{tag}>"
    return f'<mark class="before__gone">{text}</mark>' if piece.gone and piece.text.strip() else text

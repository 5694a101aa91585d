"""Tables as the file shows them: cells in their columns, rows that are hidden or deleted gone, joined cells marked."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from hub.pages.imports.controls import Control
from hub.pages.imports.drawings import chosen
from hub.pages.imports.elements import Fate, Spot
from hub.pages.imports.here import Here
from hub.pages.imports.model import Cell, Table
from hub.pages.imports.package import Element
from hub.pages.imports.styles import NOTHING, Styles, is_on
from hub.pages.imports.telling import Telling

MOST_JOINED = 64  # more than Word can join
FIRST_ROW = 0x20
WITHOUT_HEAD = {"", "normal table", "table normal", "table grid"}


class Tables:
    def __init__(self, styles: Styles, telling: Telling, blocks: Callable[[Element, Here], list[Any]]) -> None:
        self._styles, self._telling, self._blocks = styles, telling, blocks

    def read(self, one: Element, here: Here) -> Table:
        about = one.find("w:tblPr")
        self._say(about, Spot.ABOUT_TABLE)
        style = _value(about, "w:tblStyle")
        look = self._styles.name(style).lower() if style else ""
        inside = replace(here, table_style=style, style="", shaded=here.shaded or look not in WITHOUT_HEAD)
        if self._styles.hides_everything(style):
            inside = replace(inside, hidden=True)
        rows = list(self._rows(one, inside))
        caption = _value(about, "w:tblCaption") or _value(about, "w:tblDescription")
        marked = bool(rows) and rows[0][1]
        table = Table([cells for cells, _ in rows], caption=caption.strip()[:200])
        table.has_head = marked or (look not in WITHOUT_HEAD and _says_first_row(about))
        return table

    def _rows(self, parent: Element, here: Here) -> Iterator[tuple[list[Cell], bool]]:
        for one, inside in self._each(parent, Spot.TABLE, here):
            about = one.find("w:trPr")
            self._say(about, Spot.ABOUT_ROW)
            if about is not None and about.find("w:del") is not None:
                self._telling.meet(Spot.ABOUT_ROW, "w:del")
            elif about is not None and is_on(about.find("w:hidden")):
                self._telling.meet(Spot.ABOUT_ROW, "w:hidden")
            else:
                before, after = (_count(about, name) for name in ("w:gridBefore", "w:gridAfter"))
                cells = [Cell([]) for _ in range(before)]
                cells += [self._cell(cell, there) for cell, there in self._each(one, Spot.ROW, inside)]
                cells += [Cell([]) for _ in range(after)]
                yield cells, about is not None and is_on(about.find("w:tblHeader"))

    def _each(self, parent: Element, place: Spot, here: Here) -> Iterator[tuple[Element, Here]]:
        """The rows of a table or the cells of a row, however they are wrapped."""
        for one in parent:
            row = self._telling.row(place, one.tag)
            if row is None or row.fate in {Fate.UNSEEN, Fate.LOOKS}:
                continue
            if one.tag in {"w:tr", "w:tc"}:
                yield one, here
            elif one.tag == "w:sdt":
                control = Control.of(one, self._telling)
                yield from self._each(control.content, place, control.here(here))
            elif one.tag == "mc:AlternateContent":
                choice = chosen(one)
                yield from self._each(choice, place, here) if choice is not None else ()
            else:
                self._telling.meet(place, one.tag)
                if row.fate is not Fate.LEFT_OUT:
                    yield from self._each(one, place, here)

    def _cell(self, one: Element, here: Here) -> Cell:
        about = one.find("w:tcPr")
        self._say(about, Spot.CELL)
        if about is None:
            return Cell(self._blocks(one, here))
        if about.find("w:cellDel") is not None:
            self._telling.meet(Spot.CELL, "w:cellDel")
            return Cell([], across=_count(about, "w:gridSpan") or 1)
        shade = about.find("w:shd")
        if shade is not None and shade.get("w:fill", "auto").lower() not in {"auto", "ffffff"}:
            here = replace(here, shaded=True)
        joined = [about.find(name) for name in ("w:vMerge", "w:hMerge")]
        goes_on = any(join is not None and join.get("w:val", "continue") == "continue" for join in joined)
        return Cell(self._blocks(one, here), across=_count(about, "w:gridSpan") or 1, goes_on=goes_on)

    def _say(self, about: Element | None, place: Spot) -> None:
        for one in about if about is not None else ():
            row = self._telling.row(place, one.tag)
            if row is None or row.fate is not Fate.CHANGED or one.tag in {"w:gridSpan", "w:vMerge", "w:hMerge"}:
                continue  # joined cells are said once it is known which table of the page it is
            if one.tag == "w:shd" and one.get("w:fill", "auto").lower() in {"auto", "ffffff", *NOTHING}:
                continue
            if one.tag != "w:bidiVisual" or is_on(one):
                self._telling.lose(row.says)


def _value(about: Element | None, name: str) -> str:
    found = about.find(name) if about is not None else None
    return found.get("w:val", "") if found is not None else ""


def _count(about: Element | None, name: str) -> int:
    value = _value(about, name)
    return min(int(value), MOST_JOINED) if value.isdecimal() and len(value) < 9 else 0


def _says_first_row(about: Element | None) -> bool:
    look = about.find("w:tblLook") if about is not None else None
    if look is None:
        return False
    if look.get("w:firstRow") is not None:
        return look.get("w:firstRow") not in {"0", "false", "off"}
    try:
        return bool(int(look.get("w:val", "0"), 16) & FIRST_ROW)
    except ValueError:
        return False

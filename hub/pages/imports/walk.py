"""Reads a Word file from its beginning to its end, as a reader sees it: paragraphs, lists, tables, boxes and notes.

Refuses to guess: what the table (elements.py) does not know is left out, and said.
"""

from collections.abc import Iterator
from dataclasses import replace

from hub.bounded_process import Declined
from hub.pages.files.opening import MOST_PARAGRAPHS, TOO_MANY_PARAGRAPHS
from hub.pages.imports import sentences as say
from hub.pages.imports.controls import Control
from hub.pages.imports.drawings import Drawings, chosen
from hub.pages.imports.elements import Fate, Spot
from hub.pages.imports.here import Here
from hub.pages.imports.inlines import Inlines
from hub.pages.imports.model import Document, Paragraph, Table, Words
from hub.pages.imports.numbering import Numbering
from hub.pages.imports.package import Element, Package
from hub.pages.imports.paragraphs import About
from hub.pages.imports.parts import say_parts
from hub.pages.imports.styles import Styles
from hub.pages.imports.tables import Tables
from hub.pages.imports.telling import Telling


def read(package: Package) -> Document:
    """Everything in the file that can be seen, and what has to be said of it."""
    return _Walk(package).document


class _Walk:
    def __init__(self, package: Package) -> None:
        self.document = Document()
        self.telling = Telling(self.document)
        self.styles = Styles(package.related("styles"))
        self.numbering = Numbering(package.related("numbering"), self.styles)
        drawings = Drawings(package, self.document, self.telling)
        self.inlines = Inlines(self.styles, self.telling, drawings, self._note)
        self.tables = Tables(self.styles, self.telling, self.blocks)
        self._package = package
        self._notes: dict[tuple[str, str], int] = {}
        root = package.xml(package.main)
        body = root.find("w:body") if root is not None else None
        here = Here(package.relations(package.main))
        for section in body.iter("w:sectPr") if body is not None else ():
            self._say_section(section)
        if body is not None:
            _check_length(body)
            self.document.blocks = self.blocks(body, here)
        say_parts(package, self.telling)

    def blocks(self, parent: Element, here: Here) -> list[Paragraph | Table]:
        """What stands in `parent`, one paragraph or table after the other."""
        found: list[Paragraph | Table] = []
        carried = Paragraph()
        for one in self._each(parent, here):
            if isinstance(one, Table):
                found.append(one)
                continue
            paragraph, goes_on, boxes = one
            paragraph.inlines = [*carried.inlines, *paragraph.inlines]
            carried = paragraph if goes_on else Paragraph()
            if not goes_on and paragraph.inlines:
                found.append(paragraph)
            found += boxes
        return [*found, carried] if carried.inlines else found

    def _each(self, parent: Element, here: Here) -> Iterator[Table | tuple[Paragraph, bool, list[Paragraph | Table]]]:
        for one in parent:
            row = self.telling.row(Spot.BLOCK, one.tag)
            if row is None or row.fate in {Fate.UNSEEN, Fate.LOOKS}:
                continue
            if one.tag == "w:p":
                yield self._paragraph(one, here)
            elif one.tag == "w:tbl":
                yield self.tables.read(one, here)
            elif one.tag == "w:sdt":
                control = Control.of(one, self.telling)
                yield from self._each(control.content, control.here(here))
            elif one.tag in {"m:oMath", "m:oMathPara"}:
                equation = Paragraph()
                self.inlines.equation(one, here, equation.inlines)
                yield equation, False, []
            elif one.tag == "mc:AlternateContent":
                choice = chosen(one)
                if choice is not None:
                    yield from self._each(choice, here)
            else:
                self.telling.meet(Spot.BLOCK, one.tag)
                if row.fate is not Fate.LEFT_OUT:
                    yield from self._each(one, here)
                else:
                    self.inlines.pass_by(one)

    def _paragraph(self, one: Element, here: Here) -> tuple[Paragraph, bool, list[Paragraph | Table]]:
        """The paragraph, whether the next one goes on in it, and what stands in its text boxes."""
        about = About.of(one, self.styles, self.telling, here.table_style)
        boxes: list[tuple[Element, bool]] = []
        inside = replace(here, style=about.style, boxes=boxes, is_heading=about.is_heading)
        inside = replace(inside, shaded=here.shaded or about.shaded, is_quote=about.is_quote)
        paragraph = Paragraph(level=about.level, is_title=about.is_title)
        self.inlines.read(one, inside, paragraph.inlines)
        if not about.goes_on:
            self._number(paragraph, about)
        about.say_style(paragraph)
        outside = replace(here, style="", is_heading=False)
        boxed = [block for box, coloured in boxes for block in self.blocks(box, replace(outside, shaded=coloured))]
        for block in boxed:
            if isinstance(block, Paragraph):
                block.boxed = True
        return paragraph, about.goes_on, boxed

    def _number(self, paragraph: Paragraph, about: About) -> None:
        number = self.numbering.of(about.element, about.style)
        if number is None:
            return
        if about.is_heading:
            if number.shown and paragraph.text().strip():
                paragraph.inlines.insert(0, Words(self.telling.add(number.shown) + " "))
            return
        if not number.ordered and number.shown:
            paragraph.inlines.insert(0, Words(self.telling.add(number.shown) + " "))
        if number.kind == "picture":
            self.telling.lose(say.PICTURE_BULLET)
        paragraph.in_list = number

    def _note(self, tag: str, number: str) -> str:
        """The mark of a footnote or endnote; its words are read when it is first met, and stand at the end."""
        kind = "footnote" if tag == "w:footnoteReference" else "endnote"
        place = self._notes.get((kind, number))
        if place is None:
            place = self._notes[kind, number] = len(self._notes) + 1
            self.document.notes.append([])
            self.document.notes[place - 1] = self._words_of_note(kind, number)
        return f"[{place}]"

    def _words_of_note(self, kind: str, number: str) -> list[Paragraph | Table]:
        for relation in self._package.relations(self._package.main).values():
            root = self._package.xml(relation.target) if relation.kind == f"{kind}s" and not relation.outside else None
            for note in root if root is not None else ():
                if note.get("w:id") == number:
                    return self.blocks(note, Here(self._package.relations(relation.target)))
        return []

    def _say_section(self, section: Element) -> None:
        for one in section:
            row = self.telling.row(Spot.SECTION, one.tag)
            if row is None or row.fate is not Fate.CHANGED:
                continue
            if one.tag != "w:cols" or one.get("w:num", "1") not in {"0", "1"} or len(one) > 1:
                self.telling.lose(row.says)


def _check_length(body: Element) -> None:
    number = sum(1 for _ in body.iter("w:p"))
    if number > MOST_PARAGRAPHS:
        raise Declined(TOO_MANY_PARAGRAPHS.format(number, MOST_PARAGRAPHS))

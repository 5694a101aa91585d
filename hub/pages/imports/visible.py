"""A second reading of a Word file, on its own: every word that somebody sees who opens it, and nothing about looks.

It shares nothing with the first reading (walk.py) but the taking apart of the zip. Where the two differ, it is said.
"""

from collections.abc import Iterator

from hub.pages.imports.package import Element, Package, inside

NEVER = {"w:rPr", "w:pPr", "w:sdtPr", "w:sdtEndPr", "w:tblPr", "w:tcPr", "w:trPr", "w:tblGrid", "w:sectPr", "w:ffData"}
DELETED = {"w:del", "w:moveFrom"}
SPACES = {"w:tab", "w:ptab", "w:br", "w:cr"}
NO = {"0", "false", "off"}


def visible_words(package: Package) -> str:
    """The words, with a space wherever the file has a break, a tab, or another paragraph or cell."""
    return _Reading(package).text


class _Reading:
    def __init__(self, package: Package) -> None:
        self.hiding = _styles_that_say(package, "w:vanish", "w:webHidden")
        self.striking = _styles_that_say(package, "w:strike", "w:dstrike")
        self.apart: list[str] = []  # what is struck out: the letters round it are one word without it
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self.open_fields: list[bool] = []  # whether each is past its code
        root = package.xml(package.main)
        said = list(self.read(root, "")) if root is not None else []
        said += self._boxes_and_notes(_note_parts(package))
        self.text = "".join([*said, " ", *self.apart])

    def _boxes_and_notes(self, parts: dict[str, Element | None]) -> Iterator[str]:
        done = 0
        while self.boxes or done < len(self.notes):
            yield " "
            if self.boxes:
                yield from self._children(self.boxes.pop(0), "")
                continue
            kind, number = self.notes[done]
            done += 1
            for note in parts.get(kind) or ():
                if note.get("w:id") == number:
                    yield from self.read(note, "")

    def read(self, one: Element, style: str) -> Iterator[str]:
        tag = one.tag
        if tag in DELETED:
            for mark in one.iter("w:fldChar"):
                self._count(mark)
        elif tag in NEVER or _is_gone(one):
            return
        elif tag == "w:r":
            yield from self._run(one, style)
        elif tag == "w:txbxContent":
            self.boxes.append(one)
        elif tag in {"m:t", "w:t"}:
            yield one.text or ""
        elif tag == "mc:AlternateContent":
            first = one.find("mc:Choice")
            yield from self._children(first if first is not None else one, style)
        elif tag == "w:tbl" and _said_style(one, "w:tblPr/w:tblStyle") in self.hiding:
            return
        else:
            yield from self._children(one, _said_style(one, "w:pPr/w:pStyle") if tag == "w:p" else style)
            if tag == "w:tc" or (tag == "w:p" and not self._goes_on(one)):
                yield " "

    def _children(self, one: Element, style: str) -> Iterator[str]:
        for child in one:
            yield from self.read(child, style)

    def _run(self, run: Element, style: str) -> Iterator[str]:
        about = run.find("w:rPr")
        own = _said_style(about, "w:rStyle") if about is not None else ""
        hidden = _says(about, ("w:vanish", "w:webHidden"), bool({own, style} & self.hiding))
        struck = _says(about, ("w:strike", "w:dstrike"), bool({own, style} & self.striking))
        if about is not None and any(about.find(tag) is not None for tag in DELETED):
            hidden = True
        for child in run:
            if child.tag == "w:fldChar":
                self._count(child)
            elif not hidden and all(self.open_fields):
                if struck:
                    self.apart += [*self._in_run(child, style), " "]
                else:
                    yield from self._in_run(child, style)

    def _in_run(self, one: Element, style: str) -> Iterator[str]:
        if one.tag == "w:t":
            yield (one.text or "").replace("\t", " ").replace("\n", " ").replace("\r", " ")
        elif one.tag in SPACES:
            yield " "
        elif one.tag == "w:noBreakHyphen":
            yield "-"
        elif one.tag in {"w:footnoteReference", "w:endnoteReference"}:
            note = (f"{one.tag[2:-9]}s", one.get("w:id", ""))
            if note not in self.notes:
                self.notes.append(note)
            yield f"[{self.notes.index(note) + 1}]"
        elif one.tag == "w:ruby":
            for name, opens, closes in (("w:rubyBase", "", ""), ("w:rt", " (", ")")):
                for inside in one.findall(name):
                    yield from (opens, *self._children(inside, style), closes)
        elif one.tag not in {"w:instrText", "w:delText", "w:delInstrText"}:
            yield from self.read(one, style)

    def _count(self, mark: Element) -> None:
        kind = mark.get("w:fldCharType")
        if kind == "begin":
            self.open_fields.append(False)
        elif self.open_fields and kind == "separate":
            self.open_fields[-1] = True
        elif self.open_fields and kind == "end":
            self.open_fields.pop()

    def _goes_on(self, paragraph: Element) -> bool:
        """Its end is deleted or hidden, or it is a large first letter: no new line begins after it."""
        mark = inside(paragraph, "w:pPr/w:rPr")
        if mark is not None and any(mark.find(tag) is not None for tag in DELETED):
            return True
        style = _said_style(paragraph, "w:pPr/w:pStyle")
        frame = inside(paragraph, "w:pPr/w:framePr")
        large = frame is not None and frame.get("w:dropCap", "none") != "none"
        return large or _says(mark, ("w:vanish",), style in self.hiding)


def _says(about: Element | None, names: tuple[str, ...], by_style: bool) -> bool:  # noqa: FBT001 - private
    for name in names:
        said = about.find(name) if about is not None else None
        if said is not None:
            return said.get("w:val", "1").lower() not in NO
    return by_style


def _said_style(one: Element, path: str) -> str:
    found = inside(one, path)
    return found.get("w:val", "") if found is not None else ""


def _is_gone(one: Element) -> bool:
    """A row or cell that is deleted or hidden, or a drawing that is."""
    if one.tag == "w:tr":
        hidden = inside(one, "w:trPr/w:hidden")
        deleted = inside(one, "w:trPr/w:del") is not None
        return deleted or (hidden is not None and hidden.get("w:val", "1") not in NO)
    if one.tag == "w:tc":
        return inside(one, "w:tcPr/w:cellDel") is not None
    if one.tag in {"wp:inline", "wp:anchor"}:
        about = one.find("wp:docPr")
        return about is not None and about.get("hidden", "0") not in NO
    style = one.get("style", "").replace(" ", "").lower() if one.tag.startswith("v:") else ""
    return "visibility:hidden" in style or "display:none" in style


def _styles_that_say(package: Package, *names: str) -> set[str]:
    """Styles that say so themselves or are based on one that does, and say nothing else in between."""
    root = package.related("styles")
    styles = {one.get("w:styleId", ""): one for one in (root if root is not None else ()) if one.tag == "w:style"}

    def says(number: str, seen: frozenset[str]) -> bool:
        one = styles.get(number)
        if one is None or number in seen:
            return False
        for name in names:
            said = next(iter(one.iter(name)), None)
            if said is not None:
                return said.get("w:val", "1").lower() not in NO
        return says(_said_style(one, "w:basedOn"), seen | {number})

    return {number for number in styles if says(number, frozenset())}


def _note_parts(package: Package) -> dict[str, Element | None]:
    related = package.relations(package.main).values()
    return {
        one.kind: package.xml(one.target)
        for one in related
        if one.kind in {"footnotes", "endnotes"} and not one.outside
    }

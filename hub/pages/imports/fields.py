"""Fields: what Word works out and writes into the text. Their code is never words of a page; what they show may be.

A field may begin in one paragraph and end in another (a list of contents), and hold others.
"""

import re
from dataclasses import dataclass

from hub.bounded_process import Declined
from hub.pages.files.opening import BROKEN
from hub.pages.imports.elements import Fate, Row, Spot
from hub.pages.imports.links import address
from hub.pages.imports.package import Element, inside
from hub.pages.imports.styles import is_on
from hub.pages.imports.symbols import sign
from hub.pages.imports.telling import Telling

DEEPEST = 50  # fields inside fields
CHOSEN, NOT_CHOSEN = "☑", "☐"
QUOTED_OR_BARE = r'(?:"([^"]*)"|(\S+))'


@dataclass(slots=True)
class _Field:
    form: Element | None = None
    code: str = ""
    shows: bool = False  # past its code
    row: Row | None = None
    link: str = ""
    has_words: bool = False


class Fields:
    """The fields that are open at one place in the text."""

    def __init__(self, telling: Telling) -> None:
        self._telling = telling
        self._open: list[_Field] = []

    @property
    def in_code(self) -> bool:
        return not all(one.shows for one in self._open)

    @property
    def gone(self) -> str:
        """The field whose words are left out, by its name, or nothing."""
        return next((one.row.name for one in self._open if one.row and one.row.fate is Fate.LEFT_OUT), "")

    @property
    def link(self) -> str:
        return next((one.link for one in reversed(self._open) if one.link), "")

    def begin(self, form: Element | None = None, code: str = "") -> None:
        if len(self._open) >= DEEPEST:
            raise Declined(BROKEN)
        self._open.append(_Field(form, code))

    def add_code(self, text: str) -> None:
        if self._open and not self._open[-1].shows:
            self._open[-1].code += text

    def show(self) -> None:
        if self._open and not self._open[-1].shows:
            self._understand(self._open[-1])

    def has_words(self) -> None:
        for one in self._open:
            one.has_words = True

    def end(self) -> str:
        """Closes the innermost field. Returns what it shows although nothing was written for it."""
        if not self._open:
            return ""
        one = self._open[-1]
        if not one.shows:
            self._understand(one)
        kind = one.row.name if one.row else ""
        text = self._worked_out(one, kind) if not one.has_words or kind == "FORMCHECKBOX" else ""
        self._open.pop()
        return text

    def _understand(self, one: _Field) -> None:
        code = one.code.strip()
        kind = "=" if code.startswith("=") else code.split(" ", 1)[0].split("\\", 1)[0].upper()
        hidden_in_another = bool(self.gone)
        one.shows = True
        if kind and not hidden_in_another:
            one.row = self._telling.meet(Spot.FIELD, kind)
        if kind == "HYPERLINK":
            one.link = self._link(code)

    def _link(self, code: str) -> str:
        found = re.match(r"HYPERLINK\s+(?!\\)" + QUOTED_OR_BARE, code, re.IGNORECASE)
        inside = re.search(r"\\l\s+" + QUOTED_OR_BARE, code)
        place = (inside[1] or inside[2] or "") if inside else ""
        return address((found[1] or found[2] or "") if found else "", place, self._telling)

    def _worked_out(self, one: _Field, kind: str) -> str:
        form = one.form
        if kind == "FORMCHECKBOX":
            box = form.find("w:checkBox") if form is not None else None
            if box is None:
                return NOT_CHOSEN
            said = box.find("w:checked")
            return CHOSEN if is_on(said if said is not None else box.find("w:default")) else NOT_CHOSEN
        if kind == "FORMDROPDOWN" and form is not None:
            choices = form.find("w:ddList")
            entries = [
                entry.get("w:val", "") for entry in (choices.findall("w:listEntry") if choices is not None else ())
            ]
            chosen = inside(form, "w:ddList/w:result")
            if chosen is None:
                chosen = inside(form, "w:ddList/w:default")
            place = chosen.get("w:val", "0") if chosen is not None else "0"
            return entries[int(place)] if place.isdecimal() and int(place) < len(entries) else ""
        if kind == "SYMBOL":
            return self._symbol(one.code)
        return ""

    def _symbol(self, code: str) -> str:
        found = re.match(r"\s*SYMBOL\s+(0x[0-9a-f]+|\d+)", code, re.IGNORECASE)
        font = re.search(r"\\f\s+" + QUOTED_OR_BARE, code)
        number = int(found[1], 0) if found and len(found[1]) < 8 else 0
        if not 32 <= number < 0x110000:
            return ""
        letter = bytes([number]).decode("cp1252", "replace") if number < 256 and not font else chr(number)
        return self._telling.sign(sign((font[1] or font[2] or "") if font else "", letter))

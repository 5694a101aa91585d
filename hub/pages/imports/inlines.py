"""What stands in a paragraph: words with their looks, breaks, fields, signs, notes; nothing hidden, nothing deleted.

Each thing is asked of the table (elements.py) first; what stands in no row never becomes words.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from hub.pages.imports import sentences as say
from hub.pages.imports.controls import Control
from hub.pages.imports.drawings import Drawings, chosen
from hub.pages.imports.elements import Fate, Spot
from hub.pages.imports.fields import Fields
from hub.pages.imports.here import Here
from hub.pages.imports.links import address
from hub.pages.imports.model import Words
from hub.pages.imports.package import Element
from hub.pages.imports.styles import Look, Styles
from hub.pages.imports.symbols import sign
from hub.pages.imports.telling import Telling

TEXTS = {"w:noBreakHyphen": "\u2011", "w:cr": "\n", "w:tab": " ", "w:ptab": " "}
ON_LINKS = {"w:color", "w:u"}  # how a link looks
PRIVATE = re.compile("[\uf000-\uf0ff]")
PLAIN = Look()
LETTERS = re.compile(r"[^\W\d_]")


class Inlines:
    def __init__(self, styles: Styles, telling: Telling, drawings: Drawings, note: Callable[[str, str], str]) -> None:
        self._styles, self._telling, self._drawings, self._note = styles, telling, drawings, note
        self.fields = Fields(telling)

    def read(self, parent: Element, here: Here, out: list[Any]) -> None:
        for one in parent:
            row = self._telling.row(Spot.INLINE, one.tag)
            if row is None or row.fate is Fate.UNSEEN:
                continue
            if one.tag == "w:r":
                self._run(one, here, out)
            elif one.tag in {"w:del", "w:moveFrom"}:
                self._telling.lose(row.says)
                self.pass_by(one)
            elif one.tag in {"m:oMath", "m:oMathPara", "m:r"}:
                self.equation(one, here, out)
            elif row.fate is Fate.LEFT_OUT:
                self._telling.lose(row.says)
            else:
                self._telling.meet(Spot.INLINE, one.tag)
                self._inside(one, here, out)

    def _inside(self, one: Element, here: Here, out: list[Any]) -> None:
        if one.tag == "w:hyperlink":
            self.read(one, replace(here, link=self._link(one, here)), out)
        elif one.tag == "w:fldSimple":
            self.fields.begin(code=one.get("w:instr", ""))
            self.fields.show()
            self.read(one, here, out)
            self._say(self.fields.end(), Look(), here, out)
        elif one.tag == "w:sdt":
            control = Control.of(one, self._telling)
            inside = control.here(here)
            self.read(control.content, inside, out)
            if inside.glyph and inside.in_check_box:
                self._say("\u2610", Look(), inside, out)
        elif one.tag == "mc:AlternateContent":
            choice = chosen(one)
            if choice is not None:
                self.read(choice, here, out)
        else:
            self.read(one, here, out)

    def _link(self, one: Element, here: Here) -> str:
        if self.fields.gone or here.gone:
            return ""  # the links of a list of contents go with it
        relation = here.relations.get(one.get("r:id", ""))
        return address(relation.target if relation is not None else "", one.get("w:anchor", ""), self._telling)

    def pass_by(self, deleted: Element) -> None:
        """Goes past what is deleted without a word of it; a field that begins or ends in it still does."""
        for mark in deleted.iter("w:fldChar"):
            self._field_mark(mark)

    def equation(self, one: Element, here: Here, out: list[Any]) -> None:
        text = "".join(_letters_of(one))
        if not (here.hidden or self.fields.in_code):
            self._telling.leave_out(Spot.INLINE, "m:oMath", text)
            out.append(Words(text, gone="m:oMath"))

    def _run(self, run: Element, here: Here, out: list[Any]) -> None:
        own = run.find("w:rPr")
        look = self._styles.look(own, here.style, here.table_style)
        if own is not None:
            for one in own:
                self._telling.row(Spot.WORDS, one.tag)
            if own.find("w:del") is not None or own.find("w:moveFrom") is not None:
                self._telling.meet(Spot.WORDS, "w:del")
                self.pass_by(run)
                return
        if here.is_quote and look.bold:
            look = replace(look, bold=self._styles.look(own, "", here.table_style).bold)
        if here.hidden and not look.hidden:
            look = replace(look, hidden="w:vanish")
        self._in_run(run, look, here, out)

    def _in_run(self, run: Element, look: Look, here: Here, out: list[Any]) -> None:
        for one in run:
            tag = one.tag
            if tag == "w:t":
                self._say(_plain(one.text), look, here, out)
                continue
            row = self._telling.row(Spot.RUN, tag)
            if row is None or row.fate is Fate.UNSEEN:
                if tag == "w:instrText":
                    self.fields.add_code(one.text or "")
            elif tag == "w:fldChar":
                self._field_mark(one, look, here, out)
            elif look.hidden or self.fields.in_code:
                if look.hidden and not self.fields.in_code:
                    self._telling.meet(Spot.WORDS, look.hidden)
            elif row.fate is Fate.LEFT_OUT:
                self._telling.lose(row.says)
            else:
                self._thing(one, look, here, out)

    def _thing(self, one: Element, look: Look, here: Here, out: list[Any]) -> None:
        tag = one.tag
        if tag == "w:br":
            self._telling.meet(Spot.BREAK, one.get("w:type", "line"))
            self._say("\n", look, here, out)
        elif tag in {"w:tab", "w:ptab"}:
            gone = self.fields.gone or here.gone
            if not gone and any(isinstance(piece, Words) and piece.text.strip() for piece in out):
                self._telling.meet(Spot.RUN, tag)
            self._say(" ", look, here, out)
        elif tag in TEXTS:
            self._say(TEXTS[tag], look, here, out)
        elif tag == "w:sym":
            self._symbol(one, look, here, out)
        elif tag == "w:ruby":
            self._ruby(one, here, out)
        elif tag in {"w:footnoteReference", "w:endnoteReference"}:
            self._telling.meet(Spot.RUN, tag)
            self._say(self._note(tag, one.get("w:id", "")), replace(look, raised="sup", font=""), here, out)
        elif tag == "mc:AlternateContent":
            choice = chosen(one)
            if choice is not None:
                self._in_run(choice, look, here, out)
        else:
            self._telling.meet(Spot.RUN, tag)
            self._drawings.read(one, here.relations, out, lambda *box: here.boxes.append(box))

    def _field_mark(self, mark: Element, look: Look = PLAIN, here: Here | None = None, out: Any = None) -> None:
        kind = mark.get("w:fldCharType", "")
        if kind == "begin":
            self.fields.begin(mark.find("w:ffData"))
        elif kind == "separate":
            self.fields.show()
        elif kind == "end":
            shown = self.fields.end()
            if here is not None and out is not None and shown:
                self._telling.add(shown)
                self._say(shown, look, here, out)

    def _symbol(self, one: Element, look: Look, here: Here, out: list[Any]) -> None:
        try:
            letter = chr(int(one.get("w:char", ""), 16))
        except (ValueError, OverflowError):
            letter = ""
        found = sign(one.get("w:font", ""), letter) if letter else ""
        self._say(self._telling.sign(found), replace(look, font=""), here, out)

    def _ruby(self, one: Element, here: Here, out: list[Any]) -> None:
        self._telling.meet(Spot.RUN, "w:ruby")
        base, over = one.find("w:rubyBase"), one.find("w:rt")
        if base is not None:
            self.read(base, here, out)
        if over is not None:
            small: list[Any] = []
            self.read(over, here, small)
            if any(isinstance(piece, Words) and not piece.gone for piece in small):
                out += [Words(" ("), *small, Words(")")]

    def _say(self, text: str, look: Look, here: Here, out: list[Any]) -> None:
        """Writes `text` as it may be written here: not at all, off the page, or on it."""
        if not text or self.fields.in_code:
            return
        if look.hidden:
            if text.strip():
                self._telling.meet(Spot.WORDS, look.hidden)
            return
        self.fields.has_words()
        if here.in_check_box:
            text = here.glyph.pop() if here.glyph else ""
        if text.strip() and (look.tiny or (look.white and not here.shaded)):
            self._telling.leave_out_words(say.FAINT, text)
            return
        gone = self._gone(look, here)
        link = self.fields.link or here.link
        if gone is None:
            text = self._in_common_signs(text, look.font)
            self._say_looks(text, look, here, link)
        elif text.strip():
            self._telling.leave_out(*gone, text)
        if text:
            bold = look.bold and not here.is_heading
            out.append(Words(text, bold, look.raised, link, gone[1] if gone else "", look.said))

    def _gone(self, look: Look, here: Here) -> tuple[Spot, str] | None:
        if look.struck:
            return Spot.WORDS, look.struck
        if self.fields.gone:
            return Spot.FIELD, self.fields.gone
        return here.gone

    def _say_looks(self, text: str, look: Look, here: Here, link: str) -> None:
        if not text.strip() or here.is_heading:
            return
        for name in look.said:
            if not (link and name in ON_LINKS):
                self._telling.meet(Spot.WORDS, name)
        if look.language not in {"", "en", "x"} and LETTERS.search(text):
            self._telling.meet(Spot.WORDS, "w:lang")

    def _in_common_signs(self, text: str, font: str) -> str:
        if font:
            found = "".join(sign(font, letter) if letter != "\n" else letter for letter in text)
            missing = len(found) < len(text)
            if text.strip():
                self._telling.add(found)
                self._telling.leave_out(Spot.WORDS, "w:rFonts", text)
                if missing:
                    self._telling.lose(say.SIGN)
            return found
        if PRIVATE.search(text):
            self._telling.lose(say.SIGN)
            return PRIVATE.sub("", text)
        return text


def _plain(text: str | None) -> str:
    """Line ends and tabs in the file's own text are spaces: Word shows them so."""
    return re.sub(r"[\t\r\n]", " ", text or "")


def _letters_of(equation: Element) -> Iterator[str]:
    for one in equation:
        if one.tag in {"m:t", "w:t"}:
            yield one.text or ""
        elif one.tag not in {"w:del", "w:moveFrom"}:
            yield from _letters_of(one)

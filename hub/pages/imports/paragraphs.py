"""What a paragraph says of itself: is it a heading, does it end where it seems to, what of its look is lost?"""

import re
from dataclasses import dataclass

from hub.pages.imports import sentences as say
from hub.pages.imports.elements import Fate, Spot
from hub.pages.imports.model import Paragraph
from hub.pages.imports.package import Element
from hub.pages.imports.styles import NOTHING, OFF, Styles
from hub.pages.imports.telling import Telling

# Styles that say nothing a page could lose; a name of Word's is the same in every language.
PLAIN = re.compile(
    r"(normal|normal \(web\)|normal indent|body|text body|standard|body text( \d| first indent.*| indent.*)?|no spacing"
    r"|list.*|title|heading \d|toc \d|toc heading|(foot|end)note text|header|footer|default|plain text"
    r"|annotation text|table.*|)",
    re.IGNORECASE,
)
HEADING = re.compile(r"heading ([1-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class About:
    element: Element | None
    style: str
    named: str
    level: int
    is_title: bool
    goes_on: bool  # its end is deleted or hidden, or it is a large first letter: the next paragraph goes on in it
    shaded: bool
    telling: Telling

    @classmethod
    def of(cls, paragraph: Element, styles: Styles, telling: Telling, table_style: str) -> "About":
        about = paragraph.find("w:pPr")
        chosen = about.find("w:pStyle") if about is not None else None
        style = chosen.get("w:val", "") if chosen is not None else ""
        names = [styles.name(one.get("w:styleId", "")) for one in styles.chain(style)]
        level = next((int(found[1]) for name in names if (found := HEADING.fullmatch(name))), 0)
        is_title = any(name.lower() == "title" for name in names)
        for one in about if about is not None else ():
            _say(one, telling)
        mark = about.find("w:rPr") if about is not None else None
        return cls(
            element=about,
            style=style,
            named=names[0] if names else style,
            level=level or _outline(about, styles, style),
            is_title=is_title and not level,
            goes_on=_goes_on(about, mark, telling)
            or bool(mark is not None and styles.look(mark, style, table_style).hidden),
            shaded=styles.about_paragraph(style, "w:shd") is not None
            or (about is not None and about.find("w:shd") is not None),
            telling=telling,
        )

    @property
    def is_heading(self) -> bool:
        return bool(self.level) or self.is_title

    @property
    def is_quote(self) -> bool:
        return self.named.lower() in {"quote", "intense quote"}

    def say_style(self, paragraph: Paragraph) -> None:
        """Names a style that means something a page has no word for, if anything on the page has it."""
        if not self.is_heading and not PLAIN.fullmatch(self.named) and paragraph.text().strip():
            self.telling.lose(say.STYLE.format(self.named))


def _outline(about: Element | None, styles: Styles, style: str) -> int:
    own = about.find("w:outlineLvl") if about is not None else None
    if own is None:
        found = styles.about_paragraph(style, "w:outlineLvl")
        own = found[0] if found is not None else None
    value = own.get("w:val", "9") if own is not None else "9"
    return int(value) + 1 if value in set("012345678") else 0


def _goes_on(about: Element | None, mark: Element | None, telling: Telling) -> bool:
    if mark is not None:
        for one in mark:
            row = telling.row(Spot.WORDS, one.tag)
            if row is not None and one.tag in {"w:ins", "w:del", "w:moveFrom", "w:moveTo", "w:rPrChange"}:
                telling.lose(row.says)
        if mark.find("w:del") is not None or mark.find("w:moveFrom") is not None:
            return True
    frame = about.find("w:framePr") if about is not None else None
    return frame is not None and frame.get("w:dropCap", "none") not in NOTHING


def _say(one: Element, telling: Telling) -> None:
    row = telling.row(Spot.PARAGRAPH, one.tag)
    if row is None or row.fate is not Fate.CHANGED or one.tag == "w:pStyle":
        return
    if one.tag == "w:framePr" and one.get("w:dropCap", "none") not in NOTHING:
        return
    if one.tag == "w:shd" and one.get("w:fill", "auto").lower() in {"auto", "ffffff"}:
        return
    if one.tag == "w:pBdr" and not any(side.get("w:val", "none") not in NOTHING for side in one):
        return
    if one.tag in {"w:pageBreakBefore", "w:bidi"} and one.get("w:val", "1").lower() in OFF:
        return
    telling.lose(row.says)

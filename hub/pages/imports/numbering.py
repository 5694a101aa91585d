"""Which number, letter or sign stands before a paragraph: lists count on across whatever stands between their items.

Lists of one pattern count together, unless one says that it begins anew; an outer number starts inner ones again.
"""

import re
from dataclasses import dataclass, field

from hub.pages.imports.model import InList
from hub.pages.imports.package import Element, inside
from hub.pages.imports.styles import Styles
from hub.pages.imports.symbols import sign

KINDS = {"decimal": "1", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")]
ROMAN += [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]
TELLING = "✓✔✗✘☐☑☒□❑❒◻◼■☎✉"  # bullets that say something
LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Level:
    kind: str  # of Word's: decimal, bullet, none…
    start: int
    text: str  # “%1.”, or the bullet
    indent: int
    style: str
    font: str
    restarts: bool
    is_picture: bool


@dataclass(slots=True)
class _Pattern:
    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


def written(kind: str, number: int) -> str:
    """`number` as HTML's kinds of list write it: 1, a, A, i, I."""
    if kind in "aA":
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number < 1_000 else str(number)
    elif kind in "iI" and 0 < number < 4_000:
        text, left = "", number
        for value, letters in ROMAN:
            text += letters * (left // value)
            left %= value
    else:
        return str(number)
    return text.upper() if kind in "AI" else text


class Numbering:
    """Counts as the file is read, from its beginning to its end."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        patterns: dict[str, Element] = {}
        self._lists: dict[str, _Pattern] = {}
        everything = list(root) if root is not None else []
        for one in everything:
            if one.tag == "w:abstractNum":
                patterns[one.get("w:abstractNumId", "")] = one
        self._patterns = {number: _Pattern(_levels(one)) for number, one in patterns.items()}
        for number, one in patterns.items():
            self._follow_link(number, one, everything, patterns)
        self._begins_anew: dict[str, dict[int, int]] = {}
        for one in everything:
            if one.tag == "w:num":
                self._learn_list(one)

    def _follow_link(self, number: str, one: Element, everything: list[Element], patterns: dict[str, Element]) -> None:
        link = one.find("w:numStyleLink")
        for other, found in patterns.items():
            style = found.find("w:styleLink")
            if link is not None and style is not None and style.get("w:val") == link.get("w:val"):
                self._patterns[number] = self._patterns[other]

    def _learn_list(self, one: Element) -> None:
        number, based = one.get("w:numId", ""), one.find("w:abstractNumId")
        pattern = self._patterns.get(based.get("w:val", "") if based is not None else "")
        if pattern is None:
            return
        self._lists[number] = pattern
        for change in one.findall("w:lvlOverride"):
            level, start = _number(change.get("w:ilvl"), 0), change.find("w:startOverride")
            if start is not None:
                self._begins_anew.setdefault(number, {})[level] = _number(start.get("w:val"), 1)
            if (other := change.find("w:lvl")) is not None:
                own = self._lists[number] = _Pattern({**self._lists[number].levels, level: _level(other)})
                own.counts = pattern.counts if start is None else {}

    def of(self, about: Element | None, style: str) -> InList | None:
        """Counts the paragraph that says `about` of itself. None when it has no number and no bullet."""
        said = about.find("w:numPr") if about is not None else None
        number, level = _list_and_level(said)
        inherited = self._styles.about_paragraph(style, "w:numPr")
        if number is None and inherited is not None:
            number, by_style = _list_and_level(inherited[0])
            level = by_style if level is None else level
        pattern = self._lists.get(number or "")
        if pattern is None or number == "0":
            return None
        if level is None and inherited is not None:
            name = inherited[1].get("w:styleId", "")
            level = next((at for at, one in pattern.levels.items() if one.style and one.style == name), 0)
        return self._counted(number or "", pattern, level or 0, self._indent(about, style))

    def _counted(self, number: str, pattern: _Pattern, at: int, indent: int | None) -> InList | None:
        level = pattern.levels.get(at)
        if level is None or level.kind == "none" or not level.text:
            return None
        where = level.indent if indent is None else indent
        key = f"{id(pattern.counts)}"
        if level.kind == "bullet":
            shown = sign(level.font, level.text) if level.text else ""
            return InList(
                key,
                at,
                where,
                ordered=False,
                shown=shown if shown and shown in TELLING else "",
                kind="picture" if level.is_picture else "",
            )
        for outer in range(at):
            pattern.counts.setdefault(outer, pattern.levels[outer].start if outer in pattern.levels else 1)
        anew = self._begins_anew.get(number, {})
        pattern.counts[at] = anew.pop(at) if at in anew else pattern.counts.get(at, level.start - 1) + 1
        for inner in [deeper for deeper in pattern.counts if deeper > at]:
            if pattern.levels.get(inner) is None or pattern.levels[inner].restarts:
                del pattern.counts[inner]
        count = max(min(pattern.counts[at], LARGEST), 0)
        return InList(
            key,
            at,
            where,
            ordered=True,
            kind=KINDS.get(level.kind, level.kind),
            count=count,
            shown=self._written(pattern, level),
        )

    def _written(self, pattern: _Pattern, level: Level) -> str:
        def one(found: re.Match[str]) -> str:
            at = int(found[1]) - 1
            kind = pattern.levels[at].kind if at in pattern.levels else "decimal"
            return written(KINDS.get(kind, "1"), pattern.counts.get(at, 1))

        return re.sub(r"%(\d)", one, level.text)

    def _indent(self, about: Element | None, style: str) -> int | None:
        own = about.find("w:ind") if about is not None else None
        if own is None:
            by_style = self._styles.about_paragraph(style, "w:ind")
            own = by_style[0] if by_style is not None else None
        value = (own.get("w:left") or own.get("w:start")) if own is not None else None
        return _number(value, 0) if value is not None else None


def _list_and_level(said: Element | None) -> tuple[str | None, int | None]:
    if said is None:
        return None, None
    number, level = said.find("w:numId"), said.find("w:ilvl")
    return (
        number.get("w:val") if number is not None else None,
        _number(level.get("w:val"), 0) if level is not None else None,
    )


def _levels(pattern: Element) -> dict[int, Level]:
    return {_number(one.get("w:ilvl"), 0): _level(one) for one in pattern.findall("w:lvl")}


def _level(one: Element) -> Level:
    indent = inside(one, "w:pPr/w:ind")
    left = (indent.get("w:left") or indent.get("w:start")) if indent is not None else None
    fonts, start, restart = inside(one, "w:rPr/w:rFonts"), one.find("w:start"), one.find("w:lvlRestart")
    return Level(
        kind=_value(one, "w:numFmt") or "decimal",
        start=_number(start.get("w:val"), 1) if start is not None else 1,
        text=_value(one, "w:lvlText"),
        indent=_number(left, 0),
        style=_value(one, "w:pStyle"),
        font=(fonts.get("w:ascii", "") if fonts is not None else "").lower(),
        restarts=restart is None or restart.get("w:val") != "0",
        is_picture=one.find("w:lvlPicBulletId") is not None,
    )


def _value(one: Element, name: str) -> str:
    found = one.find(name)
    return found.get("w:val", "") if found is not None else ""


def _number(text: str | None, otherwise: int) -> int:
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return otherwise

"""How words look once their styles are reckoned in: hidden, struck out, bold, raised, and what else is said of them.

Styles inherit, and some of their switches cancel each other out between levels, as the format prescribes (17.7.3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from hub.pages.imports.elements import TABLE, Fate, Spot
from hub.pages.imports.package import Element, inside

OFF = {"0", "false", "off"}
SWITCHES = {"w:b", "w:bCs", "w:i", "w:iCs", "w:caps", "w:smallCaps", "w:strike", "w:vanish", "w:emboss", "w:imprint"}
SWITCHES |= {"w:outline", "w:shadow"}
SAID = [
    name
    for (place, name), row in TABLE.items()
    if place is Spot.WORDS and row.fate is Fate.CHANGED and name not in {"w:rFonts", "w:lang", "w:i", "w:iCs"}
]
# What a paragraph's style may say for all its words; other looks in a style are how that style looks.
IN_A_STYLE = {"w:caps", "w:smallCaps"}
NOTHING = {"none", "nil", "auto", "0", "baseline", "clear"}
SYMBOL_FONTS = {"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings"}
WHITE = "FFFFFF"
SMALLEST = 4  # half points: two points high, as good as hidden


@dataclass(frozen=True, slots=True)
class Look:
    bold: bool = False
    hidden: str = ""  # the row of the table that says so
    struck: str = ""
    raised: str = ""
    white: bool = False
    tiny: bool = False
    font: str = ""  # of signs; "" for letters
    language: str = ""
    said: tuple[str, ...] = ()  # rows of the table about what a page cannot show


class Styles:
    """The styles of a file, by their names in it."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        self._plain: Element | None = None
        for style in root if root is not None else ():
            if style.tag == "w:style":
                number = style.get("w:styleId", "")
                self._styles[number] = style
                if style.get("w:default", "0") not in OFF:
                    self._default[style.get("w:type", "")] = number
            elif style.tag == "w:docDefaults":
                self._plain = inside(style, "w:rPrDefault/w:rPr")
        self._chains: dict[str, list[Element]] = {}
        self._looks: dict[tuple[object, ...], Look] = {}
        self._grounds: dict[tuple[str, str, str], _Ground] = {}

    def name(self, style: str) -> str:
        """As Word names it in every language: “heading 1”, “List Bullet”."""
        found = self._styles.get(style)
        named = found.find("w:name") if found is not None else None
        return named.get("w:val", "") if named is not None else style

    def chain(self, style: str, kind: str = "paragraph") -> list[Element]:
        """The style and those it is based on, nearest first."""
        style = style or self._default.get(kind, "")
        if style not in self._chains:
            seen: dict[str, Element] = {}
            named = style
            while named in self._styles and named not in seen:
                seen[named] = self._styles[named]
                based = seen[named].find("w:basedOn")
                named = based.get("w:val", "") if based is not None else ""
            self._chains[style] = list(seen.values())
        return self._chains[style]

    def about_paragraph(self, style: str, name: str) -> tuple[Element, Element] | None:
        """The nearest `name` that the style says of paragraphs, with the style that says it."""
        for one in self.chain(style):
            found = inside(one, f"w:pPr/{name}")
            if found is not None:
                return found, one
        return None

    def look(self, own: Element | None, paragraph: str, table: str = "") -> Look:
        """How a run looks that says `own` of itself, in a paragraph and a table of these styles."""
        said = () if own is None else tuple((one.tag, tuple(one.items())) for one in own)
        key = (said, paragraph, table)
        if key not in self._looks:
            named = own.find("w:rStyle") if own is not None else None
            ground = self._ground(named.get("w:val", "") if named is not None else "", paragraph, table)
            self._looks[key] = _Reckoning({one.tag: one for one in own} if own is not None else {}, ground).look
        return self._looks[key]

    def _ground(self, character: str, paragraph: str, table: str) -> "_Ground":
        key = (character, paragraph, table)
        if key not in self._grounds:
            levels = [
                _says_of_words(self.chain(character, "character")) if character else {},
                _says_of_words(self.chain(paragraph)),
                _says_of_words(self.chain(table, "table")) if table else {},
            ]
            plain = {one.tag: one for one in self._plain} if self._plain is not None else {}
            self._grounds[key] = _Ground(levels, plain)
        return self._grounds[key]

    def hides_everything(self, table: str) -> bool:
        """Whether a style of tables, or one of its parts (first row, odd rows), hides words."""
        styles = self.chain(table, "table") if table else []
        return any(is_on(one) for style in styles for one in style.iter("w:vanish"))


def is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get("w:val", "1").lower() not in OFF


def _says_of_words(styles: list[Element]) -> dict[str, Element]:
    """What these styles say of words; the nearest one counts."""
    said: dict[str, Element] = {}
    for style in reversed(styles):
        about = style.find("w:rPr")
        said |= {one.tag: one for one in about} if about is not None else {}
    return said


class _Ground:
    """What styles alone say: of characters, of the paragraph, of the table, and of the whole file."""

    def __init__(self, levels: list[dict[str, Element]], plain: dict[str, Element]) -> None:
        self.character = levels[0]
        self.everywhere = plain | levels[2] | levels[1] | levels[0]
        self._levels, self._plain = levels, plain
        self._on: dict[str, bool] = {}

    def is_on(self, name: str) -> bool:
        if name not in self._on:
            said = [level.get(name) for level in self._levels]
            if name in SWITCHES:
                self._on[name] = is_on(self._plain.get(name)) or sum(is_on(one) for one in said) % 2 == 1
            else:
                nearest = next((one for one in said if one is not None), self._plain.get(name))
                self._on[name] = is_on(nearest)
        return self._on[name]


class _Reckoning:
    def __init__(self, own: dict[str, Element], ground: _Ground) -> None:
        self._own, self._ground = own, ground

    @property
    def look(self) -> Look:
        return Look(
            bold=self._on("w:bCs" if self.other_script else "w:b"),
            hidden=next((name for name in ("w:vanish", "w:webHidden") if self._on(name)), ""),
            struck=next((name for name in ("w:strike", "w:dstrike") if self._on(name)), ""),
            raised={"superscript": "sup", "subscript": "sub"}.get(self._value("w:vertAlign"), ""),
            white=self._is_white(),
            tiny=self._is_tiny(),
            font=self.font,
            language=self._value("w:lang").split("-")[0].lower(),
            said=tuple(self._said()),
        )

    def _first(self, name: str, *, everywhere: bool) -> Element | None:
        ground = self._ground.everywhere if everywhere else self._ground.character
        return self._own.get(name, ground.get(name))

    def _value(self, name: str) -> str:
        found = self._first(name, everywhere=True)
        return found.get("w:val", "") if found is not None else ""

    def _on(self, name: str) -> bool:
        return is_on(self._own[name]) if name in self._own else self._ground.is_on(name)

    @cached_property
    def font(self) -> str:
        fonts = self._first("w:rFonts", everywhere=True)
        named = (fonts.get("w:ascii", "") or fonts.get("w:hAnsi", "")).lower() if fonts is not None else ""
        return named if named in SYMBOL_FONTS else ""

    def _is_white(self) -> bool:
        shaded = any(self._first(name, everywhere=True) is not None for name in ("w:shd", "w:highlight"))
        colour = self._first("w:color", everywhere=True)
        if colour is None or shaded:
            return False
        return colour.get("w:val", "").upper() == WHITE or (colour.get("w:themeColor", "") in {"background1", "light1"})

    def _is_tiny(self) -> bool:
        size = self._value("w:sz")
        return size.isdecimal() and int(size) <= SMALLEST

    @cached_property
    def other_script(self) -> bool:
        """Arabic, Hebrew and the like have switches of their own for bold and italics."""
        return self._on("w:rtl") or self._on("w:cs")

    def _said(self) -> Iterator[str]:
        """Rows about looks that the page has not and these words have."""
        italics = "w:iCs" if self.other_script else "w:i"
        if self._on(italics):
            yield italics
        for name in SAID:
            if name in SWITCHES:
                if self._on(name):
                    yield name
            elif (found := self._first(name, everywhere=name in IN_A_STYLE)) is not None and not _is_nothing(found):
                yield name


def _is_nothing(look: Element) -> bool:
    value = look.get("w:val", "").lower()
    if look.tag == "w:shd":
        return look.get("w:fill", "auto").lower() in {"auto", "ffffff"} and value in NOTHING
    if look.tag == "w:color":
        return value in {"auto", "000000", ""} or look.get("w:themeColor", "") in {"text1", "dark1"}
    return value in NOTHING

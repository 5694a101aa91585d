"""HTML of an old page as the pieces of a page here: headings, text, quotations, tables and folds, in their order.

Each tag is asked of the table. Makes up no words but “See:” before what was shown from elsewhere.
"""

from dataclasses import dataclass, field
from html import escape
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from hub.pages.imports.elements import Fate
from hub.pages.imports.wordpress import sentences as say
from hub.pages.imports.wordpress.inlines import Inlines, is_hidden, plain
from hub.pages.imports.wordpress.table import TAGS
from hub.pages.imports.wordpress.tables import table_of
from hub.pages.imports.wordpress.telling import Telling

LONGEST_HEADING, LONGEST_WHO, LONGEST_TITLE = 120, 160, 120
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
INLINE = {"a", "b", "strong", "em", "i", "u", "ins", "mark", "sup", "sub", "br", "s", "strike", "del", "span", "font",
          "small", "big", "code", "kbd", "samp", "var", "tt", "abbr", "acronym", "q", "dfn", "time", "bdi", "bdo",
          "wbr", "cite", "label"}  # fmt: skip
ELSEWHERE = {"iframe", "embed", "object", "video", "audio"}
GONE = {row.name for row in TAGS.values() if row.fate is Fate.UNSEEN}
LEFT_OUT = {row.name for row in TAGS.values() if row.fate is Fate.LEFT_OUT}


def pieces_of(html: str, telling: Telling) -> list[dict[str, Any]]:
    """Blocks as the body of guidance takes them, without what could not be kept; that is said."""
    page = _Page(telling)
    page.walk(BeautifulSoup(html, "html.parser"))
    page.end_text()
    return page.blocks


@dataclass
class _Page:
    telling: Telling
    blocks: list[dict[str, Any]] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)  # words that stand in no paragraph yet

    def __post_init__(self) -> None:
        self.inlines = Inlines(self.telling)

    def walk(self, parent: Tag) -> None:
        for child in parent.children:
            if isinstance(child, Tag):
                self._tag(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self.loose.append(escape(str(child), quote=False))

    def end_text(self) -> None:
        """What was gathered becomes one block of text."""
        self._end_paragraph()
        if self.text:
            self.blocks.append({"type": "text", "value": "".join(self.text)})
            self.text = []

    def _tag(self, tag: Tag) -> None:
        name = str(tag.name)
        if is_hidden(tag) and name not in GONE:
            self.telling.say(say.HIDDEN)
            self.telling.left_out.append(plain(tag))
        elif name in GONE:
            pass
        elif name in LEFT_OUT and name not in INLINE:
            self._leave_out(tag)
        elif name in ELSEWHERE:
            self._elsewhere(tag)
        elif name in INLINE:
            self.loose.append(self.inlines.of(tag))
        elif name in HEADINGS:
            self._heading(tag)
        else:
            self._block(tag, name)

    def _block(self, tag: Tag, name: str) -> None:
        if name not in TAGS:
            self.telling.say(say.OTHER_TAG.format(name[:40]))
        elif name not in {"table", "blockquote", "details"}:
            self.telling.row(TAGS[name])
        self._end_paragraph()
        ways = {"ul": self._list, "ol": self._list, "dt": self._term, "pre": self._typed, "blockquote": self._quote,
                "table": self._table, "details": self._fold, "figure": self._figure}  # fmt: skip
        ways.get(name, self.walk)(tag)
        self._end_paragraph()

    def _term(self, tag: Tag) -> None:
        self.loose.append(f"<b>{self.inlines.inside(tag)}</b>")

    def _typed(self, tag: Tag) -> None:
        lines = self.inlines.inside(tag, as_typed=True).strip("\n").split("\n")
        self.loose.append("<br>".join(lines))

    def _end_paragraph(self) -> None:
        html = "".join(self.loose).strip()
        self.loose = []
        if BeautifulSoup(html, "html.parser").get_text().strip():
            self.text.append(f"<p>{html}</p>")

    def _put(self, kind: str, value: Any) -> None:
        self.end_text()
        self.blocks.append({"type": kind, "value": value})

    def _heading(self, tag: Tag) -> None:
        self._end_paragraph()
        for picture in tag.find_all("img"):
            self.telling.say(say.PICTURE.format(_name_of(picture)))
        if tag.find("a"):
            self.telling.say(say.LINK_IN_A_HEADING)
        words = self.inlines.words(tag)
        if not words:
            return
        if len(words) > LONGEST_HEADING:
            self.telling.say(say.LONG_HEADING.format(words[:40]))
            self.text.append(f"<p><b>{escape(words, quote=False)}</b></p>")
            return
        if tag.name in {"h4", "h5", "h6"}:
            self.telling.say(say.SMALLER_HEADINGS)
        self._put("heading", {"text": words, "level": "h2" if tag.name in {"h1", "h2"} else "h3"})

    def _list(self, tag: Tag) -> None:
        html = self.inlines.listed(tag)
        first, kind = str(tag.get("start") or "1"), str(tag.get("type") or "1")
        first = first if first.isdecimal() and len(first) < 6 else "1"
        kind = kind if kind in {"1", "a", "A", "i", "I"} else "1"
        if tag.name == "ol" and (first, kind) != ("1", "1"):
            self._put("numbered", {"first": int(first), "kind": kind, "text": html})
        elif html:
            self.text.append(html)

    def _quote(self, tag: Tag) -> None:
        cite = tag.find("cite")
        who = self.inlines.words(cite) if isinstance(cite, Tag) else ""
        if isinstance(cite, Tag):
            cite.extract()
        words = self.inlines.lines(tag)
        if len(who) > LONGEST_WHO:
            self.telling.say(say.LONG_QUOTE)
            words, who = f"{words}\n{who}", ""
        if words:
            self._put("quote", {"text": words, "who": who, "made_up": False})

    def _table(self, tag: Tag) -> None:
        made = table_of(tag, self.inlines, self.telling)
        if isinstance(made, str):
            self.text.append(made)
        else:
            self._put("table", made)

    def _fold(self, tag: Tag) -> None:
        summary = tag.find("summary")
        title = self.inlines.words(summary) if isinstance(summary, Tag) else ""
        if isinstance(summary, Tag):
            summary.extract()
        inner = pieces_of(tag.decode_contents(), self.telling)
        if not title or len(title) > LONGEST_TITLE or any(one["type"] != "text" for one in inner):
            if title:
                self.text.append(f"<p><b>{escape(title, quote=False)}</b></p>")
            self.end_text()
            self.blocks += inner
            return
        self.end_text()
        fold = {"title": title, "text": "".join(one["value"] for one in inner)}
        if self.blocks and self.blocks[-1]["type"] == "accordion":
            self.blocks[-1]["value"]["items"].append(fold)
        else:
            self.blocks.append({"type": "accordion", "value": {"items": [fold]}})

    def _figure(self, tag: Tag) -> None:
        """A picture goes with what stands under it; anything else in a figure is as it would be without one."""
        if tag.find("img") and not tag.find(["table", "blockquote", "iframe", "video"]):
            for picture in tag.find_all("img"):
                self.telling.say(say.PICTURE.format(_name_of(picture)))
            self.telling.left_out.append(plain(tag))
            return
        embedded = tag.find(class_="wp-block-embed__wrapper")
        if isinstance(embedded, Tag) and not tag.find("iframe"):
            self._see(embedded.get_text().strip())
            self.telling.left_out.append(plain(embedded))
            embedded.extract()
        self.walk(tag)

    def _leave_out(self, tag: Tag) -> None:
        if tag.name in {"img", "picture"}:
            self.telling.say(say.PICTURE.format(_name_of(tag)))
        else:
            self.telling.row(TAGS[str(tag.name)])
        self.telling.left_out.append(plain(tag))

    def _elsewhere(self, tag: Tag) -> None:
        source = tag.find(["source", "a", "embed"]) or tag
        address = str(tag.get("src") or tag.get("data") or "")
        if not address and isinstance(source, Tag):
            address = str(source.get("src") or source.get("href") or "")
        self._see(address or tag.get_text().strip())
        self.telling.left_out.append(plain(tag))

    def _see(self, address: str) -> None:
        self._end_paragraph()
        address = f"https:{address}" if address.startswith("//") else address
        if not address.lower().startswith(("http://", "https://")) or len(address) > 2_000:
            self.telling.say(say.NOWHERE)
            return
        self.telling.say(say.ELSEWHERE)
        self.text.append(f'<p>See: <a href="{escape(address)}">{escape(address)}</a></p>')
        self.telling.added.append(f"See: {address}")


def _name_of(picture: Tag) -> str:
    """What the picture shows, or else what its file is called."""
    inner = picture.find("img") if picture.name == "picture" else picture
    found = inner if isinstance(inner, Tag) else picture
    name = str(found.get("alt") or "").strip() or str(found.get("src") or "").rsplit("/", 1)[-1]
    return name[:120] or say.NO_NAME

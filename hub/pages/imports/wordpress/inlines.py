"""What stands in a line of an old page: words, bold, raised letters, links. The rest becomes plain, and is said."""

import re
from html import escape
from typing import Any

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from hub.pages.imports.elements import Fate
from hub.pages.imports.wordpress import sentences as say
from hub.pages.imports.wordpress.table import TAGS
from hub.pages.imports.wordpress.telling import Telling, words_of

KEPT = {"b": "b", "strong": "b", "sup": "sup", "sub": "sub"}
STRUCK = {"s", "strike", "del"}
BLANK = re.compile(r"\s+")
UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_hidden(tag: Tag) -> bool:
    """Whether the old page showed nothing of it."""
    return tag.has_attr("hidden") or bool(UNSEEN.search(str(tag.get("style") or "")))


def plain(tag: Tag) -> str:
    """The words of a piece of the old page, for the proof."""
    return words_of(str(tag))


class Inlines:
    """Reads what stands in lines, and tells what it could not keep."""

    def __init__(self, telling: Telling) -> None:
        self.telling = telling

    def of(self, tag: Tag) -> str:
        """One tag as rich text."""
        name = str(tag.name)
        row = TAGS.get(name)
        if row is None:
            self.telling.say(say.OTHER_TAG.format(name[:40]))
        elif name not in {"img", "picture"}:
            self.telling.row(row)
        if is_hidden(tag):
            self.telling.say(say.HIDDEN)
        if row is not None and row.fate is Fate.UNSEEN:
            return ""
        if is_hidden(tag) or (row is not None and row.fate is Fate.LEFT_OUT):
            return self._gone(tag, name)
        if name == "br":
            return "<br>"
        inner = self.inside(tag)
        if name == "a" and tag.get("href") and inner.strip():
            return f'<a href="{escape(str(tag["href"]))}">{inner}</a>'
        return f"<{KEPT[name]}>{inner}</{KEPT[name]}>" if name in KEPT and inner.strip() else inner

    def inside(self, tag: Tag, *, as_typed: bool = False) -> str:
        """What stands in it. Words between two blocks that stand in one line are parted by a space."""
        found = []
        for child in tag.children:
            if isinstance(child, Tag):
                found.append(self.of(child) + (" " if child.name in {"p", "div", "li"} else ""))
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                text = str(child) if as_typed else BLANK.sub(" ", str(child))
                found.append(escape(text, quote=False))
        return "".join(found)

    def words(self, tag: Tag) -> str:
        """What of it stands on the page, as plain text in one line."""
        return " ".join(words_of(self.inside(tag).replace("<br>", " ")).split())

    def lines(self, tag: Tag) -> str:
        """The same with its lines."""
        parts = [child for child in tag.find_all(["p", "li", "h2", "h3", "h4"]) if child.find(["p", "li"]) is None]
        html = [self.inside(part) for part in parts] if parts else [self.inside(tag)]
        found = [" ".join(words_of(line).split()) for part in html for line in part.split("<br>")]
        return "\n".join(line for line in found if line)

    def listed(self, tag: Tag) -> str:
        """A list, with the lists in it."""
        items = []
        for item in tag.find_all("li", recursive=False):
            inner: list[str] = []
            for child in item.children:
                if isinstance(child, Tag) and child.name in {"ul", "ol"}:
                    inner.append(self.listed(child))
                elif isinstance(child, Tag):
                    inner.append(self.of(child) + ("<br>" if child.name in {"p", "div"} else ""))
                elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                    inner.append(escape(BLANK.sub(" ", str(child)), quote=False))
            items.append(f"<li>{''.join(inner).strip().removesuffix('<br>')}</li>")
        name = "ol" if tag.name == "ol" else "ul"
        return f"<{name}>{''.join(items)}</{name}>" if items else ""

    def _gone(self, tag: Tag, name: str) -> str:
        if name in {"img", "picture"}:
            self.telling.say(say.PICTURE.format(_named(tag)))
        self.telling.left_out.append(plain(tag))
        return ""


def _named(tag: Any) -> str:
    name = str(tag.get("alt") or "").strip() or str(tag.get("src") or "").rsplit("/", 1)[-1]
    return name[:120] or say.NO_NAME

"""A page of WordPress's as plain HTML: its blocks unwrapped, its brackets resolved, its lines made paragraphs.

What only WordPress could show is left out, with a sentence. What a plugin made keeps its words.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from hub.pages.imports.elements import Fate
from hub.pages.imports.wordpress import sentences as say
from hub.pages.imports.wordpress.table import BLOCKS, SHORTCODES
from hub.pages.imports.wordpress.telling import Telling, words_of

BRACKETS = re.compile(r"\[(/?)([a-zA-Z][\w-]{0,60})((?:\s[^\[\]<>]{0,2000})?)\]")
NAMED = re.compile(r"\s[\w-]{1,60}\s?=\s?[\"'“”″&\w]")
STARTS_A_BLOCK = re.compile(
    r"</?(p|div|ul|ol|li|h[1-6]|blockquote|table|t[rdh]|figure|section|hr|pre|dl|details|iframe|form|script|style)\b",
    re.IGNORECASE,
)
PARAGRAPHS = re.compile(r"\n[ \t\r]*\n")
DEEPEST = 3  # of blocks that several pages share, one in another


def as_html(content: str, shared: Mapping[str, str], telling: Telling, *, deep: int = 0) -> str:
    """`content` without what only WordPress reads."""
    page = _Blocks(shared, telling, deep)
    for text, mark in _pieces(content):
        page.read(text)
        page.meet(mark)
    return _without_brackets("".join(page.found), telling)


Mark = tuple[str, bool, bool, dict[str, Any]]
NO_MARK: Mark = ("", False, False, {})


def _pieces(content: str) -> list[tuple[str, Mark]]:
    """Each stretch of text with the mark of a block behind it. Other comments are nothing."""
    pieces: list[tuple[str, Mark]] = []
    place = 0
    while (start := content.find("<!--", place)) >= 0:
        end = content.find("-->", start + 4)
        if end < 0:
            break
        pieces.append((content[place:start], _mark(content[start + 4 : end])))
        place = end + 3
    return [*pieces, (content[place:], NO_MARK)]


def _mark(comment: str) -> Mark:
    """`wp:acme/box {"ref": 3} /`, as WordPress writes where a block begins, ends, or stands alone."""
    words = comment.strip()
    closes, alone = words.startswith("/"), words.endswith("/")
    words = words.removeprefix("/").removesuffix("/")
    if not words.startswith("wp:"):
        return NO_MARK
    name, *said = words.removeprefix("wp:").split(None, 1) or [""]
    if not name:
        return NO_MARK
    try:
        attributes = json.loads(said[0]) if said else {}
    except (ValueError, RecursionError):
        attributes = {}
    name = name if "/" in name else f"core/{name}"
    return name, closes, alone, attributes if isinstance(attributes, dict) else {}


@dataclass
class _Blocks:
    """The HTML found so far, the blocks that are open with where each began, and those of them that are left out."""

    shared: Mapping[str, str]
    telling: Telling
    deep: int
    found: list[str] = field(default_factory=list)
    open: list[tuple[str, int]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def read(self, text: str) -> None:
        """A stretch of text. Outside any block WordPress itself makes paragraphs of it."""
        if text and self.gone:
            self.telling.left_out.append(words_of(text))
        elif text:
            self.found.append(text if self.open else _paragraphs(text))

    def meet(self, mark: Mark) -> None:
        name, closes, alone, attributes = mark
        if closes:
            self._close(name)
        elif name == "core/block":
            self.found.append(self._of_several_pages(attributes))
        elif name:
            self._begin(name, stands_alone=alone)

    def _begin(self, name: str, *, stands_alone: bool) -> None:
        row = BLOCKS.get(name)
        if row is not None and not self.gone:
            self.telling.row(row)
        if stands_alone:
            if row is None and not self.gone:
                self.telling.say(say.PLUGIN_EMPTY.format(name[:80]))
            return
        self.open.append((name, len(self.found)))
        if self.gone or (row is not None and row.fate is Fate.LEFT_OUT):
            self.gone.append(name)

    def _close(self, name: str) -> None:
        if not self.open or self.open[-1][0] != name:
            return  # somebody deleted one of the two marks: what stands between them is text
        _, start = self.open.pop()
        if self.gone:
            self.gone.pop()
        elif name not in BLOCKS:
            holds = "".join(self.found[start:]).strip()
            self.telling.say((say.PLUGIN if holds else say.PLUGIN_EMPTY).format(name[:80]))

    def _of_several_pages(self, attributes: dict[str, Any]) -> str:
        """What several pages use: its words stand in each of them."""
        content = self.shared.get(str(attributes.get("ref", "")))
        if content is None or self.deep >= DEEPEST:
            self.telling.say(say.PATTERN_GONE)
            return ""
        self.telling.shared.append(content)
        return as_html(content, self.shared, self.telling, deep=self.deep + 1)


def _paragraphs(text: str) -> str:
    """Text without blocks, in which an empty line parts paragraphs and a line ends where it was typed."""
    made = []
    for part in PARAGRAPHS.split(text):
        typed = part.strip()
        if typed and not STARTS_A_BLOCK.search(typed):
            typed = "<p>" + typed.replace("\n", "<br>") + "</p>"
        made.append(typed)
    return "\n".join(made)


def _without_brackets(text: str, telling: Telling) -> str:
    """[gallery ids="1,2"] and its like. “[sic]” is what somebody wrote, and stays."""
    closed = {found[2] for found in BRACKETS.finditer(text) if found[1]}

    def instead(found: re.Match[str]) -> str:
        name = found[2].lower()
        if not (name in SHORTCODES or found[1] or found[2] in closed or NAMED.match(found[3])):
            return found[0]
        telling.left_out.append(found[0])
        return _bracket(name, found[3], telling, closes=bool(found[1]))

    return BRACKETS.sub(instead, text)


def _bracket(name: str, attributes: str, telling: Telling, *, closes: bool) -> str:
    if name in {"caption", "wp_caption"}:
        return "</figure>" if closes else "<figure>"
    if name == "embed":
        return "</iframe>" if closes else "<iframe>"
    if closes:
        return ""
    address = re.search(r"(?:src|mp4|mp3|url)\s?=\s?[\"']([^\"'\s]{1,2000})", attributes)
    if name in {"audio", "video"} and address:
        return f'<iframe src="{escape(address[1])}"></iframe>'
    if name in {"gallery", "playlist"}:
        return f'<img alt="{escape(name)}">'
    telling.say(say.SHORTCODE.format(name))
    return ""

"""Words of a Word file as the rich text that a page keeps: bold, raised and lowered letters, links and line breaks.

Makes nothing else: every letter of the file is escaped, every tag is written here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby

from hub.pages.imports.model import Words

RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


@dataclass(slots=True)
class Item:
    """One entry of a list: its words and the lists inside it."""

    html: str
    inner: "list[Numbers]" = field(default_factory=list)


@dataclass(slots=True)
class Numbers:
    """A list. `first` and `kind` are what its first entry shows; a page's own lists begin with 1."""

    ordered: bool
    first: int = 1
    kind: str = "1"
    items: list[Item] = field(default_factory=list)

    def html(self) -> str:
        tag = "ol" if self.ordered else "ul"
        entries = "".join(f"<li>{item.html}{''.join(inner.html() for inner in item.inner)}</li>" for item in self.items)
        return f"<{tag}>{entries}</{tag}>"


def trimmed(words: Iterable[Words]) -> list[Words]:
    """Without space or line breaks at either end, and with neighbours of one look made one."""
    joined = [
        Words("".join(one.text for one in same), *look)
        for look, same in groupby(words, key=lambda one: (one.bold and one.text != "\n", one.raised, one.link))
    ]
    while joined and not joined[0].text.strip():
        joined.pop(0)
    while joined and not joined[-1].text.strip():
        joined.pop()
    if joined:
        joined[0] = replace(joined[0], text=joined[0].text.lstrip())
        joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip())
    return joined


def inline_html(words: Iterable[Words]) -> str:
    """The words of one paragraph."""
    made = []
    for link, pieces in groupby(trimmed(words), key=lambda one: one.link):
        inside = "".join(_one(piece) for piece in pieces)
        made.append(f'<a href="{escape(link)}">{inside}</a>' if link and inside.strip() else inside)
    return "".join(made)


def _one(piece: Words) -> str:
    text = escape(re.sub(" {2,}", " ", piece.text), quote=False).replace("\n", "<br/>")
    if not piece.text.strip():
        return text
    if piece.raised:
        text = f"<{piece.raised}>{text}</{piece.raised}>"
    return f"<b>{text}</b>" if piece.bold else text


def plain_text(words: Iterable[Words]) -> tuple[str, set[str]]:
    """The words on one line where only letters can stand, and what that lost: "break", "raised", "link"."""
    lost: set[str] = set()
    text = " ".join("".join(_letters(piece, lost) for piece in trimmed(words)).split())
    return text, lost


def _letters(piece: Words, lost: set[str]) -> str:
    if "\n" in piece.text:
        lost.add("break")
    if piece.link:
        lost.add("link")
    if not piece.raised:
        return piece.text
    there = piece.text.translate(RAISED if piece.raised == "sup" else LOWERED)
    if any(letter in piece.text for letter in there if letter.isalnum() and letter.isascii()):
        lost.add("raised")
        return piece.text
    return there

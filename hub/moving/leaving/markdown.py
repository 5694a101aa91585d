"""The same page as Markdown, made from its HTML: for whoever wants to edit it elsewhere. Says no more and no less.

Knows the tags that `readable` writes. A sign that Markdown would read as its own gets a backslash.
"""

import re
from collections.abc import Iterable
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

SIGNS = re.compile(r"([\\`*_{}\[\]<>#|])")
BLANK = re.compile(r"\s+")
HEADINGS = {"h1": "#", "h2": "##", "h3": "###"}
RUNS = {"b": "**", "strong": "**", "em": "*", "i": "*"}
BLOCKS = {*HEADINGS, "p", "ul", "ol", "blockquote", "table"}


def as_markdown(html: str) -> str:
    """A document or a piece of one."""
    soup = BeautifulSoup(html, "html.parser")
    return "\n\n".join(_blocks((soup.body or soup).children)) + "\n"


def _blocks(children: Iterable[Any]) -> list[str]:
    """Each block as its own paragraph; runs between blocks make one together."""
    found: list[str] = []
    loose = ""
    for child in children:
        if isinstance(child, Tag) and child.name in BLOCKS:
            found += [loose.strip(), *_block(child)]
            loose = ""
        else:
            loose += _run(child)
    return [one for one in [*found, loose.strip()] if one]


def _block(tag: Tag) -> list[str]:
    if tag.name in HEADINGS:
        return [f"{HEADINGS[tag.name]} {_runs(tag)}"]
    if tag.name in {"ul", "ol"}:
        return ["\n".join(_items(tag))]
    if tag.name == "blockquote":
        inner = "\n\n".join(_blocks(tag.children))
        return ["\n".join(f"> {line}" if line else ">" for line in inner.split("\n"))]
    return _table(tag) if tag.name == "table" else [_runs(tag)]


def _items(tag: Tag) -> list[str]:
    start = int(str(tag.get("start") or 1))
    lines = []
    for number, item in enumerate(tag.find_all("li", recursive=False), start=start):
        mark = f"{number}. " if tag.name == "ol" else "- "
        first, *rest = "\n".join(_blocks(item.children)).split("\n")
        lines += [mark + first, *(" " * len(mark) + line for line in rest)]
    return lines


def _table(tag: Tag) -> list[str]:
    rows = [[_runs(cell) for cell in row.find_all(["th", "td"])] for row in tag.find_all("tr")]
    lines = ["| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |" for row in rows]
    if lines:
        lines.insert(1, "|" + " --- |" * len(rows[0]))
    caption = tag.find("caption")
    return [*([_runs(caption)] if isinstance(caption, Tag) else []), "\n".join(lines)]


def _runs(tag: Tag) -> str:
    return "".join(_run(child) for child in tag.children).strip()


def _run(child: Any) -> str:
    if isinstance(child, NavigableString):
        return _plain(str(child))
    if child.name == "br":
        return "  \n"
    if child.name == "img":
        return f"![{_plain(str(child.get('alt', '')))}]({child['src']})"
    inner = "".join(_run(each) for each in child.children)
    if child.name == "a" and child.get("href"):
        return f"[{inner}]({child['href']})"
    mark = RUNS.get(child.name, "")
    return f"{mark}{inner}{mark}" if inner.strip() else inner


def _plain(text: str) -> str:
    return SIGNS.sub(r"\\\1", BLANK.sub(" ", text))

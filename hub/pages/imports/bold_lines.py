"""Bold lines that may be meant as headings: found in a draft's text, and made headings where somebody says so.

Works on the body as it is kept. Most bold lines of a Word file are headings, so those that look like one are ticked for
the writer, who is told by what; nothing becomes a heading by itself.
"""

import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag

LONGEST_HEADING = 120
MOST_WORDS = 12  # of a line that is ticked beforehand
Block = dict[str, Any]


@dataclass(frozen=True)
class BoldLine:
    """`key` names the line and its words: it finds nothing any more once somebody has changed them."""

    key: str
    text: str

    @property
    def looks_like_a_heading(self) -> bool:
        """Short, and it does not end as a sentence does."""
        return len(self.text.split()) <= MOST_WORDS and not self.text.endswith((".", "!", ";", ","))


def bold_lines(body: list[Block]) -> list[BoldLine]:
    """Each paragraph that is bold throughout, and each bold first line of one, in order."""
    return [line for block in body if block["type"] == "text" for _, _, line in _lines(block)]


def with_headings(body: list[Block], chosen: set[str]) -> tuple[list[Block], int]:
    """The body with the chosen lines as headings, and how many were found."""
    made: list[Block] = []
    found, has_headings = 0, any(block["type"] == "heading" for block in body)
    for block in body:
        lines = [one for one in _lines(block) if one[2].key in chosen] if block["type"] == "text" else []
        if not lines:
            made.append(block)
            continue
        found += len(lines)
        made += _divided(block, lines, level="h3" if has_headings else "h2")
    return made, found


def _lines(block: Block) -> Iterator[tuple[Tag, list[PageElement], BoldLine]]:
    """The paragraph, the nodes of its bold line, and the line."""
    soup = BeautifulSoup(block["value"], "html.parser")
    for place, paragraph in enumerate(soup.find_all("p", recursive=False)):
        first = _first_line(paragraph)
        text = " ".join("".join(_text(node) for node in first).split())
        if text and len(text) <= LONGEST_HEADING and all(_is_bold(node) for node in first):
            key = f"{block.get('id', '')}-{place}-{zlib.crc32(text.encode()):08x}"
            yield paragraph, first, BoldLine(key, text)


def _first_line(paragraph: Tag) -> list[PageElement]:
    line: list[PageElement] = []
    for node in paragraph.children:
        if isinstance(node, Tag) and node.name == "br":
            break
        line.append(node)
    return line


def _is_bold(node: PageElement) -> bool:
    if isinstance(node, NavigableString):
        return not node.strip()
    if not isinstance(node, Tag):
        return True
    return node.name == "b" or all(_is_bold(inner) for inner in node.children)


def _text(node: PageElement) -> str:
    return str(node) if isinstance(node, NavigableString) else node.get_text(" ")


def _divided(block: Block, lines: list[tuple[Tag, list[PageElement], BoldLine]], *, level: str) -> Iterator[Block]:
    """The block in pieces: what stands before each line, the line as a heading, and what is left."""
    headings = {id(paragraph): (first, line) for paragraph, first, line in lines}
    soup = lines[0][0].parent
    kept: list[str] = []
    number = block.get("id")
    for node in list(soup.children) if soup is not None else []:
        if id(node) not in headings or not isinstance(node, Tag):
            kept.append(str(node))
            continue
        first, line = headings[id(node)]
        if kept:
            yield {**block, "value": "".join(kept), "id": number}
            kept, number = [], str(uuid.uuid4())
        yield {"type": "heading", "value": {"text": line.text, "level": level}, "id": str(uuid.uuid4())}
        rest = _without(node, first)
        if rest:
            kept.append(rest)
    if kept:
        yield {**block, "value": "".join(kept), "id": number}


def _without(paragraph: Tag, first: list[PageElement]) -> str:
    """The paragraph after its first line and the break behind it."""
    for node in first:
        node.extract()
    if isinstance(following := next(paragraph.children, None), Tag) and following.name == "br":
        following.extract()
    return str(paragraph) if paragraph.get_text().strip() else ""

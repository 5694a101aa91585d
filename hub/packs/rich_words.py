"""Rich text as plain pieces, which PDF and HTML are both written from. Whatever is not a piece is words and no more.

A block is a dictionary with `k`, its kind; a run inside a line is a list with its kind first. All of it is JSON, so
that nothing anybody typed is ever read as the markup of another program.
"""

import html.parser
import re
from typing import Any
from urllib.parse import urljoin

from django.conf import settings

from hub.pages.models import HubPage
from hub.pages.visibility import holds_nobody

Block = dict[str, Any]
Run = list[Any]
RUNS = {"b": "b", "strong": "b", "em": "b", "i": "b", "sup": "sup", "sub": "sub"}
BREAKS = {"p", "div", "li", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}
ELSEWHERE = re.compile(r"(https?://|mailto:|tel:)\S+$", re.IGNORECASE)
BLANK = re.compile(r"[ \t\n\r\f]+")


def blocks_of(source: str) -> list[Block]:
    """The paragraphs and lists of rich text as Wagtail keeps it. Links to a story are words without a link."""
    reader = _Reader(_addresses(source))
    reader.feed(source)
    reader.close()
    return reader.blocks


def lines(text: str) -> list[Run]:
    """Plain text as runs, with its line breaks."""
    runs: list[Run] = []
    for number, line in enumerate(text.strip().splitlines()):
        runs += ([["br"]] if number else []) + [["t", line]]
    return runs


def paragraph(text: str) -> Block:
    return {"k": "p", "c": lines(text)}


def a_list(*, ordered: bool) -> Block:
    """A list without items; a numbered one counts 1, 2, 3."""
    return {"k": "list", "ordered": ordered, "start": 1, "type": "1", "items": []}


def absolute(path: str) -> str:
    """An address of ours as it is typed on another machine."""
    return urljoin(settings.HUB_ADDRESS, path)


def _addresses(source: str) -> dict[int, str]:
    """Where links to pages lead, by number: to public pages that hold nobody's story."""
    numbers = {int(number) for number in re.findall(r'\bid="(\d{1,18})"', source)}
    pages = HubPage.objects.live().filter(holds_nobody(), pk__in=numbers).defer_streamfields() if numbers else []
    return {page.pk: absolute(page.get_url() or "/") for page in pages}


class _Reader(html.parser.HTMLParser):
    """Builds blocks and the lists inside them; `stack` holds the runs that are open."""

    def __init__(self, addresses: dict[int, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses = addresses
        self.blocks: list[Block] = []
        self.places: list[list[Block]] = [self.blocks]  # where the next block goes: the text, or an item of a list
        self.line: list[Run] = []
        self.open: list[tuple[str, list[Run]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag in BREAKS:
            self.end_line()
        if tag in ("ul", "ol"):
            self.places[-1].append(a_list(ordered=tag == "ol"))
        elif tag == "li":
            self.begin_item()
        elif tag == "br":
            self.runs.append(["br"])
        elif tag in RUNS:
            self.begin_run([RUNS[tag], []], tag)
        elif tag == "a":
            address = self.address(said)
            self.begin_run(["a", address, []] if address else ["span", []], tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in RUNS or tag == "a":
            for place in reversed(range(len(self.open))):
                if self.open[place][0] == tag:
                    del self.open[place:]
                    break
        elif tag in BREAKS:
            self.end_line()
        if tag == "li" and len(self.places) > 1:
            self.places.pop()

    def handle_data(self, data: str) -> None:
        text = BLANK.sub(" ", data)
        if text.strip() or (self.runs and text):
            self.runs.append(["t", text])

    def close(self) -> None:
        super().close()
        self.end_line()

    @property
    def runs(self) -> list[Run]:
        return self.open[-1][1] if self.open else self.line

    def begin_run(self, run: Run, tag: str) -> None:
        self.runs.append(run)
        self.open.append((tag, run[-1]))

    def begin_item(self) -> None:
        here = self.places[-1]
        if not here or here[-1]["k"] != "list":
            here.append(a_list(ordered=False))
        item: list[Block] = []
        here[-1]["items"].append(item)
        self.places.append(item)

    def end_line(self) -> None:
        if self.line:
            self.places[-1].append({"k": "p", "c": self.line})
        self.line, self.open = [], []

    def address(self, said: dict[str, str]) -> str:
        if said.get("linktype") == "page":
            return self.addresses.get(int(said["id"]), "") if said.get("id", "").isdecimal() else ""
        where = said.get("href", "") if "linktype" not in said else ""
        return where if ELSEWHERE.match(where) else ""

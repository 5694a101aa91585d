"""The blocks of a page as plain pieces for paper. Whatever moves, folds or plays is said in words; nothing is dropped
without a word but what only works on a screen.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from wagtail.rich_text import RichText

from hub.packs.pictures import Picture, printed
from hub.packs.rich_words import Block, a_list, blocks_of, lines, paragraph
from hub.pages.help_numbers import numbers_for

NOT_HERE = "A picture stands here that could not be printed."


@dataclass(slots=True)
class Pictures:
    """The pictures of a pack, once each, by the SHA-256 of the original. `agreed` is what a story proved."""

    agreed: dict[int, Picture] = field(default_factory=dict)
    found: dict[str, Picture] = field(default_factory=dict)

    def key_of(self, image: Any) -> str:
        """The name of this picture in the pack; empty when its file cannot be printed."""
        picture = self.agreed.get(image.pk) or printed(image, image.sha256)
        if picture is None:
            return ""
        self.found[image.sha256] = picture
        return str(image.sha256)


def of_stream(stream: Iterable[Any], pictures: Pictures) -> list[Block]:
    """The pieces of every block in `stream`, in order."""
    return [piece for block in stream for piece in _of_block(block.block_type, block.value, pictures)]


def rich(value: Any) -> list[Block]:
    """The pieces of a rich text, whether a field or a block holds it."""
    return blocks_of(value.source if isinstance(value, RichText) else str(value or ""))


def _of_block(kind: str, value: Any, pictures: Pictures) -> list[Block]:
    if kind == "image":
        return _image(value, pictures)
    return KNOWN[kind](value) if kind in KNOWN else []


def _image(value: Any, pictures: Pictures) -> list[Block]:
    image = value["image"]
    if not image:
        return []
    key = pictures.key_of(image)
    alt = value["alt_text"] or image.default_alt
    if not key:
        words = f"{NOT_HERE} {alt}".strip()
        return [{"k": "note", "t": words}] + ([paragraph(value["caption"])] if value["caption"] else [])
    decorative = bool(value["decorative"]) or not alt
    return [{"k": "img", "key": key, "alt": "" if decorative else alt, "caption": value["caption"]}]


def _heading(value: Any) -> list[Block]:
    return [{"k": "h", "level": 3 if value["level"] == "h3" else 2, "t": value["text"]}]


def _numbered(value: Any) -> list[Block]:
    pieces = rich(value["text"])
    first = next((piece for piece in pieces if piece["k"] == "list" and piece["ordered"]), None)
    if first:
        first |= {"start": int(value["first"]), "type": str(value["kind"])}
    return pieces


def _quote(value: Any) -> list[Block]:
    note = "Example words: we made them up." if value["made_up"] else ""
    return [{"k": "quote", "c": lines(f"“{value['text']}”"), "who": value["who"], "note": note}]


def _callout(value: Any) -> list[Block]:
    return [{"k": "box", "title": value["title"], "c": rich(value["text"]), "strand": value["strand"]}]


def _table(value: Any) -> list[Block]:
    table = value["table"]
    head = [str(column["heading"]) for column in table.columns]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return [{"k": "table", "caption": value["caption"], "head": head, "rows": rows}] if head and rows else []


def _cell(cell: Any) -> list[Block]:
    return rich(cell.value) if isinstance(cell.value, RichText) else [paragraph(str(cell.value or ""))]


def _accordion(value: Any) -> list[Block]:
    folds = ([{"k": "h", "level": 3, "t": item["title"]}, *rich(item["text"])] for item in value["items"])
    return [piece for fold in folds for piece in fold]


def _help_lines(value: Any) -> list[Block]:
    phones = [phone(line) for line in numbers_for(value["topics"])]
    return [{"k": "h", "level": 2, "t": value["title"]}, {"k": "phones", "lines": phones}] if phones else []


def phone(line: Any) -> list[Any]:
    """Somebody to ring: name, number, when they answer, and whatever else there is to say."""
    bsl = f"In British Sign Language: {line.bsl}" if line.bsl else ""
    return [line.name, line.phone, line.when, [said for said in (line.text_number, bsl, line.about) if said]]


def _film(value: Any) -> list[Block]:
    minutes = f", {value['minutes']} minutes" if value["minutes"] else ""
    address = [["t", f"Film by {value['who']}{minutes}: "], ["a", value["url"], [["t", value["url"]]]]]
    return [
        {"k": "h", "level": 3, "t": value["title"]},
        {"k": "p", "c": address},
        paragraph(value["what"]),
        *rich(value["transcript"]),
    ]


def _download(value: Any) -> list[Block]:
    return [{"k": "note", "t": f"There is a file to go with this on the page: {value['title']}."}]


def steps(timed: Iterable[dict[str, Any]]) -> list[Block]:
    """The steps of an activity: minutes, title, what to do, and words that could be said."""
    return [
        {
            "k": "step",
            "number": number,
            "minutes": f"{step['minutes']} min",
            "so_far": f"{step['until']} so far",
            "title": step["title"],
            "c": rich(step["text"]),
            "say": step["say"],
        }
        for number, step in enumerate(timed, start=1)
    ]


def things(words: Iterable[str]) -> Block:
    """A list of short things."""
    return a_list(ordered=False) | {"items": [[paragraph(word)] for word in words]}


KNOWN: dict[str, Callable[[Any], list[Block]]] = {
    "text": rich,
    "numbered": _numbered,
    "heading": _heading,
    "quote": _quote,
    "callout": _callout,
    "table": _table,
    "accordion": _accordion,
    "help_lines": _help_lines,
    "film": _film,
    "download": _download,
}

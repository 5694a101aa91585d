"""A Word file as the pieces of a page: headings, text, tables and pictures; and a sentence for all that is lost.

What comes out of Word is cleaned before it is cut: no script, no style, no picture or link but those we name.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

import mammoth
import nh3
from bs4 import BeautifulSoup
from bs4.element import Tag

from hub.pages.imports.opening import BROKEN, Refused

HEADINGS = {f"h{n}" for n in range(1, 7)}
TAGS = HEADINGS | {"p", "ul", "ol", "li", "b", "strong", "em", "a", "table", "thead", "tbody", "tr", "td", "th", "img"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
SCHEMES = {"http", "https", "mailto", "tel"}
STYLES = "\n".join(
    ["p[style-name='Title'] => h1:fresh", *(f"p[style-name='heading {n}'] => h6:fresh" for n in (7, 8, 9))]
)
LONGEST_HEADING = 120
NOT_KEPT = {
    "word/comments": "Comments at the side were left out.",
    "word/header": "What stands at the top or bottom of every page was left out.",
    "word/footer": "What stands at the top or bottom of every page was left out.",
    "word/charts/": "Charts were left out. Save them as pictures and add them by hand.",
    "word/diagrams/": "Diagrams were left out. Save them as pictures and add them by hand.",
    "word/embeddings/": "Files inside the file were left out.",
}


@dataclass
class Picture:
    data: bytes
    alt_text: str


@dataclass
class Converted:
    """`blocks` are kind and value as the body takes them; a picture's value is its number in `pictures`."""

    title: str = ""
    blocks: list[tuple[str, Any]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def lose(self, sentence: str) -> None:
        if sentence not in self.lost:
            self.lost.append(sentence)


def convert(data: bytes) -> Converted:
    """What a checked Word file holds. Raises Refused when it cannot be read to its end."""
    made = Converted()
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda image: _keep(image, made)),
            style_map=STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
        )
        html = _clean(result.value, made)
        _cut(BeautifulSoup(html, "html.parser"), made)
    except (MemoryError, KeyboardInterrupt):
        raise
    except Exception as error:  # a damaged file can fail anywhere in a reader
        raise Refused(BROKEN) from error
    for message in result.messages:
        made.lose(_in_words(message.message))
    _look_for_what_word_keeps_apart(data, made)
    if not made.blocks:
        raise Refused("There are no words in this file that a page could hold.")
    return made


def _keep(image: Any, made: Converted) -> dict[str, str]:
    with image.open() as file:
        made.pictures.append(Picture(file.read(), (image.alt_text or "").strip()[:250]))
    return {"src": f"picture-{len(made.pictures) - 1}"}


def _clean(html: str, made: Converted) -> str:
    if "<em>" in html:
        made.lose("Italics became plain: the Hub's pages have bold only.")
    if 'href="#footnote' in html or 'href="#endnote' in html:
        made.lose("Footnotes stand as a list at the end.")
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def _cut(soup: BeautifulSoup, made: Converted) -> None:
    _tidy(soup, made)
    tops = [node for node in soup.children if isinstance(node, Tag)]
    if tops and tops[0].name == "h1":
        made.title = _text(tops.pop(0))
    highest = min((node.name for node in tops if node.name in HEADINGS), default="h1")
    words: list[str] = []
    for node in tops:
        pictures = [str(img.get("src", "")) for img in node.find_all("img")] + (
            [str(node.get("src", ""))] if node.name == "img" else []
        )
        for img in node.find_all("img"):
            img.extract()
        if node.name in HEADINGS or node.name == "table" or pictures:
            _flush(words, made)
        _place(node, words, made, highest=highest)
        if pictures:
            _flush(words, made)
        made.blocks += [("image", int(src.removeprefix("picture-"))) for src in pictures if src.startswith("picture-")]
    _flush(words, made)


def _tidy(soup: BeautifulSoup, made: Converted) -> None:
    for node in soup.find_all(["strong", "em", "a"]):
        if node.name == "strong":
            node.name = "b"
        elif node.name == "em":
            node.unwrap()
        elif not re.match(r"https?://|mailto:|tel:", str(node.get("href", ""))):
            if node.get_text().strip() and not str(node.get("href", "#")).startswith("#"):
                made.lose("A link to a file on somebody's computer or network became plain text.")
            elif node.get_text().strip() and not node.get("href"):
                made.lose("A link that is no web address became plain text.")
            node.unwrap()


def _place(node: Tag, words: list[str], made: Converted, *, highest: str) -> None:
    text = _text(node)
    if node.name in HEADINGS and text and len(text) <= LONGEST_HEADING:
        made.blocks.append(("heading", {"text": text, "level": "h2" if node.name == highest else "h3"}))
    elif node.name in HEADINGS and text:
        made.lose(f"A heading was too long and became text: “{text[:60]}…”")
        node.name = "p"
        words.append(str(node))
    elif node.name == "table":
        _table(node, made)
    elif text:
        words.append(str(node))


def _table(node: Tag, made: Converted) -> None:
    number = 1 + sum(kind == "table" for kind, _ in made.blocks)
    rows = [[_text(cell) for cell in row.find_all(["td", "th"], recursive=False)] for row in node.find_all("tr")]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    if node.find("table") or node.select("[colspan], [rowspan]"):
        made.lose(f"Table {number} had joined cells or a table inside. Look whether each fact is in its place.")
    width = max(len(row) for row in rows)
    head, *rest = [row + [""] * (width - len(row)) for row in rows]
    table = {
        "columns": [{"type": "text", "heading": heading} for heading in head],
        "rows": [{"values": row} for row in rest],
        "caption": "",
    }
    made.blocks.append(("table", {"caption": f"Table {number}", "table": table}))
    made.lose(f"Table {number} needs a line that says what it shows.")


def _flush(words: list[str], made: Converted) -> None:
    if words:
        made.blocks.append(("text", "".join(words)))
        words.clear()


def _text(node: Tag) -> str:
    return re.sub(r"\s+", " ", node.get_text(" " if node.name in {"td", "th"} else "")).strip()


def _in_words(message: str) -> str:
    style = re.match(r"Unrecognised (?:paragraph|run|table) style: '?([^'(]*)", message)
    if style:
        return f"The style “{style[1].strip()}” became plain text."
    if "external image" in message:
        return "A picture that is kept elsewhere, and only linked from the file, was left out."
    return "Something that Word draws and a page cannot hold was left out. Compare the draft with the file."


def _look_for_what_word_keeps_apart(data: bytes, made: Converted) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names, text = archive.namelist(), archive.read("word/document.xml")
    for start, sentence in NOT_KEPT.items():
        if any(name.startswith(start) for name in names):
            made.lose(sentence)
    if re.search(rb"<w:(?:ins|del) ", text):
        made.lose("Tracked changes were taken as accepted.")

"""Where does a block point at a picture, a file or another page? One walk over what a body keeps, for both ways.

In the files a picture and a file are numbers of the lists beside, and a link in a text is `page:12` or `document:3`.
Whoever walks says what becomes of each; the numbers that Wagtail gives blocks are left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


@dataclass(frozen=True)
class Pointers:
    """What becomes of the number of a picture, of a file, and of a rich text."""

    picture: Callable[[Any], int | None]
    document: Callable[[Any], int | None]
    text: Callable[[str], str]


def repointed(block: Any, raw: Any, to: Pointers) -> Any:
    """`raw`, as a StreamField keeps it, with every pointer changed. Blocks of no known type are left out."""
    if isinstance(block, blocks.BaseStreamBlock):
        known = [item for item in raw or [] if item["type"] in block.child_blocks]
        children = block.child_blocks
        return [{"type": i["type"], "value": repointed(children[i["type"]], i["value"], to)} for i in known]
    if isinstance(block, blocks.BaseStructBlock):
        children = block.child_blocks
        return {name: repointed(child, _said(raw, name, child), to) for name, child in children.items()}
    if isinstance(block, blocks.ListBlock):
        return [repointed(block.child_block, _inner(item), to) for item in raw or []]
    if isinstance(block, BaseTypedTableBlock):
        return _table(block, raw, to)
    if isinstance(block, ImageChooserBlock):
        return to.picture(raw)
    if isinstance(block, DocumentChooserBlock):
        return to.document(raw)
    return to.text(raw) if isinstance(block, blocks.RichTextBlock) and isinstance(raw, str) else raw


def linked_outside(html: str, *, pages: set[int], documents: set[int]) -> str:
    """A rich text as the Hub keeps it, with links that stand for themselves; notes which pages and files it names."""
    if "linktype" not in html and "<embed" not in html:
        return html
    soup = BeautifulSoup(html, "html.parser")
    for embed in soup.find_all("embed"):
        embed.decompose()
    for link in soup.find_all("a", linktype=True):
        kind, number = str(link["linktype"]), str(link.get("id", ""))
        if kind in {"page", "document"} and number.isdecimal():
            (pages if kind == "page" else documents).add(int(number))
            link.attrs = {"href": f"{kind}:{number}"}
        else:
            link.unwrap()
    return str(soup)


def _said(raw: dict[str, Any], name: str, child: Any) -> Any:
    """What a block says under this name; one that was written by code may leave out what is empty."""
    return raw[name] if name in raw else child.get_prep_value(child.get_default())


def _inner(item: Any) -> Any:
    return item["value"] if isinstance(item, dict) and {"type", "value"} <= item.keys() else item


def _table(block: Any, raw: Any, to: Pointers) -> Any:
    columns = [column for column in raw.get("columns", []) if column["type"] in block.child_blocks]
    kinds = [block.child_blocks[column["type"]] for column in columns]
    rows = [
        {"values": [repointed(kind, cell, to) for kind, cell in zip(kinds, row["values"], strict=False)]}
        for row in raw.get("rows", [])
    ]
    columns = [{"type": column["type"], "heading": column["heading"]} for column in columns]
    return {"columns": columns, "rows": rows, "caption": raw.get("caption") or ""}

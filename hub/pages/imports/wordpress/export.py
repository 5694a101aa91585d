"""WordPress's export as what it holds: posts and pages, and a count of the rest.

Refuses damaged XML, what is no such export, and definitions that could fetch or multiply things: WordPress writes none.
"""

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET
from xml.parsers import expat

from hub.bounded_process import Declined
from hub.pages.imports.wordpress import sentences as say

EXPORT = re.compile(r"\{https?://wordpress\.org/export/[0-9.]{1,8}/(excerpt/)?\}")
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
TAG = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class Item:
    """One post or page, as WordPress keeps it."""

    number: str = ""
    kind: str = ""
    state: str = ""
    title: str = ""
    slug: str = ""
    address: str = ""
    content: str = ""
    excerpt: str = ""
    has_password: bool = False


@dataclass(slots=True)
class Export:
    """`site` is the address of the old website, `shared` the blocks that several pages use, by number."""

    site: str = ""
    items: list[Item] = field(default_factory=list)
    shared: dict[str, str] = field(default_factory=dict)
    others: Counter[str] = field(default_factory=Counter)  # how many of each kind that is no page
    comments: int = 0
    has_labels: bool = False


def opened(data: bytes) -> Export:
    """What the file holds. Raises Declined."""
    channel = _root(data).find("channel")
    if channel is None or not any(EXPORT.match(one.tag) for one in channel):
        raise Declined(say.NOT_WORDPRESS)
    export = Export(site=(channel.findtext("link") or "").strip())
    for element in channel.iter("item"):
        item = _item(element)
        export.comments += sum(one.tag.endswith("}comment") for one in element)
        export.has_labels |= element.find("category") is not None
        if item.kind in {"post", "page"}:
            export.items.append(item)
        else:
            export.others[item.kind] += 1
        if item.kind == "wp_block":
            export.shared[item.number] = item.content
    return export


def _root(data: bytes) -> ET.Element:
    try:
        first = expat.ParserCreate()
        first.StartDoctypeDeclHandler = _no_definitions
        first.Parse(data, True)
        return ET.fromstring(data)  # noqa: S314 - what it has been through above holds no definitions
    except (ET.ParseError, expat.ExpatError, LookupError, ValueError) as error:
        if getattr(error, "code", 0) == NO_MEMORY:
            raise MemoryError from error
        raise Declined(say.BROKEN if b"<rss" in data[:2_000] else say.NOT_WORDPRESS) from error


def _no_definitions(*_: object) -> None:
    raise Declined(say.NOT_WORDPRESS)


def _item(element: ET.Element) -> Item:
    said: dict[str, str] = {}
    for one in element:
        name = EXPORT.sub(lambda found: "excerpt:" if found[1] else "", one.tag)
        said.setdefault("content" if one.tag == CONTENT else name, one.text or "")
    title = html.unescape(TAG.sub("", said.get("title", "")))
    return Item(
        number=said.get("post_id", ""),
        kind=said.get("post_type", ""),
        state=said.get("status", ""),
        title=" ".join(title.split()),
        slug=said.get("post_name", ""),
        address=said.get("link", "").strip(),
        content=said.get("content", ""),
        excerpt=" ".join(html.unescape(TAG.sub(" ", said.get("excerpt:encoded", ""))).split()),
        has_password=bool(said.get("post_password")),
    )

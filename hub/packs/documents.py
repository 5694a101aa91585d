"""A pack as one document, for PDF and HTML alike: cover, sections, help lines, where to look whether it is current."""

import base64
import hashlib
import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno
from django.urls import reverse

from hub.british_times import said
from hub.packs.blocks import Pictures
from hub.packs.editions import code_for
from hub.packs.parts import Part
from hub.packs.pictures import Picture
from hub.packs.rich_words import Block, absolute
from hub.packs.sections import Section
from hub.pages.models.base import today
from hub.partners.partnership import Partnership, the_partnership

UNTITLED = "Activity pack"
LAID_OUT = 2
"""Goes up when `pack.typ` fills pages otherwise: the same words then stand on other pages, so their code is another."""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">'
    '<image width="{0}" height="{1}" href="data:image/jpeg;base64,{2}"/></svg>'
)
"""A picture as text, which is how typst takes one without reading from a disk."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What whoever makes the pack chose. A bare one has no cover and no list of contents."""

    title: str = ""
    day: date | None = None
    form: str = "pdf"
    is_big: bool = False
    is_bare: bool = False
    copies: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """The pack with this code. `parts` ends with the help lines."""

    cover: Cover
    parts: list[Part]
    pictures: Pictures
    code: str
    made_by: Partnership

    @property
    def title(self) -> str:
        return self.cover.title or UNTITLED

    @property
    def stamp(self) -> str:
        """Of what is printed and is no word of a part: the cover, the days on it, and where it is looked up."""
        days = [section.dated for part in self.parts for section in part.sections]
        by = self.made_by
        said = [self.title, str(self.cover.day), str(today()), self.check_address, days, by.name, by.strap]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def check_address(self) -> str:
        """Where somebody who holds it sees whether it is still current."""
        return absolute(reverse("pack_check", args=[self.code]))

    @property
    def qr(self) -> str:
        """That address as a square code, in SVG."""
        drawn = io.BytesIO()
        segno.make(self.check_address, error="m").save(drawn, kind="svg", scale=8, border=2, xmldecl=False)
        return drawn.getvalue().decode()

    def as_data(self) -> dict[str, Any]:
        """All of it as JSON can hold it, pictures among it."""
        sections = [_section(part, place) for part in self.parts for place in range(len(part.sections))]
        return {
            "site": self.made_by.name,
            "strap": self.made_by.strap,
            "title": self.title,
            "day": said(self.cover.day) if self.cover.day else "",
            "made": said(today()),
            "big": self.cover.is_big,
            "bare": self.cover.is_bare,
            "code": self.code,
            "check": self.check_address,
            "qr": self.qr,
            "sections": sections,
            "pictures": {key: as_svg(picture) for key, picture in self.pictures.found.items()},
        }


def document(parts: list[Part], pictures: Pictures, cover: Cover) -> Document:
    """The document of these parts; whoever holds the same words on paper holds the same code."""
    digests = [(part.number, part.digest) for part in parts]
    how = [cover.form, cover.is_big, cover.is_bare, LAID_OUT]
    return Document(cover, parts, pictures, code_for(digests, how), the_partnership())


def as_svg(picture: Picture) -> str:
    return PICTURE.format(picture.width, picture.height, base64.b64encode(picture.data).decode())


def _section(part: Part, place: int) -> dict[str, Any]:
    section = part.sections[place]
    return {
        "part": "" if place else str(part.number),
        "title": section.title,
        "kind": section.kind,
        "level": section.level,
        "address": section.address,
        "dated": section.dated,
        "blocks": without_gaps(section),
        "lang": section.lang,
    }


def without_gaps(section: Section) -> list[Block]:
    """Its blocks, with no heading more than one level below the one before: PDF/UA refuses a gap."""
    level, blocks = section.level, []
    for block in section.blocks:
        if block["k"] == "h":
            level = min(block["level"], level + 1)
            blocks.append({**block, "level": level})
        else:
            blocks.append(block)
            level = 3 if block["k"] == "step" else level
    return blocks

"""Drawings of both kinds (DrawingML and VML): pictures as the file shows them, text boxes as text, the rest said.

What somebody cut off a picture stays off: it is cropped before it leaves here, or left out.
"""

import re
from collections.abc import Callable
from typing import Any

from hub.bounded_process import Declined
from hub.pages.imports import sentences as say
from hub.pages.imports.cropping import Frame, as_shown
from hub.pages.imports.elements import Spot
from hub.pages.imports.model import Document, Picture, PictureHere
from hub.pages.imports.package import Element, Package, Relation, inside
from hub.pages.imports.styles import OFF
from hub.pages.imports.telling import Telling

MOST_PICTURES = 100
LARGEST_PICTURE = 20 * 1024 * 1024
TOO_MANY = f"This file has more than {MOST_PICTURES} pictures. Divide it, and bring the parts in a zip."
FILLS = ("a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill")
EFFECTS = ("a:duotone", "a:lum", "a:grayscl", "a:biLevel", "a:clrChange", "a:alphaModFix")
KNOWN_CHOICES = {"wps", "wpg", "wpc", "wpi", "w14", "w15", "wp14", "a14", "v", "o", "cx", "cx1", "am3d"}
INVISIBLE = re.compile(r"(visibility\s*:\s*hidden|display\s*:\s*none)", re.IGNORECASE)
Boxed = Callable[[Element, bool], None]  # what stands in a text box, and whether the box has a colour


def chosen(alternative: Element) -> Element | None:
    """Of several ways to say the same thing, the first that we know; never two."""
    for one in alternative:
        if one.tag == "mc:Choice" and set(one.get("Requires", "").split()) <= KNOWN_CHOICES:
            return one
    return alternative.find("mc:Fallback")


class Drawings:
    def __init__(self, package: Package, document: Document, telling: Telling) -> None:
        self._package, self._document, self._telling = package, document, telling

    def read(self, one: Element, relations: dict[str, Relation], out: list[Any], boxed: Boxed) -> None:
        """Puts the pictures in `one` (w:drawing, w:pict or w:object) into `out`; hands text boxes to `boxed`."""
        _OneDrawing(self, relations, out, boxed).read(one)

    def keep(self, relation: Relation | None, out: list[Any], picture: Picture, frame: Frame) -> None:
        number = len(self._document.pictures) + 1
        if relation is None or relation.outside:
            self._telling.meet(Spot.DRAWING, "a:linked")
            return
        if number > MOST_PICTURES:
            raise Declined(TOO_MANY)
        if not self._package.has(relation.target) or self._package.size(relation.target) > LARGEST_PICTURE:
            self._telling.lose(say.PICTURE_LARGE.format(number))
            return
        data = self._package.read(relation.target)
        if frame.slanted:
            self._telling.meet(Spot.DRAWING, "a:rot")
        if frame.changes_something:
            self._telling.meet(Spot.DRAWING, "a:srcRect")
            shown = as_shown(data, frame)
            if shown is None:
                self._telling.lose(say.PICTURE_KIND.format(number))
                return
            data = shown
        picture.data = data
        self._document.pictures.append(picture)
        out.append(PictureHere(number - 1))


class _OneDrawing:
    """One drawing from its outside to its inside. `covered`: something is drawn over the pictures of a group."""

    def __init__(self, drawings: Drawings, relations: dict[str, Relation], out: list[Any], boxed: Boxed) -> None:
        self._drawings, self._relations, self._out, self._boxed = drawings, relations, out, boxed
        self._telling = drawings._telling  # noqa: SLF001 - one module, one thought
        self._about = Picture(b"")
        self._coloured = False  # the shape that is being read

    def read(self, one: Element) -> None:
        frame = next((inner for inner in one if inner.tag in {"wp:inline", "wp:anchor"}), None)
        about = frame.find("wp:docPr") if frame is not None else None
        if about is not None:
            if about.get("hidden", "0") not in OFF:
                self._telling.meet(Spot.DRAWING, "a:hidden")
                return
            alt = (about.get("descr") or about.get("title") or "").strip()
            decorative = next(about.iter("adec:decorative"), None)
            self._about = Picture(b"", alt[:250], decorative is not None and decorative.get("val", "0") not in OFF)
        found: set[str] = set()
        self._inside(one, found, covered=_is_covered(one))
        if not found:
            self._telling.meet(Spot.DRAWING, "v:shape" if one.tag in {"w:pict", "w:object"} else _what(one))

    def _inside(self, parent: Element, found: set[str], *, covered: bool) -> None:
        for one in parent:
            tag = one.tag
            if tag == "mc:AlternateContent":
                choice = chosen(one)
                if choice is not None:
                    self._inside(choice, found, covered=covered)
                continue
            if tag == "wps:wsp" or tag.startswith("v:"):
                self._coloured = _is_coloured(one, self._coloured)
            name = _row_of(one)
            if name:
                found.add(name)
            if name in {"pic:pic", "v:imagedata"}:
                self._picture(one, covered=covered)
            elif name in {"wps:txbx", "v:textbox"}:
                self._box(one)
            elif name:
                self._telling.meet(Spot.DRAWING, name)
            if tag != "v:shapetype" and name in {"", "o:hr"}:
                self._inside(one, found, covered=covered)

    def _box(self, one: Element) -> None:
        content = one.find("w:txbxContent")
        if content is not None:
            self._telling.meet(Spot.DRAWING, one.tag)
            self._boxed(content, self._coloured)

    def _picture(self, one: Element, *, covered: bool) -> None:
        if covered:
            self._telling.meet(Spot.DRAWING, "wpg:covered")
            return
        picture = Picture(b"", self._about.alt_text, self._about.decorative)
        if one.tag == "v:imagedata":
            picture.alt_text = picture.alt_text or one.get("o:title", "")[:250]
            self._drawings.keep(self._relations.get(one.get("r:id", "")), self._out, picture, Frame.of_vml(one))
            return
        own = inside(one, "pic:nvPicPr/pic:cNvPr")
        if own is not None and not picture.alt_text:
            picture.alt_text = own.get("descr", "").strip()[:250]
        blip = inside(one, "pic:blipFill/a:blip")
        if blip is not None and any(blip.find(name) is not None for name in EFFECTS):
            self._telling.meet(Spot.DRAWING, "a:duotone")
        effects, cut = inside(one, "pic:spPr/a:effectLst"), inside(one, "pic:spPr/a:prstGeom")
        if effects is not None and len(effects):
            self._telling.meet(Spot.DRAWING, "a:effectLst")
        if cut is not None and cut.get("prst", "rect") != "rect":
            self._telling.meet(Spot.DRAWING, "a:prstGeom")
        relation = self._relations.get(blip.get("r:embed", "")) if blip is not None else None
        self._drawings.keep(relation, self._out, picture, Frame.of_drawing(one))


ENDS = {
    "c:chart",
    "cx:chart",
    "dgm:relIds",
    "lc:lockedCanvas",
    "am3d:model3d",
    "v:textpath",
    "o:OLEObject",
    "w:control",
}
ENDS |= {"wpi:contentPart", "w14:contentPart", "wpg:contentPart", "wpc:contentPart"}


def _row_of(one: Element) -> str:
    """The row of the table that says what becomes of this part of a drawing; "" when its inside decides."""
    if INVISIBLE.search(one.get("style", "")) or one.get("hidden", "0") not in OFF:
        return "a:hidden"
    if one.tag == "wps:wsp":
        return "" if one.find("wps:txbx") is not None else one.tag
    if one.get("o:hr", "f") in {"t", "true"}:
        return "o:hr"
    return one.tag if one.tag in ENDS or one.tag in {"pic:pic", "v:imagedata", "wps:txbx", "v:textbox"} else ""


def _what(one: Element) -> str:
    """The kind of a drawing that holds nothing we know: the table will not know it either, and that is said."""
    data = next(one.iter("a:graphicData"), None)
    return next((inner.tag for inner in data), "a:graphicData") if data is not None else one.tag


def _is_covered(one: Element) -> bool:
    """Whether a group has a picture, and a shape without words that may stand over it."""
    groups = [group for tag in ("wpg:wgp", "wpc:wpc", "wpg:grpSp", "v:group") for group in one.iter(tag)]
    return any(_has_picture(group) and any(_is_bare(shape) for shape in group.iter()) for group in groups)


def _is_coloured(shape: Element, otherwise: bool) -> bool:  # noqa: FBT001 - private
    """Whether a shape has a colour behind its words, so that white ones can be read."""
    if shape.tag == "wps:wsp":
        about, style = shape.find("wps:spPr"), inside(shape, "wps:style/a:fillRef")
        if about is not None and about.find("a:noFill") is not None:
            return False
        own = about is not None and any(about.find(fill) is not None for fill in FILLS)
        return own or (style is not None and style.get("idx", "0") != "0")
    fill = shape.get("fillcolor", "").lower().split(" ")[0]
    if shape.get("filled", "t") in {"f", "false"} or fill in {"white", "#fff", "#ffffff"}:
        return False
    return bool(fill) or otherwise


def _has_picture(group: Element) -> bool:
    return next(group.iter("pic:pic"), None) is not None or next(group.iter("v:imagedata"), None) is not None


def _is_bare(shape: Element) -> bool:
    if shape.tag == "wps:wsp":
        return shape.find("wps:txbx") is None
    return shape.tag in {"v:rect", "v:oval", "v:line", "v:polyline", "v:roundrect", "v:arc", "v:curve"} and (
        shape.find("v:textbox") is None and shape.find("v:imagedata") is None
    )

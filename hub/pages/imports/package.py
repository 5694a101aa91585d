"""A Word file as its parts: the zip, what belongs to what, and XML as plain names (w:p), in both forms of the format.

Refuses damaged XML, definitions that could fetch or multiply things, and what is nested deeper than anybody writes.
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from xml.parsers import expat

from hub.bounded_process import Declined
from hub.pages.files.opening import BROKEN, LARGEST_TEXT, MACROS, PASSWORD, TOO_MUCH

Element = ET.Element
DEEPEST = 200
NO_MEMORY = expat.errors.codes[expat.errors.XML_ERROR_NO_MEMORY]
DEFINITIONS = [sign.encode(code) for sign in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")]
_OFFICE = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_PREFIXES = {
    "wordprocessingml/2006/main": "w",
    "wordprocessingml/main": "w",
    "officeDocument/2006/relationships": "r",
    "officeDocument/relationships": "r",
    "officeDocument/2006/math": "m",
    "officeDocument/math": "m",
    "drawingml/2006/main": "a",
    "drawingml/main": "a",
    "drawingml/2006/wordprocessingDrawing": "wp",
    "drawingml/wordprocessingDrawing": "wp",
    "drawingml/2006/picture": "pic",
    "drawingml/picture": "pic",
    "drawingml/2006/chart": "c",
    "drawingml/chart": "c",
    "drawingml/2006/diagram": "dgm",
    "drawingml/diagram": "dgm",
    "drawingml/2006/lockedCanvas": "lc",
    "drawingml/lockedCanvas": "lc",
    "markup-compatibility/2006": "mc",
    "package/2006/relationships": "rel",
    "package/2006/content-types": "ct",
}
NAMESPACES = {
    **{home + tail: prefix for tail, prefix in _PREFIXES.items() for home in (_OFFICE, _STRICT)},
    "http://www.w3.org/XML/1998/namespace": "xml",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:word": "w10",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/word/2012/wordml": "w15",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup": "wpg",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas": "wpc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingInk": "wpi",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://schemas.microsoft.com/office/drawing/2017/decorative": "adec",
    "http://schemas.microsoft.com/office/drawing/2017/model3d": "am3d",
}


def name_of(tag: str, known: dict[str, str]) -> str:
    """`w:p` for `{…wordprocessingml/2006/main}p`; a namespace we do not know keeps its last word."""
    short = known.get(tag)
    if short is None:
        uri, _, local = tag.rpartition("}")
        uri = uri.removeprefix("{")
        prefix = NAMESPACES.get(uri) or (uri.rstrip("/").rsplit("/", 1)[-1] if uri else "")
        short = known[tag] = f"{prefix}:{local}" if prefix else local
    return short


def parsed(data: bytes) -> Element:
    """The root of an XML part. Raises Declined when it is damaged."""
    try:
        first = expat.ParserCreate()
        first.StartDoctypeDeclHandler = _no_definitions
        first.Parse(data, True)
        root = ET.fromstring(data)  # noqa: S314 - what it has been through above holds no definitions
    except (ET.ParseError, expat.ExpatError, LookupError, ValueError) as error:
        if getattr(error, "code", 0) == NO_MEMORY:
            raise MemoryError from error
        raise Declined(BROKEN) from error
    _name_plainly(root)
    return root


def _no_definitions(*_: Any) -> None:
    raise Declined(BROKEN)  # Word never writes one; it can make a reader fetch or multiply things


def _name_plainly(root: Element) -> None:
    known: dict[str, str] = {}
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise Declined(BROKEN)
        for one in level:
            one.tag = name_of(one.tag, known)
            if one.attrib:
                said = {name_of(key, known): value for key, value in one.attrib.items()}
                one.attrib.clear()
                one.attrib.update(said)
        level = [inner for one in level for inner in one]


def inside(one: Element, path: str) -> Element | None:
    """The first `w:b` in the first `w:a` of `one`, for `w:a/w:b`."""
    found: Element | None = one
    for name in path.split("/"):
        found = found.find(name) if found is not None else None
    return found


@dataclass(frozen=True)
class Relation:
    """`kind` is the last word of its type; `target` a part's name, or an address when it is `outside`."""

    kind: str
    target: str
    outside: bool


class Package:
    """The parts of one file, by names that do not mind capitals."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Declined(BROKEN) from error
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        self._parts = {_plain(info.filename): info for info in infos}
        if len(self._parts) != len(infos):
            raise Declined(BROKEN)  # two parts of one name: readers would not agree which one counts
        self._refuse_definitions()
        self._roots: dict[str, Element | None] = {}
        self.main = self._main_part()

    def has(self, name: str) -> bool:
        return _plain(name) in self._parts

    def names(self) -> list[str]:
        return list(self._parts)

    def size(self, name: str) -> int:
        return self._parts[_plain(name)].file_size

    def read(self, name: str) -> bytes:
        """Raises Declined when the part is missing, locked or damaged."""
        info = self._parts.get(_plain(name))
        if info is None:
            raise Declined(BROKEN)
        if info.flag_bits & 1:
            raise Declined(PASSWORD)
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise Declined(BROKEN) from error

    def xml(self, name: str) -> Element | None:
        """The part as XML, or None when there is no such part."""
        key = _plain(name)
        if key not in self._roots:
            self._roots[key] = parsed(self.read(name)) if self.has(name) else None
        return self._roots[key]

    def relations(self, part: str) -> dict[str, Relation]:
        """What `part` says of other parts and addresses, by the names it uses for them."""
        folder, _, file = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        found = {}
        for one in root if root is not None else ():
            target, outside = one.get("Target", ""), one.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[one.get("Id", "")] = Relation(one.get("Type", "").rsplit("/", 1)[-1], target, outside)
        return found

    def related(self, kind: str) -> Element | None:
        """The part that is `kind` to the main part (its styles, its numbering), or None."""
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.outside:
                return self.xml(relation.target)
        return None

    def _refuse_definitions(self) -> None:
        for name, info in self._parts.items():
            if name.endswith((".xml", ".rels")):
                if info.file_size > 2 * LARGEST_TEXT:
                    raise Declined(TOO_MUCH)
                text = self.read(name)
                if any(sign in text for sign in DEFINITIONS):
                    raise Declined(BROKEN)

    def _main_part(self) -> str:
        types = self.xml("[Content_Types].xml")
        if types is None:
            raise Declined(BROKEN)
        if any("macroEnabled" in one.get("ContentType", "") for one in types):
            raise Declined(MACROS)
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and not relation.outside:
                return relation.target
        raise Declined(BROKEN)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()

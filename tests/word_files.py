"""Word files for tests, small and as odd as a test needs them: a body written as XML, in a package of a few parts."""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from PIL import Image

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": OFFICE,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "lc": "http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": f"{MICROSOFT}/word/2010/wordml",
    "w15": f"{MICROSOFT}/word/2012/wordml",
    "wps": f"{MICROSOFT}/word/2010/wordprocessingShape",
    "wpg": f"{MICROSOFT}/word/2010/wordprocessingGroup",
    "wpi": f"{MICROSOFT}/word/2010/wordprocessingInk",
    "cx": f"{MICROSOFT}/drawing/2014/chartex",
    "adec": f"{MICROSOFT}/drawing/2017/decorative",
    "am3d": f"{MICROSOFT}/drawing/2017/model3d",
    "new": "urn:something-of-tomorrow",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Heading1"/></w:style>
<w:style w:type="paragraph" w:styleId="Warning"><w:name w:val="Warning"/></w:style>
<w:style w:type="paragraph" w:styleId="HiddenOne"><w:name w:val="List Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Gone"><w:name w:val="Gone"/><w:rPr><w:strike/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""
LEVELS = "".join(
    f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>'
    f'<w:pPr><w:ind w:left="{720 * (at + 1)}"/></w:pPr></w:lvl>'
    for at, (kind, text) in enumerate([("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3.")])
)
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)
TITLE = '<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>The title</w:t></w:r></w:p>'


def a_png(width: int = 40, height: int = 30, *, right: str = "teal") -> bytes:
    """A teal picture; its right half may have another colour."""
    file = io.BytesIO()
    picture = Image.new("RGB", (width, height), "teal")
    picture.paste(right, (width // 2, 0, width, height))
    picture.save(file, "PNG")
    return file.getvalue()


def run(text: str, look: str = "") -> str:
    about = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{about}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*inside: str, about: str = "") -> str:
    """Pieces that are XML stand as they are, words become runs."""
    runs = "".join(one if one.startswith("<") else run(one) for one in inside)
    return f"<w:p>{f'<w:pPr>{about}</w:pPr>' if about else ''}{runs}</w:p>"


def item(text: str, *, of: int = 1, level: int = 0) -> str:
    return paragraph(text, about=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>')


def table(*rows: Iterable[str], about: str = "") -> str:
    """Cells that are XML stand as they are."""
    made = ""
    for row in rows:
        cells = (one if one.startswith("<") else f"<w:tc>{paragraph(one)}</w:tc>" for one in row)
        made += f"<w:tr>{''.join(cells)}</w:tr>"
    return f"<w:tbl><w:tblPr>{about}</w:tblPr>{made}</w:tbl>"


def part(tag: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><{tag} {DECLARED}>{inside}</{tag}>'.encode()


def word_file(
    body: str,
    *,
    title: str = TITLE,
    styles: str = "",
    numbering: str = NUMBERING,
    parts: dict[str, tuple[str, Any]] | None = None,
    outside: dict[str, tuple[str, str]] | None = None,
) -> bytes:
    """`parts`: name: (what it is to the text, its bytes); its name stands for it. `outside`: name: (kind, address)."""
    known = {"styles": ("styles", part("w:styles", STYLES + styles))}
    known |= {"numbering": ("numbering", part("w:numbering", numbering)), **(parts or {})}
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}"/>' for name, (kind, _) in known.items()
    ) + "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{address}" TargetMode="External"/>'
        for name, (kind, address) in (outside or {}).items()
    )
    files = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations(
            f'<Relationship Id="main" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": part("w:document", f"<w:body>{title}{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": _relations(relations),
        **{f"word/{name}": data for name, (_, data) in known.items()},
    }
    return zipped(files)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _relations(inside: str) -> bytes:
    uri = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{uri}">{inside}</Relationships>'.encode()

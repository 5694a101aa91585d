"""What can a PDF do by itself when it is opened? Everything in it is looked at, also what no page shows.

qpdf unpacks whatever a viewer would unpack. Refuses programs, files inside, what starts by itself, locks and damage;
and whatever stands where something could be done and is not known to be harmless. A page to begin at, links to the
web, and fields to fill in are fine. Runs only in a process of its own: see hub/pdf_file.py.
"""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

from hub.pdf_findings import Finding

BEGINS = b"%PDF-"
DEEPEST = 100  # lists in lists: nobody's document has more
HARMLESS_ACTIONS = {"/GoTo", "/URI", "/Named", "/Thread", "/Hide", "/ResetForm", "/SetOCGState"}
PROGRAMS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound", "/RichMediaExecute",
    "/GoTo3DView",
}  # fmt: skip
ELSEWHERE = {"/GoToR", "/GoToE"}  # opens another file
ACTIONS = HARMLESS_ACTIONS | PROGRAMS | ELSEWHERE
NAMED = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage", "/GoBack", "/GoForward", "/GoToPage", "/Print"}
KEYS = {
    "/JS": Finding.PROGRAM,
    "/JavaScript": Finding.PROGRAM,
    "/XFA": Finding.PROGRAM,
    "/RichMediaContent": Finding.PROGRAM,
    "/RichMediaSettings": Finding.PROGRAM,
    "/OnInstantiate": Finding.PROGRAM,
    "/AA": Finding.STARTS_BY_ITSELF,
    "/EF": Finding.FILES_INSIDE,
    "/EmbeddedFiles": Finding.FILES_INSIDE,
    "/Collection": Finding.FILES_INSIDE,
}
NOTES = {
    "/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Caret", "/Stamp", "/Ink", "/Popup", "/Widget", "/PrinterMark", "/TrapNet",
    "/Watermark", "/Redact",
}  # fmt: skip
KINDS = {
    "/FileAttachment": Finding.FILES_INSIDE,
    "/EmbeddedFile": Finding.FILES_INSIDE,
    "/RichMedia": Finding.PROGRAM,
    "/3D": Finding.PROGRAM,
    "/Screen": Finding.PROGRAM,
    "/Movie": Finding.PROGRAM,
    "/Sound": Finding.PROGRAM,
    "/PS": Finding.PROGRAM,
}
PACKING = {
    "/FlateDecode", "/LZWDecode", "/ASCIIHexDecode", "/ASCII85Decode", "/RunLengthDecode", "/CCITTFaxDecode",
    "/JBIG2Decode", "/DCTDecode", "/JPXDecode", "/Fl", "/LZW", "/AHx", "/A85", "/RL", "/CCF", "/DCT",
}  # fmt: skip
SLIPS = ("Resources is missing or invalid; repairing", "MediaBox is undefined; setting to letter / ANSI A")
KEYED = (Dictionary, Stream)
SCHEMES = ("http://", "https://", "mailto:", "tel:")


class _Found(Exception):
    """The first thing that speaks against it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


def what_it_can_do(data: bytes) -> Finding | None:
    """The first thing that speaks against it; None when there is none."""
    if not data.startswith(BEGINS):
        return Finding.DAMAGED  # what stands before could be read as another kind of file
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return Finding.LOCKED
            _look_at_all(pdf)
            whole = all(str(warning).endswith(SLIPS) for warning in pdf.get_warnings())
            return None if whole and len(pdf.pages) else Finding.DAMAGED
    except pikepdf.PasswordError:
        return Finding.LOCKED
    except _Found as found:
        return found.finding
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError):
        return Finding.DAMAGED


def _look_at_all(pdf: Any) -> None:
    opening = pdf.Root.get("/OpenAction")
    if opening is not None and not isinstance(opening, Array):
        _check_action(opening, at_once=True)
    for thing in [pdf.trailer, *pdf.objects]:
        for one in _dictionaries(thing):
            _check(one)


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[Dictionary | Stream]:
    """Each dictionary that stands in `thing` itself. What it only points to has its own turn."""
    if depth > DEEPEST:
        raise _Found(Finding.NOT_UNDERSTOOD)
    if isinstance(thing, KEYED):
        yield thing
        inside = list(thing.values())
    elif isinstance(thing, Array):
        inside = list(thing)
    else:
        return
    for one in inside:
        if getattr(one, "is_indirect", True) is False:  # numbers and names cannot hold one
            yield from _dictionaries(one, depth + 1)


def _check(one: Any) -> None:
    keys = set(one.keys())
    for key in sorted(keys & KEYS.keys()):
        if key != "/AA" or not isinstance(one[key], Stream):  # a letter of a drawn font may be called AA
            raise _Found(KEYS[key])
    for key in keys & {"/Subtype", "/Type"}:
        if str(one[key]) in KINDS:
            raise _Found(KINDS[str(one[key])])
    if str(one.get("/S", "")) in ACTIONS:
        _check_action(one)
    _check_where_it_leads(one, keys)
    if "/Annots" in keys:
        _check_notes(one["/Annots"])
    if isinstance(one, Stream):
        _check_stream(one, keys)


def _check_where_it_leads(one: Any, keys: set[str]) -> None:
    for key in keys & {"/A", "/PA"}:
        if isinstance(one[key], KEYED) and "/S" in one[key]:
            _check_action(one[key])
    if isinstance(one.get("/URI"), KEYED):  # what comes before each address that is not whole
        _check_address(str(one["/URI"].get("/Base", "")))


def _check_notes(notes: Any) -> None:
    """What is pinned to a page, each of a kind that a document has."""
    for note in notes:
        if not isinstance(note, KEYED) or str(note.get("/Subtype", "")) not in NOTES | KINDS.keys():
            raise _Found(Finding.NOT_UNDERSTOOD)


def _check_action(action: Any, *, at_once: bool = False) -> None:
    """`at_once` is what a viewer does on opening: showing a page of the same file, and nothing after it."""
    kind = str(action.get("/S", "")) if isinstance(action, KEYED) else ""
    if kind in PROGRAMS:
        raise _Found(Finding.PROGRAM)
    if kind in ELSEWHERE:
        raise _Found(Finding.FILES_INSIDE)
    if at_once and (kind != "/GoTo" or "/Next" in action):
        raise _Found(Finding.STARTS_BY_ITSELF)
    if kind not in HARMLESS_ACTIONS or (kind == "/Named" and str(action.get("/N", "")) not in NAMED):
        raise _Found(Finding.NOT_UNDERSTOOD)
    if kind == "/URI":
        _check_address(str(action.get("/URI", "")))
    following = action.get("/Next", ())
    for one in following if isinstance(following, (Array, tuple)) else [following]:
        if not isinstance(one, KEYED) or str(one.get("/S", "")) not in ACTIONS:
            raise _Found(Finding.NOT_UNDERSTOOD)  # those it knows have their own turn


def _check_address(address: str) -> None:
    """To the web, to a mail address or a telephone; or beside where the file itself lies."""
    low = "".join(address.split()).lower()
    if not low.startswith(SCHEMES) and (":" in low.split("/")[0] or low.startswith(("\\", "//"))):
        raise _Found(Finding.PROGRAM)


def _check_stream(stream: Stream, keys: set[str]) -> None:
    if keys & {"/F", "/FFilter", "/Ref"}:
        raise _Found(Finding.FILES_INSIDE)  # its bytes lie in another file
    named = stream.get("/Filter", ())
    for name in named if isinstance(named, (Array, tuple)) else [named]:
        if str(name) not in PACKING:
            raise _Found(Finding.NOT_UNDERSTOOD)

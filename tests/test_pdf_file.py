"""A PDF is kept when it can do nothing by itself, however what it does is written down, packed or hidden."""

import time
import zlib
from collections.abc import Callable

import pytest

from hub.pdf_contents import what_it_can_do
from hub.pdf_file import why_not
from hub.pdf_findings import Finding
from tests.pdf_files import as_hex, as_lzw, locked, packed, pdf, stream, written

SCRIPT = b"<</S /JavaScript /JS (app.alert(1))>>"
TO_A_PAGE = b"<</S /GoTo /D [3 0 R /Fit]>>"
TO_ONE = b"<</S /URI /URI (1)>>"
LINK = b"/Annots [<</Type /Annot /Subtype /Link /Rect [0 0 9 9] /A %s>>]"
FIELD = b"<</Type /Annot /Subtype /Widget /FT /Tx /T (name) /Rect [0 0 9 9]>>"


def note(subtype: bytes, more: bytes = b"") -> bytes:
    return pdf(b"", b"/Annots [<</Type /Annot /Subtype /%s /Rect [0 0 9 9] %s>>]" % (subtype, more))


GOOD = {
    "where its addresses begin": pdf(b"/URI <</Base (https://x.org/)>>", LINK % TO_ONE),
    "a page": pdf(),
    "which page first": pdf(b"/OpenAction [3 0 R /XYZ null null 0]"),  # as LibreOffice writes every PDF
    "which page first, as an action": pdf(b"/OpenAction " + TO_A_PAGE),
    "which page first, packed away": packed(TO_A_PAGE),
    "a link to the web": pdf(b"", LINK % b"<</S /URI /URI (https://example.org/a:b)>>"),
    "a link to a mail address": pdf(b"", LINK % b"<</S /URI /URI (MAILTO:a@example.org)>>"),
    "a link beside the file": pdf(b"", LINK % b"<</S /URI /URI (other/page)>>"),
    "a link to a page": pdf(b"", LINK % TO_A_PAGE),
    "fields to fill in": pdf(b"/AcroForm <</Fields [4 0 R]>>", b"/Annots [4 0 R]", FIELD),
    "outlines, each followed by the next": pdf(
        b"/Outlines <</First 4 0 R>>", b"", b"<</Title (A) /Next 5 0 R /A %s>>" % TO_A_PAGE, b"<</Title (B)>>"
    ),
    "words about programs": pdf(b"", b"/Contents 4 0 R", stream(b"BT (/JavaScript /Launch /AA <<) Tj ET")),
    "a scan in which a word turns up by chance": pdf(
        b"", b"", stream(b"\x01\x02/JS (\xff/AA \x00/Launch" * 50_000, b"/Subtype /Image")
    ),
    "tags of its parts": pdf(b"/StructTreeRoot <</K <</S /P /A <</O /Layout>>>>>>"),
}
BAD = {
    "a script": (pdf(b"/OpenAction " + SCRIPT), Finding.PROGRAM),
    "a script by another spelling": (pdf(b"/OpenAction <</S /J#61vaScript /J#53 (x)>>"), Finding.PROGRAM),
    "a script that nothing points to": (pdf(b"", b"", SCRIPT), Finding.PROGRAM),
    "scripts by name": (pdf(b"/Names <</JavaScript <</Names [(a) 4 0 R]>>>>", b"", SCRIPT), Finding.PROGRAM),
    "a script after a page": (pdf(b"", LINK % b"<</S /GoTo /D [3 0 R /Fit] /Next [4 0 R]>>", SCRIPT), Finding.PROGRAM),
    "a script as an address": (pdf(b"", LINK % b"<</S /URI /URI (java\nscript:x)>>"), Finding.PROGRAM),
    "a file as an address": (pdf(b"", LINK % b"<</S /URI /URI (file:///c:/x.exe)>>"), Finding.PROGRAM),
    "another computer as an address": (pdf(b"", LINK % rb"<</S /URI /URI (\\\\host\\x)>>"), Finding.PROGRAM),
    "a program started": (pdf(b"", LINK % b"<</S /Launch /F (x.exe)>>"), Finding.PROGRAM),
    "a form that sends itself": (pdf(b"", LINK % b"<</S /SubmitForm /F (https://x.org)>>"), Finding.PROGRAM),
    "a form of the other kind": (pdf(b"/AcroForm <</Fields [] /XFA 4 0 R>>", b"", stream(b"<x/>")), Finding.PROGRAM),
    "something on opening": (pdf(b"/OpenAction <</S /URI /URI (https://x.org)>>"), Finding.STARTS_BY_ITSELF),
    "something after opening": (
        pdf(b"/OpenAction <</S /GoTo /D [3 0 R /Fit] /Next 4 0 R>>", b"", TO_A_PAGE),
        Finding.STARTS_BY_ITSELF,
    ),
    "something on turning a page": (pdf(b"", b"/AA <</O %s>>" % TO_A_PAGE), Finding.STARTS_BY_ITSELF),
    "something that moves": (note(b"RichMedia"), Finding.PROGRAM),
    "a film": (note(b"Screen"), Finding.PROGRAM),
    "a body in three dimensions": (note(b"3D"), Finding.PROGRAM),
    "a file pinned to a page": (note(b"FileAttachment"), Finding.FILES_INSIDE),
    "a file inside": (pdf(b"/Names <</EmbeddedFiles <</Names []>>>>"), Finding.FILES_INSIDE),
    "a file that only its own words name": (pdf(b"", b"", stream(b"MZ", b"/Type /EmbeddedFile")), Finding.FILES_INSIDE),
    "another file opened": (pdf(b"", LINK % b"<</S /GoToR /F (other.pdf) /D [0 /Fit]>>"), Finding.FILES_INSIDE),
    "a stream in another file": (pdf(b"", b"", stream(b"", b"/F (https://x.org/x)")), Finding.FILES_INSIDE),
    "a kind of note that nobody knows": (note(b"Surprise"), Finding.NOT_UNDERSTOOD),
    "a kind of action that nobody knows": (pdf(b"", LINK % b"<</S /Surprise>>"), Finding.NOT_UNDERSTOOD),
    "a named command that nobody knows": (pdf(b"", LINK % b"<</S /Named /N /Surprise>>"), Finding.NOT_UNDERSTOOD),
    "a packing that nobody knows": (pdf(b"", b"", stream(b"x", b"/Filter /Surprise")), Finding.NOT_UNDERSTOOD),
    "a program before each address": (
        pdf(b"/URI <</Base (javascript:x)>>", LINK % TO_ONE),
        Finding.PROGRAM,
    ),
    "something before it": (b"<script></script>" + pdf(), Finding.DAMAGED),
    "a lock": (locked(owner_only=False), Finding.LOCKED),
    "a lock against changes": (locked(owner_only=True), Finding.LOCKED),
    "no PDF": (b"%PDF-1.7\n%...", Finding.DAMAGED),
    "nothing": (b"", Finding.DAMAGED),
    "cut off": (pdf()[:-60], Finding.DAMAGED),
    "a place that is wrong": (pdf().replace(b"startxref\n", b"startxref\n9"), Finding.DAMAGED),
    "the same said twice": (pdf(b"/OpenAction %s /OpenAction [3 0 R /Fit]" % SCRIPT), Finding.DAMAGED),
    "no page": (written([b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [] /Count 0>>"]), Finding.DAMAGED),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_does_nothing_by_itself_is_taken(name: str) -> None:
    assert what_it_can_do(GOOD[name]) is None


@pytest.mark.parametrize("name", BAD)
def test_what_could_do_something_is_not(name: str) -> None:
    data, finding = BAD[name]
    assert what_it_can_do(data) == finding


@pytest.mark.parametrize(
    ("pack", "name"),
    [
        (zlib.compress, b"/FlateDecode"),
        (bytes, b""),
        (as_hex, b"/ASCIIHexDecode"),
        (as_lzw, b"/LZWDecode"),
        (lambda data: as_hex(zlib.compress(data)), b"[/ASCIIHexDecode /FlateDecode]"),
    ],
    ids=["packed", "not packed", "as hex", "as LZW", "twice"],
)
def test_however_it_is_packed_away(pack: Callable[[bytes], bytes], name: bytes) -> None:
    assert what_it_can_do(packed(TO_A_PAGE, pack, name)) is None
    assert what_it_can_do(packed(SCRIPT, pack, name)) == Finding.PROGRAM


def bomb() -> bytes:
    packer, packed_once = zlib.compressobj(9), b""
    packed_once = b"".join(packer.compress(b" " * 10_000_000) for _ in range(40)) + packer.flush()
    return packed(zlib.compress(packed_once, 9), bytes, b"[/FlateDecode /FlateDecode]")


def test_it_is_read_in_a_process_of_its_own() -> None:
    assert why_not(pdf()) is None
    assert why_not(pdf(b"/OpenAction " + SCRIPT)) == Finding.PROGRAM


# Small files that would take a reader minutes, or all memory there is.
HOSTILE = {
    "words that never end": lambda: b"%PDF-1.7\n" + b"1 0 obj" * 5_000,
    "streams that never end": lambda: b"%PDF-1.7\n" + b"1 0 obj<<>>stream\n" * 2_000,
    "lists in lists": lambda: pdf(b"", b"", b"[" * 30_000 + b"]" * 30_000),
    "dictionaries in dictionaries": lambda: pdf(b"", b"", b"<</A " * 5_000 + b"1" + b">>" * 5_000),
    "pages that hold each other": lambda: pdf().replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
    "a packed list without end": bomb,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_file_holds_the_hub_up(name: str) -> None:
    data, began = HOSTILE[name](), time.monotonic()
    assert len(data) < 1_000_000
    assert why_not(data) is not None
    assert time.monotonic() - began < 22

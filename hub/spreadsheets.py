"""May a cell begin like that? In a file for a spreadsheet that leaves the Hub, no cell is read as a formula.

Asked of every answer that is such a file, ours and those of Wagtail's reports, so that no export is written past it.
What somebody brought as a file goes out as it came. A formula in a cell can send what stands beside it elsewhere.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO, StringIO
from typing import Any
from xml.sax.saxutils import escape, unescape
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

FORMULA = frozenset("=+-@\u2212")  # also in their full-width and small forms, which some spreadsheets read alike
CSV, XLSX = "text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = re.compile(r"(<t(?: [^<>]*)?>)([^<>]*)")  # of a cell, wherever a workbook keeps it
A_FORMULA = re.compile(r"<f(?: [^<>]*)?(?:/>|>[^<>]*</f>)")
BROUGHT = frozenset({"wagtaildocs_serve"})  # the addresses of files that somebody brought


def plain(text: str) -> str:
    """`text` as a cell shows it, with an apostrophe before it where a spreadsheet would calculate."""
    first = next((letter for letter in text if not _is_unseen(letter)), "")
    begins = unicodedata.normalize("NFKC", first)
    return f"'{text}" if text[:1] in {"\t", "\r", "\n"} or begins in FORMULA else text


def _is_unseen(letter: str) -> bool:
    """A space of any sort, a control character, a sign of no width, half a character."""
    return letter.isspace() or unicodedata.category(letter)[0] == "C"


class NoFormulas:
    """Middleware: rewrites a spreadsheet on its way out, line by line where it is sent so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: Any = self.get_response(request)
        match = request.resolver_match
        if match is not None and match.view_name in BROUGHT:
            return response
        kind = _kind(response)
        if kind == XLSX:
            return _whole(response, _workbook(_content(response)))
        if kind == CSV and response.streaming:
            response.streaming_content = _lines(response.streaming_content)
        elif kind == CSV:
            response.content = b"".join(_lines([response.content]))
        return response


def _kind(response: Any) -> str:
    """By what it says it is, or by what it is to be called."""
    said = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    called = response.headers.get("Content-Disposition", "").rstrip('" ').lower()
    if said == XLSX or called.endswith(".xlsx"):
        return XLSX
    return CSV if said == CSV or called.endswith((".csv", ".tsv")) else ""


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Each line of a CSV file with plain cells, all in quotation marks: no sign in a cell begins another."""
    line = StringIO(newline="")
    writer = csv.writer(line, quoting=csv.QUOTE_ALL)
    for row in csv.reader(_physical_lines(chunks)):
        writer.writerow([plain(cell) for cell in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def _physical_lines(chunks: Iterable[bytes]) -> Iterator[str]:
    """The text of the chunks, cut where a line ends and nowhere else."""
    left = b""
    for chunk in chunks:
        *whole, left = (left + chunk).split(b"\n")
        yield from (line.decode() + "\n" for line in whole)
    if left:
        yield left.decode()


def _workbook(data: bytes) -> bytes:
    """The same workbook with plain texts and no formula; numbers and days are left as they are."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            content = before.read(part)
            if part.filename.startswith("xl/") and part.filename.endswith(".xml"):
                content = TEXT.sub(_plain_text, A_FORMULA.sub("", content.decode())).encode()
            after.writestr(part, content)
    return made.getvalue()


def _plain_text(found: re.Match[str]) -> str:
    return found[1] + escape(plain(unescape(found[2])))


def _content(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def _whole(response: Any, content: bytes) -> HttpResponse:
    """The same answer with this content."""
    answer = HttpResponse(content, status=response.status_code)
    for name, value in response.items():
        if name.lower() != "content-length":
            answer[name] = value
    answer.cookies = response.cookies
    return answer

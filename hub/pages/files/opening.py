"""May this file be opened? Looks at names, sizes and markers before anything reads it. Refuses with a sentence.

Sizes are those an archive declares: Python's reader never unpacks more than that, and fails where they are wrong.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
LARGEST_ZIP = 50 * MEGABYTE
LARGEST_UNPACKED = 100 * MEGABYTE
LARGEST_TEXT = 12 * MEGABYTE
MOST_PARTS = 2_000
MOST_FILES = 30
MOST_PARAGRAPHS = 3_000
TOO_MANY_PARAGRAPHS = (
    "This file has {:,} paragraphs, at most {:,}: longer than anybody reads on a screen. Divide it, and bring the"
    " parts in a zip."
)
OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also what Word wraps around a file with a password
BROKEN = "This file is damaged or not a Word file. Open it in Word, save it again as .docx, and try once more."
TOO_BIG = "This file is too big, at most 10 MB. Make its pictures smaller, or divide it."
TOO_MUCH = "This file unpacks to far more than it seems to hold, so it was not opened."
TOO_MUCH_WORK = (
    "Reading this file takes too long or too much memory: it is built in a way that nobody types. Copy its text into a"
    " new file, and bring that in."
)
PASSWORD = "This file is protected by a password. Take the password off in Word, and try once more."  # noqa: S105
MACROS = "This file has macros, which are small programs. Save it as .docx, without macros, and try once more."
OLD_WORD = "This is the old Word format (.doc). Open it in Word, save it as .docx, and try once more."
EMPTY = "This file is empty: nothing of it arrived. Choose it again."
OTHER_KIND = (
    "This is {}, whatever its name says. Open it in the program it was made with, save it as a Word file (.docx), and"
    " try once more."
)
OTHER_KINDS = {
    "an RTF text": (b"{\\rtf",),
    "a PDF": (b"%pdf-",),
    "a web page": (b"<html", b"<!doctype html", b"mime-version:"),
    "a Word file of an old kind (XML)": (b"<?xml",),
    "a picture": (b"\x89png", b"\xff\xd8\xff", b"gif8", b"bm", b"ii*\x00", b"mm\x00*"),
}
OTHER_ZIPS = {
    "content.xml": "an OpenDocument text (.odt)",
    "index/document.iwa": "a text of Apple's Pages",
    "meta-inf/container.xml": "an e-book (.epub)",
}
OTHER_OFFICE = {"xl/workbook.xml": "an Excel file", "ppt/presentation.xml": "a PowerPoint file"}
NO_WORD = (
    "This is not a Word file (.docx). Open it in the program it was made with, save it as .docx, and try once more."
)
FROM_A_HUB = (
    "This zip was taken along from a Hub. Bring it in under “Bring along”: the link is on the page before this one."
)
NESTED = "This is a zip inside a zip. Put the Word files into one zip, without another inside."


class Refused(Exception):
    """The sentence says why, to whoever brought the file."""


def files_in(name: str, data: bytes) -> Iterator[tuple[str, bytes | Refused]]:
    """The files that were brought: the one itself, or those in a zip. A file in a zip may be refused by itself."""
    if not name.lower().endswith(".zip"):
        yield name, data
        return
    with open_archive(data, largest=LARGEST_ZIP) as archive:
        found = [info for info in archive.infolist() if _is_meant(info)]
        if any(info.filename == "hub.json" for info in found):
            raise Refused(FROM_A_HUB)
        if not found:
            raise Refused("There is no file in this zip.")
        if len(found) > MOST_FILES:
            raise Refused(f"There are {len(found)} files in this zip, at most {MOST_FILES}. Bring them in parts.")
        for info in found:
            yield info.filename.rsplit("/", 1)[-1], _unpacked(archive, info)


def check_word_file(name: str, data: bytes) -> None:
    """Raises Refused unless `data` is a Word file that may be read. Unpacks nothing."""
    if not data:
        raise Refused(EMPTY)
    if data.startswith(OLD_FORMAT):
        raise Refused(_old_or_locked(name, data))
    if name.lower().endswith((".docm", ".dotm")):
        raise Refused(MACROS)
    if name.lower().endswith(".zip"):
        raise Refused(NESTED)
    if not name.lower().endswith(".docx"):
        raise Refused(NO_WORD)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for kind, beginnings in OTHER_KINDS.items():
        if start.startswith(beginnings):
            raise Refused(OTHER_KIND.format(kind))
    with open_archive(data, largest=LARGEST_FILE) as archive:
        _check_names([part.replace("\\", "/").lower() for part in archive.namelist()])
        if any(part.flag_bits & 1 for part in archive.infolist()):
            raise Refused(PASSWORD)


def _check_names(names: list[str]) -> None:
    if "[content_types].xml" not in names:
        kind = next((kind for part, kind in OTHER_ZIPS.items() if part in names), "")
        raise Refused(OTHER_KIND.format(kind) if kind else BROKEN)
    for part, kind in OTHER_OFFICE.items():
        if part in names:
            raise Refused(OTHER_KIND.format(kind))
    if any(part.endswith(("vbaproject.bin", "vbadata.xml")) for part in names):
        raise Refused(MACROS)


def _old_or_locked(name: str, data: bytes) -> str:
    """Both are wrapped alike; what lies in the wrapping has a name."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return PASSWORD
    if "WordDocument".encode("utf-16-le") in data:
        return OLD_WORD
    return OLD_WORD if name.lower().endswith(".doc") else PASSWORD


def open_archive(data: bytes, *, largest: int) -> zipfile.ZipFile:
    """The zip that `data` is, unread. Raises Refused when it is none, or would unpack to more than anybody means."""
    if len(data) > largest:
        raise Refused(TOO_BIG if largest == LARGEST_FILE else "This zip is too big, at most 50 MB. Divide it.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused(BROKEN) from error
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused(TOO_MUCH)
    return archive


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes | Refused:
    if info.file_size > LARGEST_FILE:
        return Refused(TOO_BIG)
    try:
        return _read(archive, info)
    except Refused as refusal:
        return refusal


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.flag_bits & 1:
        raise Refused(PASSWORD)
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused(BROKEN) from error


def _is_meant(info: zipfile.ZipInfo) -> bool:
    """Not a folder, and not what Word and macOS leave beside a file."""
    name = info.filename.rsplit("/", 1)[-1]
    return bool(name) and not name.startswith(("~$", ".")) and not info.filename.startswith("__MACOSX/")

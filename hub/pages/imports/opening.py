"""May this file be opened? Looks at names, sizes and markers before anything reads it. Refuses with a sentence.

Sizes are those an archive declares: Python's reader never unpacks more than that, and fails where they are wrong.
"""

import io
import re
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
OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also what Word wraps around a file with a password
BROKEN = "This file is damaged or not a Word file. Open it in Word, save it again as .docx, and try once more."
TOO_BIG = "This file is too big, at most 10 MB. Make its pictures smaller, or divide it."
TOO_MUCH = "This file unpacks to far more than it seems to hold, so it was not opened."
PASSWORD = "This file is protected by a password. Take the password off in Word, and try once more."  # noqa: S105
MACROS = "This file has macros, which are small programs. Save it as .docx, without macros, and try once more."
OLD_WORD = "This is the old Word format (.doc). Open it in Word, save it as .docx, and try once more."
NO_WORD = "This is not a Word file (.docx)."
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
        if not found:
            raise Refused("There is no file in this zip.")
        if len(found) > MOST_FILES:
            raise Refused(f"There are {len(found)} files in this zip, at most {MOST_FILES}. Bring them in parts.")
        for info in found:
            yield info.filename.rsplit("/", 1)[-1], _unpacked(archive, info)


def check_word_file(name: str, data: bytes) -> None:
    """Raises Refused unless `data` is a Word file that may be read."""
    if data.startswith(OLD_FORMAT):
        raise Refused(OLD_WORD if name.lower().endswith(".doc") else PASSWORD)
    if name.lower().endswith((".docm", ".dotm")):
        raise Refused(MACROS)
    if name.lower().endswith(".zip"):
        raise Refused(NESTED)
    if not name.lower().endswith(".docx"):
        raise Refused(NO_WORD)
    with open_archive(data, largest=LARGEST_FILE) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names or "[Content_Types].xml" not in names:
            raise Refused(BROKEN)
        if any(part.lower().endswith(("vbaproject.bin", "vbadata.xml")) for part in names):
            raise Refused(MACROS)
        _check_parts(archive)


def _check_parts(archive: zipfile.ZipFile) -> None:
    for info in archive.infolist():
        if info.filename.endswith((".xml", ".rels")):
            text = _read(archive, info)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"<\x00!\x00" in text:
                raise Refused(BROKEN)  # Word never writes these; they can make a reader fetch or multiply things
            if info.filename == "[Content_Types].xml" and b"macroEnabled" in text:
                raise Refused(MACROS)
            if info.filename == "word/document.xml":
                _check_length(text)


def _check_length(text: bytes) -> None:
    number = len(re.findall(rb"<w:p[ >/]", text))
    if number > MOST_PARAGRAPHS or len(text) > LARGEST_TEXT:
        raise Refused(
            f"This file has {number:,} paragraphs, at most {MOST_PARAGRAPHS:,}: longer than anybody reads on a screen."
            " Divide it, and bring the parts in a zip."
        )


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
    if info.filename.endswith((".xml", ".rels")) and info.file_size > 2 * LARGEST_TEXT:
        raise Refused(TOO_MUCH)
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Refused(BROKEN) from error


def _is_meant(info: zipfile.ZipInfo) -> bool:
    """Not a folder, and not what Word and macOS leave beside a file."""
    name = info.filename.rsplit("/", 1)[-1]
    return bool(name) and not name.startswith(("~$", ".")) and not info.filename.startswith("__MACOSX/")

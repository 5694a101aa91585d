"""What do files that were taken along hold? Read and compared with their form in a process of its own, to the end.

Refuses with a sentence what is no such file, is damaged, holds more than anybody means, or is not of the form that the
schema describes: then nothing of it was looked at any further.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from hub.bounded_process import Answer, Declined, Limits
from hub.pages.files.apart import Sentences, read_apart
from hub.pages.files.opening import LARGEST_FILE, MEGABYTE, Refused

LIMITS = Limits(seconds=30, megabytes=1_024, answer_megabytes=60)
LARGEST = 50 * MEGABYTE
LARGEST_DATA = 40 * MEGABYTE
LARGEST_UNPACKED = 1_000 * MEGABYTE
MOST_PARTS = 20_000
FORM, VERSION = "making-it-work-hub", 1
SCHEMA = Path(__file__).parent.parent / "form.schema.json"
MOST_SAID = 3
TOO_BIG = "This file is too big: at most 50 MB. Whoever runs the Hub can bring it in with the command bring_along."
NO_ZIP = "This is not a file that was taken along from a Hub: it is no zip, or it is damaged. Choose the zip itself."
NO_DATA = "There is no hub.json in this zip, so it was not taken along from a Hub."
TOO_MUCH = "This file unpacks to far more than it seems to hold, so it was not opened."
LOCKED = "This zip is locked with a password. Unpack it, zip it again without one, and try once more."
DAMAGED = "The file hub.json in this zip is damaged. Take everything along once more."
OTHER_FORM = "The file hub.json in this zip does not say that it is from a Hub."
NEWER = "These files were taken along from a newer Hub than this one. Ask whoever runs this Hub to upgrade it first."
NOT_OF_THE_FORM = "The file hub.json in this zip was changed by hand, or is damaged. {}"
TWICE = "Two pages in it have the number {}."
TOO_MUCH_WORK = "Reading this file takes too long or too much memory, so nothing was brought in."
SENTENCES = Sentences("What was taken along", too_much=TOO_MUCH_WORK, broken=DAMAGED)


def read(data: bytes, *, largest: int | None = LARGEST) -> dict[str, Any]:
    """What `hub.json` says. Raises Refused."""
    if largest is not None and len(data) > largest:
        raise Refused(TOO_BIG)
    found: dict[str, Any] = read_apart(take_apart, data, limits=LIMITS, say=SENTENCES).value
    return found


def file_in(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """A picture or a file of the zip; None if it is not there, is damaged, or is larger than one may be."""
    try:
        info = archive.getinfo(name)
        return archive.read(info) if info.file_size <= LARGEST_FILE else None
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        return None


def take_apart(data: bytes) -> Answer:
    """The same in the process that is bounded: no database, no settings, nothing that needs Django."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise Declined(NO_ZIP) from None
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Declined(TOO_MUCH)
    found = next((part for part in parts if part.filename == "hub.json"), None)
    if found is None:
        raise Declined(NO_DATA)
    if found.flag_bits & 1:
        raise Declined(LOCKED)
    if found.file_size > LARGEST_DATA:
        raise Declined(TOO_MUCH)
    try:
        said = json.loads(archive.read(found))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RecursionError):
        raise Declined(DAMAGED) from None
    _check(said)
    return Answer(said)


def _check(said: Any) -> None:
    if not isinstance(said, dict) or said.get("form") != FORM:
        raise Declined(OTHER_FORM)
    version = said.get("version")
    if isinstance(version, int) and version > VERSION:
        raise Declined(NEWER)
    mistakes = _mistakes(said)
    if mistakes:
        raise Declined(NOT_OF_THE_FORM.format(" ".join(mistakes)))
    seen: set[int] = set()
    for page in pages_in(said):
        if page["number"] in seen:
            raise Declined(TWICE.format(page["number"]))
        seen.add(page["number"])


def _mistakes(said: dict[str, Any]) -> list[str]:
    """The first of what is not as the schema says, each with its place."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found = []
    for mistake in Draft202012Validator(schema).iter_errors(said):
        place = ", ".join(str(step) for step in mistake.absolute_path)
        found.append(f"At {place or 'the top'}: {mistake.message[:160]}.")
        if len(found) == MOST_SAID:
            break
    return found


def pages_in(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every page, and each story that has its words."""
    yield from said["pages"]
    yield from (story["page"] for story in said["stories"] if story["page"])

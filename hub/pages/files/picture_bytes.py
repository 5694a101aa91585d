"""Is this picture, byte for byte, the file that people saw? What the library says of a file does not count by itself.

A file can be written over on the disk, or another put in its place past the library's own screens. So an original is
compared with its digest each time it matters, and a size is sent only if it was made from that original and is still
what was made. Refuses what cannot be read.
"""

import hashlib
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation

from hub.kept import notes
from hub.kept.kept import told_of
from hub.shelves import FilesDoNotAnswer

MOST_KNOWN = 4_096
TOO_FRESH = 100_000_000  # ns: a file written this lately could be written over once more within one tick of its clock
CHANGED = 2  # where the time of a file's last change stands in what the disk says of it
CANNOT_BE_READ = (OSError, ValueError, SuspiciousFileOperation)  # gone, nameless, or outside the folder

_known: dict[str, tuple[tuple[Any, ...], str]] = {}


def digest_of(file: Any) -> str:
    """The SHA-256 of what is on the disk now, in lower-case hex; empty when it cannot be read.

    Read once in each process for as long as the disk says that nobody has touched the file: its size, its times (that
    of the last change cannot be set by hand), its number and its disk.
    """
    if settings.HUB_FILES_ELSEWHERE:
        return _digest_elsewhere(file)
    try:
        place = Path(file.path)
        told = told_of(str(place))
        if told is None:
            return ""
        notes.rests_on_file(str(place), told)
        known = _known.get(str(place))
        if known and known[0] == told:
            return known[1]
        digest = hashlib.sha256(place.read_bytes()).hexdigest()
    except CANNOT_BE_READ:
        return ""
    if time.time_ns() - told[CHANGED] <= TOO_FRESH:
        notes.refuse()
    else:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[str(place)] = (told, digest)
    return digest


def _digest_elsewhere(file: Any) -> str:
    """The same of one in storage of its own, which says each time whether it is still what was read. An answer that
    rests on it is not kept ready. Raises FilesDoNotAnswer: then nobody knows, and nothing is said to have changed.
    """
    notes.refuse()
    if not file:
        return ""
    told = file.storage.told(file.name)
    if told is None:
        return ""
    known = _known.get(file.name)
    if not known or known[0] != told:
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        known = _known[file.name] = (told, hashlib.sha256(file.storage.read(file.name)).hexdigest())
    return known[1]


def bytes_made_from(rendition: Any, original: str) -> bytes | None:
    """The bytes of one size of a picture, if it was made from the file with the digest `original` and not changed.

    None when it was not, when the file behind the picture is another by now, and when there is nothing to read.
    """
    if not original or rendition.made_from != original or digest_of(rendition.image.file) != original:
        return None
    try:
        with rendition.file.open("rb") as stored:
            data = bytes(stored.read())
    except FilesDoNotAnswer:
        raise
    except CANNOT_BE_READ:
        return None
    return data if hashlib.sha256(data).hexdigest() == rendition.sha256 else None

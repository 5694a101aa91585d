"""What is in the one file that a backup is? Written so that half of one, or a changed one, is noticed when it is read.

The first entry says what the backup is, the last that it is whole. A file that has neither, from an older version, is
read too. Refuses everything else before anything is changed.
"""

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import IO, Any

from hub.shelves import Folder, Shelf

MANIFEST, DUMP, JOURNAL, KEYS, WHOLE = "manifest.json", "hub.dump", "journal.jsonl", "keys.json", "whole.json"
FORMAT = 2


class CannotRestore(Exception):
    """The sentence says why, and whether anything was changed."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: the head of its ledger, and what it takes to read it."""

    id: str = ""
    made_at: str = ""
    postgresql: int = 0  # the version of the server, as in 180004
    head: str = ""  # the hash of the newest line of the ledger; empty when nobody had said anything
    head_number: int = 0
    head_at: str = ""
    keys: tuple[str, ...] = ()  # names of the keys that its contents are locked with
    secret_key: str = ""  # the name of the key that private links were made with
    format: int = FORMAT


class Writer:
    """A backup as it is written, entry by entry. Nothing counts until `finish`."""

    def __init__(self, target: IO[bytes]) -> None:
        self.tar = tarfile.open(fileobj=target, mode="w|")  # noqa: SIM115 - `finish` closes it
        self.sum = hashlib.sha256()

    def add(self, name: str, content: bytes) -> None:
        self._entry(name, len(content), 0o600, io.BytesIO(content))

    def add_file(self, name: str, file: Path) -> None:
        """A file as it is now. One that has been deleted since it was listed is left out."""
        try:
            opened = file.open("rb")
        except FileNotFoundError:
            return
        with opened:
            now = os.fstat(opened.fileno())
            self._entry(name, now.st_size, now.st_mode & 0o777, opened)

    def add_shelf(self, part: str, shelf: Shelf) -> None:
        """All of its files. One that has been deleted since it was listed is left out."""
        for name in shelf.names():
            if isinstance(shelf, Folder):
                self.add_file(f"{part}/{name}", shelf.place / name)
                continue
            with suppress(FileNotFoundError):
                self.add(f"{part}/{name}", shelf.read(name))

    def finish(self) -> None:
        self.add(WHOLE, json.dumps({"sha256": self.sum.hexdigest()}).encode())
        self.tar.close()

    def _entry(self, name: str, size: int, mode: int, content: IO[bytes]) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, mode
        self.sum.update(f"{name}\0{size}\0".encode())
        self.tar.addfile(entry, _Summing(content, self.sum))


class _Summing:
    """Reads a file, and adds what was read to a sum."""

    def __init__(self, content: IO[bytes], total: Any) -> None:
        self.content, self.total = content, total

    def read(self, size: int = -1) -> bytes:
        read = self.content.read(size)
        self.total.update(read)
        return read


def unpack(source: IO[bytes], folder: Path) -> Manifest:
    """Everything in the backup, put into `folder`. Raises CannotRestore unless it is whole and unchanged."""
    try:
        total, said = _extract(source, folder)
        manifest = _manifest(folder / MANIFEST)
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError, TypeError) as mistake:
        raise CannotRestore(f"This is not a whole backup of the Hub. Nothing was changed. ({mistake})") from mistake
    if not (folder / DUMP).exists() or (manifest.format >= FORMAT and said != total):
        raise CannotRestore(
            "This is not a whole backup of the Hub. Nothing was changed. (Its end is missing, or it was changed.)"
        )
    return manifest


def _extract(source: IO[bytes], folder: Path) -> tuple[str, str]:
    """The sum of all that is in it, and the sum that it says it has."""
    total, said = hashlib.sha256(), ""
    with tarfile.open(fileobj=source, mode="r|*") as tar:
        for entry in tar:
            if not entry.isfile():
                continue
            _put(tar, entry, folder)
            if entry.name == WHOLE:
                said = str(json.loads((folder / WHOLE).read_text())["sha256"])
            else:
                _add_to(total, entry.name, folder / entry.name)
    return total.hexdigest(), said


def _put(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    """Under its own name and nowhere else. Not by `filter="data"`, which Debian 12's Python does not know."""
    place = folder / entry.name
    if not place.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"{entry.name} would be put elsewhere")
    place.parent.mkdir(parents=True, exist_ok=True)
    content = tar.extractfile(entry)
    assert content  # noqa: S101 - it is a file
    with content, place.open("wb") as out:
        shutil.copyfileobj(content, out)
    place.chmod(entry.mode & 0o777 & ~0o133)


def _add_to(total: Any, name: str, file: Path) -> None:
    total.update(f"{name}\0{file.stat().st_size}\0".encode())
    with file.open("rb") as opened:
        while part := opened.read(1 << 20):
            total.update(part)


def _manifest(file: Path) -> Manifest:
    """What the backup says; of one from an older version nothing is known."""
    if not file.exists():
        return Manifest(format=1)
    said = json.loads(file.read_text())
    known = {each.name: said[each.name] for each in fields(Manifest)}
    return Manifest(**{**known, "keys": tuple(said["keys"])})


def as_json(manifest: Manifest) -> bytes:
    return json.dumps(asdict(manifest), indent=1).encode()


def files_under(folder: Path, name: str) -> Iterator[Path]:
    """The files of one part of an unpacked backup."""
    return (path for path in (folder / name).rglob("*") if path.is_file())


def bring_back(folder: Path, name: str, target: Shelf) -> None:
    """Puts the files of one part where they belong, each whole or not at all. What is there and not in it stays."""
    for file in files_under(folder, name):
        known_as = file.relative_to(folder / name)
        if not isinstance(target, Folder):
            target.write(known_as.as_posix(), file.read_bytes())
            continue
        place = target.place / known_as
        place.parent.mkdir(parents=True, exist_ok=True)
        half = place.with_name(f".{place.name}.restoring")
        shutil.copy(file, half)
        half.replace(place)

"""Where are backups kept? In a folder, or in S3-compatible storage (HUB_BACKUP_URL): best far from this machine.

A backup is there whole or not at all, and what lies elsewhere is fetched once and compared before it counts. Refuses to
put half of one in the place of an older.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol, cast

from django.conf import settings
from django.core.files.storage import storages

from hub.upkeep.archive import CannotRestore
from hub.whole_files import only_whole


class Place(Protocol):
    """Raises OSError when it does not answer, or has no room."""

    def put(self, name: str, locked: Path) -> None: ...
    def names(self) -> set[str]: ...
    def take_away(self, name: str) -> None: ...
    def opened(self, name: str) -> Any: ...


class InAFolder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, locked: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with only_whole(self.folder / name) as out, locked.open("rb") as source:
            shutil.copyfileobj(source, out)

    def names(self) -> set[str]:
        return {file.name for file in self.folder.iterdir()} if self.folder.is_dir() else set()

    def take_away(self, name: str) -> None:
        (self.folder / name).unlink()

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        with (self.folder / name).open("rb") as source:
            yield source


class Elsewhere:
    """In a bucket: never one that readers' files come from."""

    def __init__(self, bucket: Any) -> None:
        self.bucket = bucket

    def put(self, name: str, locked: Path) -> None:
        """Sends it, and reads it again: raises CannotRestore, with nothing left there, if it is not the same."""
        with locked.open("rb") as source:
            sent = hashlib.file_digest(source, "sha256").hexdigest()
            source.seek(0)
            self.bucket.send(name, source)
        with self.opened(name) as kept:
            same = hashlib.file_digest(cast("Any", kept), "sha256").hexdigest() == sent
        if not same:
            self.take_away(name)
            raise CannotRestore("What lies in the storage of backups is not what was sent there.")

    def names(self) -> set[str]:
        return set(self.bucket.names())

    def take_away(self, name: str) -> None:
        self.bucket.remove(name)

    @contextmanager
    def opened(self, name: str) -> Iterator[IO[bytes]]:
        with tempfile.TemporaryFile(dir=settings.VAR_DIR) as here:
            self.bucket.fetch(name, here)
            here.seek(0)
            yield cast("IO[bytes]", here)


def place() -> Place | None:
    """Where the settings say; None where they say nothing."""
    if options := settings.HUB_BACKUP_ELSEWHERE:
        named = {"BACKEND": "hub.files_elsewhere.PrivateBucket", "OPTIONS": {**options, "location": "backups"}}
        return Elsewhere(storages.create_storage(named))
    return InAFolder(Path(settings.HUB_BACKUP_DIR)) if settings.HUB_BACKUP_DIR else None

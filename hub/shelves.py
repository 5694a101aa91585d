"""Where are files kept, on the disk or in storage of its own? For what handles all of them: backups, erasure, evidence.

Two parts: `media`, what people uploaded, and `evidence`, encrypted. Fields of models use Django's storages, over the
same places.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

from django.conf import settings
from django.core.files.storage import storages

PARTS = {"media": "MEDIA_ROOT", "evidence": "EVIDENCE_ROOT"}


class FilesDoNotAnswer(OSError):
    """The storage cannot be reached, or refuses us. The page says so, as when the disk is full."""


class Shelf(Protocol):
    """One part. Raises FileNotFoundError for what is not there."""

    def read(self, name: str) -> bytes: ...
    def write(self, name: str, data: bytes) -> None: ...
    def remove(self, name: str) -> None: ...
    def names(self) -> Iterator[str]: ...
    def is_open_to_all(self) -> bool: ...
    def keeps_what_is_deleted(self) -> bool: ...


class Folder:
    """On the disk of this machine."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def read(self, name: str) -> bytes:
        return (self.place / name).read_bytes()

    def write(self, name: str, data: bytes) -> None:
        """In one go: whoever reads meanwhile sees the old bytes or the new ones."""
        place = self.place / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = place.with_suffix(".half")
        half.write_bytes(data)
        half.chmod(0o600)
        half.replace(place)

    def remove(self, name: str) -> None:
        for one in (name, f"{name}.half"):
            (self.place / one).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        for path in sorted(self.place.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(self.place).as_posix()

    def is_open_to_all(self) -> bool:
        return False

    def keeps_what_is_deleted(self) -> bool:
        return False


def shelf(part: str) -> Shelf:
    """Where the files of this part are now."""
    if settings.HUB_FILES_ELSEWHERE:
        return cast("Shelf", storages["default" if part == "media" else part])
    return Folder(Path(getattr(settings, PARTS[part])))

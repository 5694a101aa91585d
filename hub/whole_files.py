"""A file that is there whole or not at all: what fails half-way never takes the place of one that is good."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def only_whole(target: Path) -> Iterator[IO[bytes]]:
    """A file beside `target`, for nobody else to read, which becomes `target` when the block ends well.

    It is there before anything else is done: whoever has no room for the file does nothing.
    """
    half = target.with_name(f".{target.name}.half")
    half.touch(mode=0o600)
    try:
        with half.open("wb") as out:
            yield out
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)

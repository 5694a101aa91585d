"""Where the demo's content files are. What they may hold is decided in hub/pages/first_pages/content_files.py."""

from pathlib import Path
from typing import Any

from hub.pages.first_pages import content_files

CONTENT = Path(__file__).parent / "content"


def read(name: str) -> dict[str, Any]:
    """One content file, by its path below `content/`. Raises ContentMistake."""
    return content_files.read(CONTENT / name)


def read_all(folder: str) -> list[dict[str, Any]]:
    """Every content file of a folder, in the order of their names."""
    return content_files.read_all(CONTENT / folder)

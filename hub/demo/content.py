"""What a demo holds, file by file. A demo is data, and no code: another one is another folder.

What a file may hold is decided in hub/pages/first_pages/content_files.py. Refuses the name of a demo that is not there.
"""

from dataclasses import dataclass
from typing import Any

from hub.demo.folders import CONTENT, why_not
from hub.pages.first_pages import content_files
from hub.pages.first_pages.content_files import ContentMistake


@dataclass(frozen=True, slots=True)
class Content:
    """The files of one demo. Raises ContentMistake for a demo and for a file that is not there."""

    demo: str

    def __post_init__(self) -> None:
        if mistake := why_not(self.demo):
            raise ContentMistake(mistake)

    def read(self, name: str) -> dict[str, Any]:
        """One file, by its path below the demo's folder."""
        return content_files.read(CONTENT / self.demo / name)

    def read_all(self, folder: str) -> list[dict[str, Any]]:
        """Every file of a folder, in the order of their names; none when the demo has no such folder."""
        return content_files.read_all(CONTENT / self.demo / folder)

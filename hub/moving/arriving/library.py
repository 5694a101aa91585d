"""The pictures and files that pages bring along, put into the library: each through the gate it would pass by hand.

Refuses nothing by itself: what the gate refuses is left out, with its sentence. A file that was stored for a page that
then did not come in is taken away again.
"""

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.models import Collection

from hub.malware import NotKept, check_for_harm
from hub.moving.arriving.reading import file_in
from hub.pages.files.document_file import check_document
from hub.pages.models import HubDocument, HubImage
from hub.pages.models.picture_upload import CannotUse, take_in

NOT_THERE = "its file is not in the zip, or is damaged."
PICTURE = "Picture {} (“{}”) was left out: {}"
FILE = "The file “{}” was left out: {}"


@dataclass
class Library:
    """What the zip holds by number, and what of it is in the library by now."""

    archive: zipfile.ZipFile
    pictures: dict[int, dict[str, Any]]
    documents: dict[int, dict[str, Any]]
    by: Any
    made: dict[tuple[str, int], Any] = field(default_factory=dict)
    why_not: dict[tuple[str, int], str] = field(default_factory=dict)

    def picture(self, number: Any, collection: Collection, say: Callable[[str], None]) -> int | None:
        """The number of this picture here; None where a sentence says why not."""
        return self._taken("picture", self.pictures, number, collection, say)

    def document(self, number: Any, collection: Collection, say: Callable[[str], None]) -> int | None:
        """The same for a file."""
        return self._taken("document", self.documents, number, collection, say)

    def take_away(self) -> None:
        """Deletes the stored files: nothing of this came in."""
        for thing in self.made.values():
            thing.file.storage.delete(thing.file.name)

    def _taken(
        self,
        kind: str,
        rows: dict[int, dict[str, Any]],
        number: Any,
        collection: Collection,
        say: Callable[[str], None],
    ) -> int | None:
        row = rows.get(number)
        if row is None:
            return None
        key = (kind, number)
        if key not in self.made and key not in self.why_not:
            self._take(key, row, collection)
        if key in self.why_not:
            say(self.why_not[key])
            return None
        return int(self.made[key].pk)

    def _take(self, key: tuple[str, int], row: dict[str, Any], collection: Collection) -> None:
        kind, number = key
        sentence = PICTURE.format(number, row["title"], "{}") if kind == "picture" else FILE.format(row["title"], "{}")
        data = file_in(self.archive, row["file"]) if row["file"] else None
        if data is None:
            self.why_not[key] = sentence.replace("{}", NOT_THERE)
            return
        try:
            self.made[key] = (
                self._picture(row, data, collection) if kind == "picture" else self._file(row, data, collection)
            )
        except (CannotUse, NotKept) as refusal:
            self.why_not[key] = sentence.replace("{}", str(refusal))
        except ValidationError as refusal:
            self.why_not[key] = sentence.replace("{}", " ".join(refusal.messages))

    def _picture(self, row: dict[str, Any], data: bytes, collection: Collection) -> HubImage:
        taken = take_in(data)  # first, so that nothing else opens what a stranger made
        image = HubImage(title=row["title"] or "Picture", default_alt_text=row["alternative_text"][:250])
        image.collection, image.uploaded_by_user = collection, self.by
        image.file = ContentFile(taken.data, name="picture")
        image.save()
        return image

    def _file(self, row: dict[str, Any], data: bytes, collection: Collection) -> HubDocument:
        check_document(row["file"], data)
        check_for_harm(data)
        document = HubDocument(title=row["title"] or "File", collection=collection, uploaded_by_user=self.by)
        document.file = ContentFile(data, name=row["file"].rsplit("/", 1)[-1])
        document.save()
        return document

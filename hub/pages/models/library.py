"""What pages draw on: images without hidden data, documents, and help lines kept in one place.

An image is re-made from its pixels before it is stored (hub/pictures): where it was taken never reaches the disk. Each
file's digest is kept, so that another one in its place is noticed (hub.pages.files.picture_bytes).
"""

import hashlib
import io
import re
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

import pgtrigger
from django.core.files.base import ContentFile
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from modelsearch import index
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.snippets.models import register_snippet

from hub.pages.changes import GOES, marks_changes
from hub.pages.fields import ChoicesField
from hub.pages.files.picture_addresses import address_of
from hub.pages.files.picture_bytes import bytes_made_from, digest_of
from hub.pages.models.belonging import BelongsToSomebody, partner_who_brings
from hub.pages.models.picture_upload import take_in
from hub.pages.topics import HelpTopic

NAME = re.compile(r"[\w.+-]+", re.ASCII)


class HubImage(BelongsToSomebody, AbstractImage):
    """An image of the library: metadata gone, name on disk opaque, alternative text required where it is used."""

    default_alt_text = models.CharField(
        "alternative text",
        max_length=250,
        blank=True,
        help_text="What somebody who cannot see it should be told.",
    )
    sha256 = models.CharField(max_length=64, editable=False, blank=True)

    admin_form_fields = (
        "title",
        "file",
        "default_alt_text",
        "collection",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    search_fields: ClassVar[list[Any]] = [*AbstractImage.search_fields, index.FilterField("belongs_to")]

    class Meta(AbstractImage.Meta):
        triggers: ClassVar[list[Any]] = [marks_changes(pgtrigger.Update | GOES)]

    def get_upload_to(self, filename: str) -> str:
        """A name that says nothing about who uploaded what."""
        return f"originals/{uuid.uuid4().hex}.{filename.rsplit('.', 1)[-1].lower()}"

    @property
    def default_alt(self) -> str:
        return self.default_alt_text

    @property
    def proved_sha256(self) -> str:
        """The digest of its file, if the disk holds the very bytes that the library took in; else empty."""
        return self.sha256 if self.sha256 and digest_of(self.file) == self.sha256 else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Re-makes a new file from its pixels, also one that is stored already: then that one is deleted.

        New is every file but the one whose digest is kept, whoever put it there. Raises CannotUse with a sentence.
        """
        if self._state.adding and self.belongs_to_id is None:
            self.belongs_to = partner_who_brings(self.uploaded_by_user)
        file: Any = self.file
        stored = file.name if file and file._committed and not self._is_kept(file.name) else ""
        if file and (stored or not file._committed):
            file.open("rb")
            made = take_in(file.read())
            self.file: Any = ContentFile(made.data, name=f"image.{made.extension}")
            self.sha256 = hashlib.sha256(made.data).hexdigest()
            self.file_size = len(made.data)
            self.file_hash = hashlib.sha1(made.data, usedforsecurity=False).hexdigest()
        super().save(*args, **kwargs)
        if stored:
            file.close()
            file.storage.delete(stored)

    def _is_kept(self, name: str) -> bool:
        return bool(self.sha256) and HubImage.objects.filter(pk=self.pk, file=name, sha256=self.sha256).exists()

    def create_rendition(self, filter: Any) -> Any:  # noqa: A002 - Wagtail's name
        """As Wagtail does, with the digests of what it was made from and of what was made."""
        with self.open_file() as original:
            made = self.generate_rendition_instance(filter, io.BytesIO(original.read()))
        rendition, _ = self.renditions.get_or_create(
            filter_spec=made.filter_spec,
            focal_point_key=made.focal_point_key,
            defaults={"file": made.file, "made_from": made.made_from, "sha256": made.sha256},
        )
        return rendition

    def generate_rendition_instance(self, filter: Any, source: io.BytesIO) -> Any:  # noqa: A002 - Wagtail's name
        """The same for each of several sizes that are made at once."""
        made = super().generate_rendition_instance(filter, source)
        made.made_from = hashlib.sha256(source.getvalue()).hexdigest()
        made.file.seek(0)
        made.sha256 = hashlib.sha256(made.file.read()).hexdigest()
        made.file.seek(0)
        return made


class HubRendition(AbstractRendition):
    """One size of an image. Never changed once made: another file in its place has another digest, and is not sent."""

    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")
    made_from = models.CharField(max_length=64, editable=False, blank=True, help_text="SHA-256 of the original.")
    sha256 = models.CharField(max_length=64, editable=False, blank=True)

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="rendition_is_never_updated", operation=pgtrigger.Update),
            marks_changes(GOES),
        ]

    @classmethod
    def called(cls, name: str) -> "HubRendition | None":
        """The size whose file has this name, with its image."""
        found = cls.objects.select_related("image").filter(file__endswith=f"/{name}")
        return found.first() if NAME.fullmatch(name) else None

    @classmethod
    def forget_wrong(cls, image_ids: Iterable[int]) -> int:
        """Deletes the sizes of these pictures that are not as they were made; they are made anew when they are shown.

        Returns how many there were.
        """
        sizes = cls.objects.filter(image__in=list(image_ids)).select_related("image")
        wrong = [size for size in sizes if bytes_made_from(size, size.image.sha256) is None]
        for size in wrong:
            size.delete()
        return len(wrong)

    @property
    def url(self) -> str:
        """Our own address, which asks each time whether whoever comes may see the image there."""
        return address_of(self.name)

    @property
    def name(self) -> str:
        """What its file is called: opaque, and the end of each address under which it leaves."""
        return str(self.file.name).rsplit("/", 1)[-1]


class HubDocument(BelongsToSomebody, AbstractDocument):
    """A file to take away. Served by our own view, and only while a public page uses it."""

    admin_form_fields = ("title", "file", "collection")  # no tags: all partners would share them

    search_fields: ClassVar[list[Any]] = [*AbstractDocument.search_fields, index.FilterField("belongs_to")]

    class Meta(AbstractDocument.Meta):
        triggers: ClassVar[list[Any]] = [marks_changes(pgtrigger.Update | GOES)]

    @property
    def url(self) -> str:
        return reverse("wagtaildocs_serve", args=[self.pk, self.filename])

    @property
    def name_to_take_away(self) -> str:
        """What the file is called once it is downloaded: after its title, which staff chose."""
        return f"{slugify(self.title) or 'file'}.{self.file_extension}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Gives a newly uploaded file a name that says nothing: the one it came with can be somebody's."""
        if self._state.adding and self.belongs_to_id is None:
            self.belongs_to = partner_who_brings(self.uploaded_by_user)
        file: Any = self.file
        if file and not file._committed:
            file.name = f"{uuid.uuid4().hex}.{file.name.rsplit('.', 1)[-1].lower()}"
        super().save(*args, **kwargs)


@register_snippet
class HelpLine(models.Model):
    """Somebody to phone. Kept once; shown wherever its topics are asked for; dated when last checked."""

    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30)
    when = models.CharField("opening hours", max_length=160)
    about = models.CharField(max_length=200, blank=True)
    url = models.URLField("website", blank=True)
    text_number = models.CharField(
        "by text", max_length=120, blank=True, help_text="If they can be texted: how. For example: Text SHOUT to 85258."
    )
    bsl = models.CharField(
        "in BSL", max_length=160, blank=True, help_text="If they can be reached in British Sign Language: how."
    )
    topics = ChoicesField(choices=HelpTopic.choices)
    last_checked = models.DateField()
    sort_order = models.PositiveSmallIntegerField(default=100, help_text="Lower comes first.")

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("phone"),
        FieldPanel("when"),
        FieldPanel("about"),
        FieldPanel("url"),
        FieldPanel("text_number"),
        FieldPanel("bsl"),
        FieldPanel("topics"),
        FieldPanel("last_checked"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        ordering = ("sort_order", "name")
        triggers: ClassVar[list[Any]] = [marks_changes()]

    def __str__(self) -> str:
        return self.name

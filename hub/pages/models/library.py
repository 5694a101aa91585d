"""What pages draw on: images without hidden data, documents, and help lines kept in one place.

An image is re-made from its pixels before it is stored: where it was taken and with what never reaches the disk.
"""

import hashlib
import io
import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.files.base import ContentFile
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from PIL import Image, ImageOps
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.snippets.models import register_snippet

from hub.pages.fields import ChoicesField
from hub.pages.topics import HelpTopic

STORED_AS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "png", "AVIF": "webp", "HEIF": "jpg"}


def without_metadata(data: bytes) -> tuple[bytes, str]:
    """The same picture, upright, with nothing but pixels and colour profile; and its new extension.

    Raises PIL.UnidentifiedImageError or OSError when `data` is not a picture that can be read to the end.
    """
    with Image.open(io.BytesIO(data)) as original:
        original.load()
        kind = original.format or "PNG"
        upright = ImageOps.exif_transpose(original)
        extension = STORED_AS.get(kind, "png")
        mode = "RGB" if extension == "jpg" else ("RGBA" if upright.has_transparency_data else "RGB")
        pixels = upright.convert(mode)
        clean = Image.new(mode, pixels.size)
        clean.paste(pixels)
        out = io.BytesIO()
        icc = {"icc_profile": original.info["icc_profile"]} if original.info.get("icc_profile") else {}
        clean.save(out, format={"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[extension], quality=90, **icc)
    return out.getvalue(), extension


class HubImage(AbstractImage):
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

    def get_upload_to(self, filename: str) -> str:
        """A name that says nothing about who uploaded what."""
        return f"originals/{uuid.uuid4().hex}.{filename.rsplit('.', 1)[-1].lower()}"

    @property
    def default_alt(self) -> str:
        return self.default_alt_text

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Re-makes a new file from its pixels, also one that Wagtail has stored already: then that one is deleted."""
        file: Any = self.file  # type: ignore[has-type]
        stored = file.name if file and file._committed and not self.sha256 else ""
        if file and (stored or not file._committed):
            file.open("rb")
            data, extension = without_metadata(file.read())
            self.file = ContentFile(data, name=f"image.{extension}")
            self.sha256 = hashlib.sha256(data).hexdigest()
            self.file_size = len(data)
            self.file_hash = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        super().save(*args, **kwargs)
        if stored:
            file.close()
            file.storage.delete(stored)


class HubRendition(AbstractRendition):
    image = models.ForeignKey(HubImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)

    @property
    def url(self) -> str:
        """Our own address, which asks each time whether a public page shows the image."""
        return reverse("image", args=[self.file.name.rsplit("/", 1)[-1]])


class HubDocument(AbstractDocument):
    """A file to take away. Served by our own view, and only while a public page uses it."""

    admin_form_fields = ("title", "file", "collection")  # no tags: all partners would share them

    @property
    def url(self) -> str:
        return reverse("wagtaildocs_serve", args=[self.pk, self.filename])

    @property
    def name_to_take_away(self) -> str:
        """What the file is called once it is downloaded: after its title, which staff chose."""
        return f"{slugify(self.title) or 'file'}.{self.file_extension}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Gives a newly uploaded file a name that says nothing: the one it came with can be somebody's."""
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
    topics = ChoicesField(choices=HelpTopic.choices)
    last_checked = models.DateField()
    sort_order = models.PositiveSmallIntegerField(default=100, help_text="Lower comes first.")

    panels: ClassVar[list[Any]] = [
        FieldPanel("name"),
        FieldPanel("phone"),
        FieldPanel("when"),
        FieldPanel("about"),
        FieldPanel("url"),
        FieldPanel("topics"),
        FieldPanel("last_checked"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        ordering = ("sort_order", "name")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def for_topics(cls, topics: Iterable[str]) -> Any:
        """Help lines for any of `topics`, in order; every help line when `topics` is empty."""
        chosen = list(topics)
        return cls.objects.filter(Q(topics__overlap=chosen) if chosen else Q())

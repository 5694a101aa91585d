"""A picture as a pack prints it. One that is not on the disk, or not as it was taken in, is left out."""

from dataclasses import dataclass
from typing import Any

from wagtail.images.models import SourceImageIOError

from hub.pages.files.picture_bytes import bytes_made_from

SIZE = "max-1000x1000|format-jpeg|jpegquality-80|bgcolor-ffffff"


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG, and its size in points."""

    data: bytes
    width: int
    height: int


def printed(image: Any, digest: str) -> Picture | None:
    """`image` no longer than 1,000 points, if it was made from the file with this SHA-256; else None."""
    try:
        size = image.get_rendition(SIZE)
        data = bytes_made_from(size, digest)
    except (OSError, SourceImageIOError):
        return None
    return Picture(data, size.width, size.height) if data else None

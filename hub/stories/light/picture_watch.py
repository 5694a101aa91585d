"""Is every picture of a lit story still the file that people agreed to? Asked by a job; readers need not come first."""

import logging
from datetime import datetime

from hub.left_out import each
from hub.pages.files.picture_bytes import bytes_made_from
from hub.pages.models import HubImage, HubRendition, Visibility

logger = logging.getLogger(__name__)


def darken_swapped(now: datetime) -> int:
    """Job: takes the light of each story of which a picture, or a size of one, is another file by now. How many?"""
    return sum(each(Visibility.objects.exclude(picture_files={}), _darken_if_swapped, of="the pictures looked at"))


def _darken_if_swapped(proof: Visibility) -> bool:
    """Takes its light away if a picture is not the file that people agreed to. Returns whether it did."""
    if _is_whole(proof):
        return False
    logger.error("A picture in story %s is not the one that was agreed to. The story is dark now.", proof.page_id)
    proof.take_back()
    return True


def _is_whole(proof: Visibility) -> bool:
    agreed = {int(number): digest for number, digest in proof.picture_files.items()}
    images = HubImage.objects.in_bulk(list(agreed))
    sizes = HubRendition.objects.filter(image__in=list(agreed)).select_related("image")
    return all(
        number in images and images[number].proved_sha256 == digest for number, digest in agreed.items()
    ) and all(bytes_made_from(size, agreed[size.image_id]) is not None for size in sizes)

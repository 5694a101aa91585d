"""A picture for somebody who is asked about words that are not public, or has to approve them: exactly those words'.

Refuses a picture that stands in other words, and one whose file is not the one that these words hold.
"""

from collections.abc import Iterable

from django.http import Http404, HttpResponse

from hub.pages.files.picture_bytes import bytes_made_from
from hub.pages.models import HubRendition
from hub.pages.serving.media import picture
from hub.stories.models import StoryPage


def picture_in(versions: Iterable[StoryPage], name: str) -> HttpResponse:
    """One size of a picture, by its opaque file name, if it stands in one of these versions; else Http404."""
    size = HubRendition.called(name)
    if size is None:
        raise Http404
    files = (version.picture_files().get(size.image_id, "") for version in versions)
    found = (bytes_made_from(size, file) for file in files if file)
    return picture(size, next((data for data in found if data is not None), None))

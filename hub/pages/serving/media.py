"""Pictures and files leave here, and only while a public page shows them. An address nobody may see is a plain 404.

A picture that stands in a story leaves only while such a story is public, whatever other page shows it too: people
agreed to it there and nowhere else. And only if it is, byte for byte, what the proof of the story says: otherwise the
story goes dark.
"""

import logging
import mimetypes
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from hub.pages.files.picture_bytes import bytes_made_from
from hub.pages.models import HubPage, HubRendition
from hub.pages.visibility import holds_nobody, is_exempt
from hub.security_headers import NO_COPY

logger = logging.getLogger(__name__)
SHORT = "public, max-age=60, must-revalidate"


def rendition(request: HttpRequest, name: str) -> HttpResponse:
    """The bytes of one size of an image, by its opaque file name."""
    found = HubRendition.called(name)
    if found is None:
        raise Http404
    pages = _public_pages_using(found.image)
    if _in_a_story(pages):
        return picture(found, _as_agreed(found, pages))
    if not pages and not _may_choose(request, found.image):
        raise Http404
    return _send(found.file, SHORT if pages else NO_COPY)


def picture(size: HubRendition, data: bytes | None) -> HttpResponse:
    """These bytes of one size of a picture, for whoever may see them and nobody after them; 404 for None."""
    if data is None:
        raise Http404
    return _answer(size.file.name, data, NO_COPY)


def _as_agreed(size: HubRendition, stories: list[Any]) -> bytes | None:
    """The bytes of `size`, if they are what was agreed to in one of these lit stories. Darkens each where they are not.

    A story that refers to the picture without showing it has nothing to say.
    """
    found = None
    for story in stories:
        agreed = story.visibility.picture_files.get(str(size.image_id))
        data = bytes_made_from(size, agreed) if agreed else None
        if agreed and data is None:
            logger.error("A picture in story %s is not the one that was agreed to. The story is dark now.", story.pk)
            story.visibility.take_back()
        found = found or data
    return found


def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """A file to take away, as an attachment. No story offers one: people agree to words and pictures, not to a file."""
    found = get_document_model().objects.filter(pk=document_id).first()
    if found is None or filename != found.filename:
        raise Http404
    offering = [page for page in _public_pages_using(found) if not _in_a_story([page])]
    if not offering and not _may_choose(request, found):
        raise Http404
    response = _send(found.file, NO_COPY)
    response["Content-Disposition"] = f'attachment; filename="{found.name_to_take_away}"'
    return response


def _public_pages_using(asset: Any) -> list[Any]:
    """Public pages that refer to `asset`. At most a few: it is asked only whether there are any, and of what kind."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(HubPage),
        to_content_type=ContentType.objects.get_for_model(asset),
        to_object_id=str(asset.pk),
    ).values_list("object_id", flat=True)
    pages = HubPage.objects.filter(pk__in={int(pk) for pk in references})
    stories = pages.exclude(holds_nobody())
    shown_by = stories if stories.exists() else pages
    shown = shown_by.live().select_related("visibility")
    return list(shown.only("pk", "content_type", "visibility"))


def _in_a_story(pages: list[Any]) -> bool:
    return any(not is_exempt(page.specific_class) for page in pages)


def _may_choose(request: HttpRequest, asset: Any) -> bool:
    user = request.user
    policy = policy_registry.get_by_type(type(asset))
    return user.is_authenticated and bool(
        policy.user_has_any_permission_for_instance(user, ["choose", "change"], asset)
    )


def _send(file: Any, cache_control: str) -> HttpResponse:
    """The whole file at once: uploads are small, and a stream could go on after a withdrawal."""
    try:
        with file.open("rb") as stored:
            data = stored.read()
    except FileNotFoundError:
        raise Http404 from None
    return _answer(file.name, data, cache_control)


def _answer(name: str, data: bytes, cache_control: str) -> HttpResponse:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = HttpResponse(data, content_type=kind)
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""Pictures and files leave here, and only while a public page shows them. An address nobody may see is a plain 404.

A picture that stands in a story leaves only while such a story is public, whatever other page shows it too: people
agreed to it there and nowhere else.
"""

import mimetypes
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from hub.pages.models import HubPage, HubRendition
from hub.pages.visibility import exempt_types

PRIVATE = "private, no-store"
SHORT = "public, max-age=60, must-revalidate"


def rendition(request: HttpRequest, name: str) -> HttpResponse:
    """The bytes of one size of an image, by its opaque file name."""
    found = HubRendition.objects.select_related("image").filter(file__endswith=f"/{name}").first() if name else None
    if found is None:
        raise Http404
    pages = _public_pages_using(found.image)
    if not pages and not _may_choose(request, found.image):
        raise Http404
    return _send(found.file, PRIVATE if not pages or _in_a_story(pages) else SHORT)


def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """A file to take away, as an attachment. No story offers one: people agree to words and pictures, not to a file."""
    found = get_document_model().objects.filter(pk=document_id).first()
    if found is None or filename != found.filename:
        raise Http404
    offering = [page for page in _public_pages_using(found) if not _in_a_story([page])]
    if not offering and not _may_choose(request, found):
        raise Http404
    response = _send(found.file, PRIVATE)
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
    stories = pages.exclude(content_type__in=exempt_types())
    shown_by = stories if stories.exists() else pages
    return list(shown_by.live().only("pk", "content_type"))


def _in_a_story(pages: list[Any]) -> bool:
    return any(not page.specific_class.__dict__.get("consent_exempt") for page in pages)


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
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    response = HttpResponse(data, content_type=kind)
    response["Cache-Control"] = cache_control
    response["X-Content-Type-Options"] = "nosniff"
    return response

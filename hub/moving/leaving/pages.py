"""What of a page goes along? Its newest words, as data that says by itself what each of them is.

Its history, its comments and who may edit it stay. A story gives the words on its page, since those were agreed to.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import QuerySet
from wagtail.fields import RichTextField, StreamField

from hub.left_out import each
from hub.moving.kinds import KINDS, SHARED, own_fields
from hub.moving.pointers import Pointers, linked_outside, repointed
from hub.pages.models import HubDocument, HubImage, HubPage
from hub.pages.visibility import exempt_types, holds_nobody
from hub.partners.models import Partner


@dataclass
class Named:
    """The pictures, files and pages that what was gathered points at, by number."""

    pictures: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)

    def pointers(self) -> Pointers:
        return Pointers(picture=self._picture, document=self._document, text=self.text)

    def text(self, html: str) -> str:
        return linked_outside(html, pages=self.pages, documents=self.documents)

    def _picture(self, number: Any) -> int | None:
        return _noted(self.pictures, number)

    def _document(self, number: Any) -> int | None:
        return _noted(self.documents, number)


def pages_of(partner: Partner | None) -> QuerySet[HubPage]:
    """Each page that staff wrote: of `partner`, or of all; in the order of the tree."""
    pages = HubPage.objects.filter(content_type__in=exempt_types(), depth__gt=1).order_by("path")
    return pages if partner is None else pages.filter(partner=partner)


def newest_words(page: HubPage) -> HubPage:
    """The page as its latest draft has it."""
    found: HubPage = page.specific.get_latest_revision_as_object()
    return found


def as_data(page: HubPage, named: Named, *, public: set[int]) -> dict[str, Any]:
    """One page. `public` holds the numbers of those that readers see; what it points at is noted in `named`."""
    parent = page.get_parent()
    return {
        "number": page.pk,
        "kind": KINDS[type(page)],
        "slug": page.slug,
        "address": page.full_url or "",
        "language": page.locale.language_code,
        "parent": parent.pk if parent and parent.depth > 1 else None,
        "partner": page.partner.slug if page.partner else None,
        "is_public": page.pk in public,
        "first_published": page.first_published_at,
        "last_published": page.last_published_at,
        **{name: getattr(page, name) for name in SHARED},
        "fields": {one.name: _value(page, one, named) for one in own_fields(type(page))},
    }


def public_among(numbers: Iterable[int]) -> set[int]:
    """Those of these pages that readers see now."""
    return set(HubPage.objects.live().filter(pk__in=list(numbers)).values_list("pk", flat=True))


def elsewhere(numbers: Iterable[int]) -> list[dict[str, Any]]:
    """What readers see of these pages, which are pointed at and do not come along. Never a story."""

    def row(page: HubPage) -> dict[str, Any]:
        kind = KINDS[type(page)]
        return {"number": page.pk, "kind": kind, "title": page.title, "slug": page.slug, "address": page.full_url}

    pages = HubPage.objects.live().filter(holds_nobody(), pk__in=list(numbers)).order_by("pk").specific()
    return list(each(pages, row, of="what is pointed at"))


def _value(page: HubPage, one: Any, named: Named) -> Any:
    value = getattr(page, one.name)
    if isinstance(one, StreamField):
        return repointed(one.stream_block, one.stream_block.get_prep_value(value), named.pointers())
    if isinstance(one, RichTextField):
        return named.text(value or "")
    if isinstance(one, models.ManyToManyField):
        numbers = sorted(other.pk for other in value.all())
        named.pages.update(numbers)
        return numbers
    if isinstance(one, models.ForeignKey):
        number = getattr(page, one.attname)
        if issubclass(one.related_model, HubImage):
            return _noted(named.pictures, number)
        return _noted(named.documents if issubclass(one.related_model, HubDocument) else named.pages, number)
    return value


def _noted(numbers: set[int], number: Any) -> int | None:
    if not isinstance(number, int):
        return None
    numbers.add(number)
    return number

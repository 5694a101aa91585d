"""For Wagtail's tags that say whether a page is live: here they say whether readers see it."""

from typing import Any

from django import template
from wagtail.models import AbstractPage

from hub.pages.models import HubPage
from hub.pages.visibility import exempt_classes

register = template.Library()
SHOWN, SHOWN_AND_DRAFT = "shown", "shown + draft"
PUBLISHED, DRAFT = "published, not shown", "not shown"


@register.simple_tag
def is_shown(page: AbstractPage) -> bool:
    """Whether readers see `page` now. Asked of a page that needs somebody's consent; of others their column says it."""
    if not page.pk or not _needs_consent(page):
        return bool(page.live)
    return bool(HubPage.objects.filter(pk=page.pk).live().exists())


@register.filter
def needs_consent(page: Any) -> bool:
    return bool(page.pk) and _needs_consent(page)


@register.simple_tag
def status_words(page: AbstractPage, shown: Any) -> str:
    """What the tag says. Of a page that needs nobody's consent, what Wagtail says."""
    if not page.pk or not _needs_consent(page):
        return str(page.status_string)
    if shown:
        return SHOWN_AND_DRAFT if page.has_unpublished_changes else SHOWN
    return PUBLISHED if page.live else DRAFT


def _needs_consent(page: AbstractPage) -> bool:
    return not issubclass(page.cached_content_type.model_class() or HubPage, exempt_classes())

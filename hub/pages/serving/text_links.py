"""Where may a link in a text lead? To a page the public may read now. To any other it is words without a link.

Wagtail would print the address of a draft or of a story that has gone dark: an address can hold a name.
"""

from typing import Any

from django.utils.html import format_html
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from hub.pages.models import HubPage
from hub.pages.pieces import kept


class PublicPageLinks(PageLinkHandler):
    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """The opening tag of each link. Asked once in each generation, but for links to stories: they are asked about
        each time."""
        numbers = [str(attrs.get("id", "")) for attrs in attrs_list]
        wanted = frozenset(number for number in numbers if number.isdecimal())
        tags = kept(("links to", wanted), lambda: _tags(wanted))
        return [tags.get(number, "<a>") for number in numbers]


def _tags(wanted: frozenset[str]) -> dict[str, str]:
    """By the number of each page that is public: the tag that leads there. One query for all links of a text."""
    pages = HubPage.objects.select_related("visibility", for_specific_subqueries=True).defer_streamfields()
    public = pages.filter(pk__in=wanted).live().specific()
    return {str(page.pk): format_html('<a href="{}">', page.localized.url) for page in public}


def register(features: FeatureRegistry) -> None:
    """Puts ours in the place of Wagtail's."""
    features.register_link_type(PublicPageLinks)

"""Where may a link in a text lead? To a page the public may read now. To any other it is words without a link.

Wagtail would print the address of a draft or of a story that has gone dark: an address can hold a name.
"""

from typing import Any

from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from hub.pages.models import HubPage


class PublicPageLinks(PageLinkHandler):
    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        """The page of each link; None for one that is not public. One query for all links of a text."""
        wanted = {number for attrs in attrs_list if (number := str(attrs.get("id", ""))).isdecimal()}
        public = HubPage.objects.filter(pk__in=wanted).live().defer_streamfields().specific()
        found = {str(page.pk): page for page in public}
        return [found.get(str(attrs.get("id"))) for attrs in attrs_list]


def register(features: FeatureRegistry) -> None:
    """Puts ours in the place of Wagtail's."""
    features.register_link_type(PublicPageLinks)

"""What is new, for feed readers: public pages only, titles and summaries, never the text of a story."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed

from hub.pages.models import HubPage
from hub.pages.search_index import KINDS

NEWEST = 30


class NewestFeed(Feed):  # type: ignore[type-arg] # generic in the stubs only
    """The newest modules, activities, guidance and stories that may be shown now."""

    feed_type = Atom1Feed
    title = "Making It Work for Families: what is new"
    link = "/"
    subtitle = "New modules, activities, guidance and stories."

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Not kept anywhere: a copy could outlive a story in it."""
        response: HttpResponse = super().__call__(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    def items(self) -> list[Any]:
        pages = HubPage.objects.live().exclude(first_published_at=None).order_by("-first_published_at")
        newest = pages.defer_streamfields().specific()[: NEWEST * 2]
        return [page for page in newest if page.kind in KINDS][:NEWEST]

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return str(item.url)

    def item_updateddate(self, item: Any) -> Any:
        return item.last_published_at

    def item_pubdate(self, item: Any) -> Any:
        return item.first_published_at

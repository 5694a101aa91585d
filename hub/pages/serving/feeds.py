"""What is new, for feed readers: pages that hold no story, and stories agreed to be found, by their title alone.

What a feed gave away, it cannot take back.

A page is asked for all that its line needs before the feed is begun: one that cannot say it is left out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, rfc3339_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hub.characters import one_line
from hub.left_out import each
from hub.pages.serving.machines import LISTS, pages_for_machines
from hub.partners.models import Partner
from hub.partners.partnership import the_partnership
from hub.security_headers import forbid_copies

NEWEST = 30
TOOLKIT = ("modulepage", "activitypage")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a feed, all of it."""

    title: str
    summary: str
    url: str
    published_at: datetime
    changed_at: datetime | None

    @classmethod
    def of(cls, page: Any) -> "Entry":
        """Raises whatever the page raises, and ValueError for one that has no name or no address."""
        summary = "" if getattr(page, "visibility", None) else one_line(page.summary)
        entry = cls(one_line(page.title), summary, page.url, page.first_published_at, page.last_published_at)
        if not entry.title or not entry.url:
            raise ValueError("A page without a name or an address.")
        for moment in filter(None, (entry.published_at, entry.changed_at)):
            rfc3339_date(moment)
        return entry


class PagesFeed(Feed):  # type: ignore[type-arg] # generic in the stubs only
    """A feed of pages. Each feed of the Hub is one, so that none can break on a page."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Not kept anywhere: a copy could outlive a story in it."""
        return forbid_copies(super().__call__(request, *args, **kwargs))

    def pages(self) -> Any:
        """What it is about, the newest first."""
        raise NotImplementedError

    def items(self) -> list[Entry]:
        return list(each(self.pages(), Entry.of, of="a feed"))

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return str(item.url)

    def item_updateddate(self, item: Any) -> Any:
        return item.changed_at

    def item_pubdate(self, item: Any) -> Any:
        return item.published_at


class NewestFeed(PagesFeed):
    """The newest modules, activities and guidance, and stories that may be found."""

    link: Any = "/"
    subtitle: Any = _("New modules, activities and guidance.")
    kinds: tuple[str, ...] = (*TOOLKIT, "guidancepage", "storypage")

    def title(self) -> str:
        return gettext("%(name)s: what is new") % {"name": the_partnership().name}

    def pages(self) -> Any:
        return newest(self.kinds)


class ToolkitFeed(NewestFeed):
    """The newest modules and activities."""

    subtitle = _("New modules and activities.")
    kinds = TOOLKIT

    def title(self) -> str:
        ours = the_partnership()
        return f"{ours.name}: {ours.toolkit_name}"


class PartnerFeed(NewestFeed):
    """The newest guidance of one partner that is open, and its stories that may be found."""

    kinds = (*LISTS["guidance"], *LISTS["stories"])

    def get_object(self, request: HttpRequest, slug: str) -> Partner:
        """Raises Http404 for a partner that is closed, as for one that never was."""
        partner = Partner.objects.filter(slug=slug, is_open=True).first()
        if partner is None:
            raise Http404
        return partner

    def title(self, of: Partner) -> str:  # type: ignore[override] # Django looks how many it takes
        return gettext("%(name)s: what is new") % {"name": of.name}

    def subtitle(self, of: Partner) -> str:
        return gettext("New guidance from %(partner)s.") % {"partner": of.short_name}

    def link(self, of: Partner) -> str:
        return f"/partners/{of.slug}/"

    def items(self, of: Partner) -> list[Entry]:  # type: ignore[override] # Django looks how many it takes
        return list(each(newest(self.kinds, partner=of), Entry.of, of="a feed"))


def newest(kinds: tuple[str, ...], **of: Any) -> Any:
    """The newest pages of these kinds that machines may have."""
    pages = pages_for_machines(kinds).filter(**of).exclude(first_published_at=None).select_related("visibility")
    return pages.order_by("-first_published_at")[:NEWEST]

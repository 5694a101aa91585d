"""Which lines does a page have in the sitemap? Wagtail's; none for one that cannot say its address or its day."""

from itertools import chain
from typing import Any

from django.utils import timezone

from hub.left_out import each


class InTheSitemap:
    """For the page that every page is: one that raises is left out, and the sitemap is whole."""

    def get_sitemap_urls(self, request: Any = None) -> list[dict[str, Any]]:
        lines: Any = super().get_sitemap_urls  # type: ignore[misc] # of the page this is mixed into
        return list(chain(*each([self], lambda _: [_readable(line) for line in lines(request)], of="the sitemap")))


def _readable(line: dict[str, Any]) -> dict[str, Any]:
    """The line itself. Raises ValueError, or OverflowError, for what the sitemap could not write."""
    if not line["location"]:
        raise ValueError("A page without an address.")
    if line.get("lastmod"):
        timezone.localtime(line["lastmod"])
    return line

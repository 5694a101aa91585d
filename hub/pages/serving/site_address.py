"""Under which address is the site seen from outside? HUB_ADDRESS, also where Wagtail keeps it in the database.

Feeds, the sitemap and the admin's “view live” take it from there; a copy of the database on another machine follows.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site


def public_host() -> dict[str, Any]:
    """Host name and port of HUB_ADDRESS, as Wagtail's Site keeps them."""
    address = urlsplit(settings.HUB_ADDRESS)
    return {"hostname": address.hostname, "port": address.port or (443 if address.scheme == "https" else 80)}


def follow_address(**signal: Any) -> list[str]:
    """What provisioning asks of pages: the site's address is HUB_ADDRESS. Returns a sentence when that was new."""
    site = Site.objects.filter(is_default_site=True).first()
    wanted = public_host()
    if site is None or {"hostname": site.hostname, "port": site.port} == wanted:
        return []
    site.hostname, site.port = wanted["hostname"], wanted["port"]
    site.save()
    return [f"The site's address is now {site.root_url}."]


def home_path() -> str:
    """Where the home page of the site stands in the tree: every address in it begins there."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return str(site.root_page.url_path) if site else "/"

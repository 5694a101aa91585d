"""Which public page stands at this address? One look-up over the whole address, with the consent rule in it.

A dark page and one that never existed are the same answer. The site is asked for once in each generation.
"""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Site

from hub.pages import pieces


def page_for(request: HttpRequest, path: str, pages: Any) -> Any:
    """Of `pages`, the public one at `path` of the site that `request` came to, of its own type; None without one."""
    parts = [part for part in path.split("/") if part]
    believed = pieces.sites.get(request.get_host())
    if believed and pieces.in_an_answer():  # most likely nothing has changed: then one question was enough
        page = public_page_at(believed[1].root_page, parts, pages)
        pieces.found(page)
        site = site_of(request)
        if site and site.root_page.url_path == believed[1].root_page.url_path:
            return page
    site = site_of(request)
    page = public_page_at(site.root_page, parts, pages) if site else None
    pieces.found(page)
    return page


def site_of(request: HttpRequest) -> Site | None:
    """The site that `request` came to, with its home page."""
    host = request.get_host()
    generation, believed = pieces.generation(), pieces.sites.get(host)
    if believed and believed[0] == generation:
        setattr(request, "_wagtail_site", believed[1])  # noqa: B010 - where Wagtail itself keeps it
        return believed[1]
    found = Site.find_for_request(request)
    if found and generation is not None:
        if len(pieces.sites) >= pieces.MOST_HOSTS:
            pieces.sites.clear()
        pieces.sites[host] = generation, found
    return found


def public_page_at(root: Any, path_components: list[str], pages: Any) -> Any:
    """The public page at these steps below `root`, with the generation of this moment; None when there is none.

    A page that stood there before was of a kind that is remembered: most likely it is still, and then one question is
    enough. What it asks is the same, so a kind that is wrong finds nothing, and all kinds are asked.
    """
    url_path = root.url_path + "".join(f"{part}/" for part in path_components)
    beside = ("partner", "visibility")
    if (kind := pieces.kinds.get(url_path)) and (page := _at(url_path, kind.objects).select_related(*beside).first()):
        return page
    page = _at(url_path, pages).select_related(*beside, for_specific_subqueries=True).specific().first()
    if page is None:
        pieces.kinds.pop(url_path, None)  # a dark address is from here on as any that never was
    else:
        if len(pieces.kinds) >= pieces.MOST:
            pieces.kinds.clear()
        pieces.kinds[url_path] = type(page)
    return page


def _at(url_path: str, pages: Any) -> Any:
    return pages.filter(url_path=url_path).live().annotate(generation=pieces.OF_THIS_MOMENT)

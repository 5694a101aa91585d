"""What may search engines and other machines have? Pages that hold no story, and stories agreed to *be found*.

All other stories are in no list made for machines, and their pages ask not to be indexed. What machines may learn from
is a use of its own (hub.pages.serving.agreed): each other answer that names a story reserves text and data mining.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site

from hub.left_out import each
from hub.pages.models import HubPage
from hub.pages.serving.agreed import BE_FOUND, agreed_q
from hub.pages.visibility import holds_nobody
from hub.partners.partnership import the_partnership

# What a list of pages is called, and the kinds of pages in it. A kind that is not here is in no list.
LISTS: dict[str, tuple[str, ...]] = {
    "modules": ("toolkitpage", "modulepage"),
    "activities": ("activitypage",),
    "guidance": ("guidancepage",),
    "partners": ("partnerspage", "partnersectionpage"),
    "information": ("homepage", "infopage"),
    "stories": ("storypage",),
}
MOST = 50_000  # of addresses in one list, by the standard; whole before it is sent, since it may name stories
COLUMNS = ("content_type_id", "url_path", "last_published_at")  # all that a line of it says
# Private pages, and those that a form leads to. What is refused here is not secret: each says so itself as well.
NOT_FOR_ROBOTS = ("/admin/", "/staff/", "/yours/", "/ask-us/", "/tell-yours/", "/feedback/", "/search/", "/join/")


def pages_for_machines(models: Iterable[str]) -> Any:
    """Public pages of these kinds: those that hold nobody's story, and stories that everyone agreed may be found."""
    may_be_listed = holds_nobody() | agreed_q(BE_FOUND)
    return HubPage.objects.live().filter(may_be_listed, content_type__model__in=list(models)).order_by("path")


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Which lists of pages there are."""
    lists = [{"location": absolute(reverse("sitemap_of", args=[name]))} for name in LISTS]
    return _xml(request, "sitemap_index.xml", {"sitemaps": lists})


@require_safe
def sitemap_of(request: HttpRequest, name: str) -> HttpResponse:
    """One list, each page with the day it was last changed."""
    if name not in LISTS:
        raise Http404
    start = _start_of_addresses()
    pages = pages_for_machines(LISTS[name]).filter(url_path__startswith=start).only(*COLUMNS)[:MOST]
    lines = each(pages, lambda page: _line(page, start), of="a list of pages for search engines")
    return _xml(request, "sitemap.xml", {"urlset": list(lines)})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots should leave alone, and where the lists are."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS),
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
    ]
    return _text(lines)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """To whom somebody writes who found a hole (RFC 9116): its own address, that for everybody, or the partners'."""
    contact = settings.HUB_SECURITY_CONTACT or _mail_to(the_partnership().email) or absolute("/partners/")
    until = datetime(timezone.localdate().year + 1, timezone.localdate().month, 1, tzinfo=UTC)
    canonical = absolute(reverse("security_txt"))
    return _text(
        [
            f"Contact: {contact}",
            f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
            "Preferred-Languages: en",
            f"Canonical: {canonical}",
        ]
    )


@require_safe
def mining(request: HttpRequest) -> HttpResponse:
    """Stories are reserved (W3C TDMRep): which addresses, said once for all."""
    response = JsonResponse([{"location": "/partners/*/s-*", "tdm-reservation": 1}], safe=False)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _mail_to(address: str) -> str:
    return f"mailto:{address}" if address else ""


def _line(page: HubPage, start: str) -> dict[str, Any]:
    """Raises whatever the page raises, and ValueError for a day that no calendar has."""
    changed = page.last_published_at
    if changed:
        changed.astimezone(UTC).isoformat()
    return {"location": absolute("/" + page.url_path.removeprefix(start)), "lastmod": changed}


def absolute(path: str) -> str:
    """The whole address of a path, as people see it."""
    return f"{settings.HUB_ADDRESS}{path}"


def _start_of_addresses() -> str:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    return str(site.root_page.url_path) if site else "/"


def _xml(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    response = render(request, template, context, content_type="application/xml")
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _text(lines: list[str]) -> HttpResponse:
    response = HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
    patch_cache_control(response, private=True, no_cache=True)
    return response

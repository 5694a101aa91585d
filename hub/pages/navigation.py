"""Menus and "you are here", for every public page, in one query made only when a template asks for it."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from hub.pages.models import HubPage, InfoPage
from hub.pages.topics import Strand
from hub.partners.models import Partner

HEADER_NAMES = {"toolkitpage": "Learn", "storiespage": "Stories", "partnerspage": "Partners"}


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str
    is_current: bool = False


@dataclass(slots=True)
class Navigation:
    """What the masthead, the breadcrumbs and the footer link to."""

    home_url: str = "/"
    header: list[Link] = field(default_factory=list)
    footer_care: list[Link] = field(default_factory=list)
    footer_about: list[Link] = field(default_factory=list)
    breadcrumbs: list[Link] = field(default_factory=list)
    my_story_url: str = ""
    help_url: str = ""
    toolkit_url: str = ""
    stories_url: str = ""
    partners_url: str = ""
    strands: tuple[int, ...] = ()  # the colours of the open partners, for the plait: 1 to 6


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, made when first used, and `exit_url`."""
    return {"nav": SimpleLazyObject(lambda: build(request)), "exit_url": settings.EXIT_URL}


def build(request: HttpRequest) -> Navigation:
    site = Site.find_for_request(request)
    if site is None:
        return Navigation()
    root = site.root_page
    here = getattr(request, "_wagtail_route_for_request", None)
    here_path = here[0].path if here else ""
    ancestors = [here_path[:end] for end in range(len(root.path), len(here_path), HubPage.steplen)]
    rows = (
        HubPage.objects.live()
        .filter(depth__gt=root.depth, path__startswith=root.path)
        .filter(_top_or_ancestor(root, ancestors))
        .order_by("path")
        .values_list(
            "title",
            "url_path",
            "path",
            "slug",
            "content_type__model",
            "infopage__menu_place",
            "infopage__menu_title",
            ArraySubquery(Partner.objects.filter(is_open=True).order_by().values("strand")),
        )
    )
    nav = Navigation()
    for title, url_path, path, slug, model, place, menu_title, strands in rows:
        nav.strands = nav.strands or tuple(sorted(Strand.values.index(strand) + 1 for strand in strands))
        url = "/" + url_path.removeprefix(root.url_path)
        link = Link(menu_title or HEADER_NAMES.get(model, title), url, bool(here_path.startswith(path)))
        _place(nav, link, model=model, place=place, slug=slug)
        if path in ancestors:
            nav.breadcrumbs.append(Link(link.title if model in HEADER_NAMES else title, url))
    _add_searches(nav, request, at_home=here_path == root.path)
    return nav


def _top_or_ancestor(root: HubPage, ancestors: list[str]) -> Any:
    from django.db.models import Q

    return Q(depth=root.depth + 1) | Q(path__in=ancestors)


def _place(nav: Navigation, link: Link, *, model: str, place: str | None, slug: str) -> None:
    if model in HEADER_NAMES:
        nav.header.append(link)
        setattr(nav, model.removesuffix("page") + "_url", link.url)
    elif place == InfoPage.MenuPlace.HEADER:
        nav.header.append(link)
        nav.help_url = link.url
    elif place == InfoPage.MenuPlace.FOOTER_CARE:
        nav.footer_care.append(link)
    elif place == InfoPage.MenuPlace.FOOTER_ABOUT:
        nav.footer_about.append(link)
    if slug == "my-story":
        nav.my_story_url = link.url


def _add_searches(nav: Navigation, request: HttpRequest, *, at_home: bool) -> None:
    search = reverse("search")
    is_activities = request.path == search and request.GET.getlist("kind") == ["activity"]
    nav.header.insert(1, Link("Activities", f"{search}?kind=activity", is_activities))
    if nav.help_url:
        nav.footer_care.insert(0, Link("Get help now", nav.help_url))
    if not at_home:
        nav.breadcrumbs.insert(0, Link("Home", nav.home_url))

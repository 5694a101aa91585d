"""Menus and "you are here", for every public page, in one query for each generation, made when a template asks."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noted

from hub.last_heard import Heard, Line, hear
from hub.pages.help_numbers import numbers_for
from hub.pages.models import HubPage, InfoPage
from hub.pages.models.routing import site_of
from hub.pages.pieces import kept
from hub.pages.serving.colours import address_of
from hub.pages.words.languages import ENGLISH, languages
from hub.partners.models import Partner, Strand
from hub.partners.partnership import Partnership, the_partnership
from hub.screen_languages import IN_ENGLISH, in_this_language, lang_now, spoken_now

HEADER_NAMES = {"toolkitpage": noted("Learn"), "storiespage": noted("Stories"), "partnerspage": noted("Partners")}
OURS = {*HEADER_NAMES.values(), noted("Activities"), noted("Get help now"), noted("Home")}
"""What links are called by the Hub; what else they are called is the title of a page, in English."""
A_FEW = 2  # help lines on a page that says that nothing works: it is read in a hurry
LIT = {"activity": "Activities", "story": "Stories"}  # kinds of pages that stand in another part of the tree


@dataclass(frozen=True, slots=True)
class Link:
    title: str
    url: str
    is_current: bool = False
    lang: str = ""  # where it is not in the language of what stands around it
    asks: str = ""  # what stands behind the address, where the page there speaks any language


@dataclass(frozen=True, slots=True)
class Version:
    """The page one is on, in one language or format."""

    name: str
    url: str
    lang: str
    dir: str
    is_current: bool
    is_format: bool

    @property
    def address(self) -> str:
        """The whole of it, as search engines want it."""
        return f"{settings.HUB_ADDRESS}{self.url}"


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
    versions: list[Version] = field(default_factory=list)  # of this page, English first; none when it has no other
    languages: list[Version] = field(default_factory=list)  # in which there is anything at all
    strands: tuple[int, ...] = ()  # the colours of the open partners, for the plait: 1 to 6


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `nav`, `partnership` and `colours`, made when first used; `exit_url`; the language of now."""
    return {
        "nav": SimpleLazyObject(lambda: build(request)),
        "partnership": SimpleLazyObject(lambda: kept("partnership", ourselves)),
        "colours": SimpleLazyObject(lambda: address_of(kept("partnership", ourselves))),
        "exit_url": settings.EXIT_URL,
        "screen_lang": lang_now(),
        "spoken": spoken_now(),
    }


def ourselves() -> Partnership:
    """The partnership as it is now. Its name and the first help lines are known from here on, whatever happens."""
    ours, lines = the_partnership(), numbers_for(())[:A_FEW]
    name = ours.name if ours.is_named else ""
    hear(Heard(name, ours.emergency, tuple(Line(one.name, one.phone, one.when) for one in lines)))
    return ours


def build(request: HttpRequest) -> Navigation:
    site = site_of(request)
    if site is None:
        return Navigation()
    root = site.root_page
    here = getattr(request, "_wagtail_route_for_request", None)
    here_path = here[0].path if here else ""
    nav, rows = Navigation(), kept(("menus", root.pk), lambda: _rows(root))
    for row in rows:
        nav.strands = row.strands
        link = Link(row.in_menus, row.url, here_path.startswith(row.path))
        if row.is_top:
            _place(nav, link, model=row.model, place=row.place, slug=row.slug)
        if here_path != row.path and link.is_current:
            language = languages().get(row.language)
            nav.breadcrumbs.append(Link(row.in_breadcrumbs, row.url, lang=language.lang if language else ""))
    _add_languages(nav, rows, here[0] if here else None)
    _add_activities(nav, request, here[0] if here else None)
    _add_ends(nav, at_home=here_path == root.path)
    if spoken_now() != IN_ENGLISH:
        for name in ("header", "footer_care", "footer_about", "breadcrumbs"):
            setattr(nav, name, [_said(link) for link in getattr(nav, name)])
    return nav


def _said(link: Link) -> Link:
    """In the language of now; a page's title, which is in English, says that it is."""
    if link.title not in OURS:
        return replace(link, lang=link.lang or ENGLISH)
    asks = in_this_language("") if link.url == reverse("activities") else ""
    return replace(link, title=_(link.title), asks=asks)


@dataclass(frozen=True, slots=True)
class Row:
    """A public page that menus or "you are here" may name: directly below home, or with pages below itself."""

    in_menus: str
    in_breadcrumbs: str
    url: str
    path: str
    slug: str
    model: str
    place: str | None
    is_top: bool
    key: UUID
    language: str
    strands: tuple[int, ...]


def _rows(root: HubPage) -> list[Row]:
    rows = (
        HubPage.objects.live()
        .filter(depth__gt=root.depth, path__startswith=root.path)
        .filter(Q(depth=root.depth + 1) | Q(numchild__gt=0) | Q(translation_key__in=_translated()))
        .order_by("path")
        .values_list(
            "title",
            "url_path",
            "path",
            "slug",
            "content_type__model",
            "infopage__menu_place",
            "infopage__menu_title",
            "translation_key",
            "locale__language_code",
            ArraySubquery(Partner.objects.filter(is_open=True).order_by().values("strand")),
        )
    )
    return [
        Row(
            in_menus=(in_menus := menu_title or HEADER_NAMES.get(model, title)),
            in_breadcrumbs=in_menus if model in HEADER_NAMES else title,
            url="/" + url_path.removeprefix(root.url_path),
            path=path,
            slug=slug,
            model=model,
            place=place,
            is_top=len(path) == len(root.path) + HubPage.steplen,
            key=key,
            language=language,
            strands=tuple(sorted(Strand.values.index(strand) + 1 for strand in strands)),
        )
        for title, url_path, path, slug, model, place, menu_title, key, language, strands in rows
    ]


def _translated() -> Any:
    """The numbers by which Wagtail knows pages that stand here in another language as well."""
    return HubPage.objects.filter(content_type__model="translationpage").values("translation_key")


def _add_languages(nav: Navigation, rows: list[Row], here: HubPage | None) -> None:
    """The switch on the page, English first and the others in the order of the setting; and all languages there are."""
    order = [settings.LANGUAGE_CODE, *languages()]
    known = sorted((row for row in rows if row.language in order), key=lambda row: order.index(row.language))
    mine = [row for row in known if here is not None and row.key == here.translation_key]
    if len(mine) > 1:
        nav.versions = [_version(row, here) for row in mine]
    nav.languages = [_version(row, here) for row in known if row.model == "languagepage"]


def _version(row: Row, here: HubPage | None) -> Version:
    is_current = here is not None and here.path == row.path
    language = languages().get(row.language)
    if language is None:
        return Version("English", row.url, ENGLISH, "ltr", is_current, is_format=False)
    return Version(language.name, row.url, language.lang, language.dir, is_current, language.is_format)


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


def _add_activities(nav: Navigation, request: HttpRequest, here: HubPage | None) -> None:
    """Puts the page of activities into the menu, and sees to it that one item is lit and no more."""
    url = reverse("activities")
    nav.header.insert(1, Link("Activities", url, request.path == url))
    lit = LIT.get(getattr(here, "kind", ""))
    if lit:
        nav.header = [replace(link, is_current=link.title == lit) for link in nav.header]


def _add_ends(nav: Navigation, *, at_home: bool) -> None:
    if nav.help_url:
        nav.footer_care.insert(0, Link("Get help now", nav.help_url))
    if not at_home:
        nav.breadcrumbs.insert(0, Link("Home", nav.home_url))

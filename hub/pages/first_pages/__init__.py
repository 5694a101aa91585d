"""What does a Hub begin with? Home, the toolkit, partners and stories, and the pages that readers and families need.

Makes them once, and never again: whatever an administrator then changes or takes away stays so. Refuses to touch a
tree that has a home page.
"""

from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Site

from hub.pages.first_pages import content_files
from hub.pages.models import HelpLine, HomePage, HubPage, InfoPage, PartnersPage, StoriesPage, ToolkitPage
from hub.pages.serving.site_address import public_host
from hub.partners.partnership import the_partnership

FOLDER = Path(__file__).parent
SHARED = ("audience", "last_checked", "next_check", "content_note", "summary")


@transaction.atomic
def make_first_pages() -> bool:
    """Makes and publishes them; False when there is a home page already, which then stays as it is."""
    if HomePage.objects.exists():
        return False
    for order, line in enumerate(content_files.read(FOLDER / "_help_lines.toml")["help_line"], start=1):
        HelpLine.objects.create(**line, sort_order=order * 10)
    words = content_files.read(FOLDER / "_site.toml")
    home = _home(words["home"])
    kinds = (("toolkit", ToolkitPage), ("partners", PartnersPage), ("stories", StoriesPage))
    late = [(_draft(home, kind(title=words[key]["title"]), words[key]), words[key]) for key, kind in kinds]
    late += [(_draft(home, _information(data), data), data) for data in content_files.read_all(FOLDER)]
    links = {data["key"]: page.pk for page, data in late}
    for page, data in late:
        page.body = content_files.stream(data.get("body", []), links=links, images={})
        page.full_clean()
        page.save_revision(clean=False).publish()
    home.save_revision().publish()
    return True


def _home(words: dict[str, str]) -> HomePage:
    """The home page as a draft, at the root of the site, in the place of the page that Wagtail leaves there."""
    root = HubPage.get_first_root_node()
    Site.objects.all().delete()
    for welcome in root.get_children():
        welcome.delete()
    home = HomePage(title=the_partnership().name, slug="home", live=False, **words)
    HubPage.get_first_root_node().add_child(instance=home)
    Site.objects.create(**public_host(), root_page=home, is_default_site=True)
    return home


def _information(data: dict[str, Any]) -> InfoPage:
    return InfoPage(title=data["title"], menu_place=data["menu_place"], menu_title=data.get("menu_title", ""))


def _draft(home: HomePage, page: Any, data: dict[str, Any]) -> Any:
    for name in SHARED:
        setattr(page, name, data.get(name, getattr(page, name)))
    page.slug, page.live = data["slug"], False
    home.add_child(instance=page)
    return page

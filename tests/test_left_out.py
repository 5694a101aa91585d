"""One bad page never breaks what lists it: it is left out, the log says which and why, and the rest is shown."""

import logging
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.syndication.views import Feed
from django.db.models import Model
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client
from django.utils import timezone
from wagtail.models import AbstractPage

from hub import left_out
from hub.pages.models import HubPage
from hub.pages.models.in_the_sitemap import InTheSitemap
from hub.pages.serving.feeds import PagesFeed
from hub.stories.models import StoryPage
from hub.upkeep.tick import tick
from tests.bad_pages import BAD, GOOD, WAYS, good_and_bad
from tests.factories import Tree, lit_story
from tests.foreign_things import addresses, filled
from tests.surfaces import SURFACES

ROOT = Path(__file__).resolve().parents[1]
pytestmark = [pytest.mark.django_db, pytest.mark.leaves_out]
OTHERS = {"wagtailadmin_logout", "wagtailadmin_error_test"}
# An administrators' report of Wagtail's asks for one page of each type by its number, and has no other way.
ASKS_BY_NUMBER = {"wagtailadmin_reports:page_types_usage", "wagtailadmin_reports:page_types_usage_results"}
MEET_PAGES = re.compile("^/admin/(stories/|guidance/|feedback/|after|pages/|reports/|choose-page/|$)")
KINDS = ("guidance", "module", "activity", "story")
# Readers' pages that list these beside each story; and of staff's lists those that say a title, or a number.
NAME_ALL = {"toolkit", "what we did", *(surface.name for surface in SURFACES if surface.shows)}
NAME_ALL = {name for name in NAME_ALL if "pack" not in name and " word" not in name} - {
    "story page",
    "sitemap of stories",
}
NAME_PAGES = {"wagtailadmin_home", "guidance_checks", "feedback_queue", "use_register", "wagtailadmin_pages:search",
              "wagtailadmin_reports:aging_pages", "wagtailadmin_reports:aging_pages?csv", "explorer section",
              "wagtailadmin_reports:site_history?csv", "explorer toolkit", "chooser section"}  # fmt: skip
SAY_NUMBERS = {"story_queue", "open_flags", "consent_register", "consent_export", "public_requests"}
ALWAYS = {"words that are no list of blocks", "a day that never ends", "an address that raises"}
EACH_WAY = [way if way in ALWAYS else pytest.param(way, marks=pytest.mark.thorough) for way in WAYS]


@pytest.fixture
def told(clued_up_lead: User, mailoutbox: Any) -> Any:
    """The mails to a lead."""
    clued_up_lead.email = "lead@example.org"
    clued_up_lead.save()
    return mailoutbox


@pytest.mark.parametrize("way", EACH_WAY)
def test_no_list_feed_export_or_job_breaks(
    client: Client, two_sections: Tree, way: str, monkeypatch: Any, caplog: Any, told: Any
) -> None:
    """One bad page of each kind, beside a good one; every list of readers and of staff, every file, every job."""
    story = lit_story(two_sections)
    for page in [page for kind in KINDS for page in good_and_bad(two_sections, kind)]:
        WAYS[way](page, monkeypatch)
    for surface in (surface for surface in SURFACES if "pack" not in surface.name):  # a pack is whole, or refused
        text = surface.body(client, two_sections, story)
        assert GOOD.lower() in text.lower() or surface.name not in NAME_ALL, surface.name
    good = StoryPage.objects.get(title=f"The counter {GOOD}").slug
    assert good in client.get("/sitemap-stories.xml").content.decode(), "an address that tells nothing"
    client.force_login(User.objects.create_superuser("admin"))
    seen = {name: read(client, address) for name, address in lists_of_staff(two_sections)}
    assert not {name for name, (status, _) in seen.items() if status >= 500}
    assert not {name for name in NAME_PAGES if GOOD not in seen[name][1]}
    number = StoryPage.objects.get(title=GOOD).pk
    assert not {name for name in SAY_NUMBERS if str(number) not in seen[name][1]}
    said = tick(now=timezone.now() + timedelta(days=8))
    assert not [sentence for sentence in said if "FAILED, see" in sentence]
    assert any(GOOD in mail.body for mail in told), "the pages to read again"
    assert_the_log_names_nobody(caplog)


def test_the_log_says_which_page_and_what_kind_of_error(two_sections: Tree, caplog: Any, client: Client) -> None:
    (page,) = good_and_bad(two_sections, "guidance")
    WAYS["a note that there is not"](page, None)
    assert GOOD in client.get(two_sections.section.url).content.decode()
    said = [record.getMessage() for record in caplog.records if record.name == "hub.left_out"]
    assert said == [f"GuidancePage {page.pk} is left out of components/cards.html: ValueError in enum.py:1135."]


def test_every_list_in_a_template_is_one_that_leaves_out() -> None:
    """{% for %} is for what has no row of its own, or must be whole: {% each %} is for the rest."""
    plain = {
        (path.relative_to(ROOT / "templates").as_posix(), name)
        for path in (ROOT / "templates").rglob("*.*")
        for name in re.findall(r"{% for ([\w, ]+) in ", path.read_text())
    }
    assert {(path, name) for path, name in plain if not is_no_row(path, name)} == set()


NO_ROWS = {
    *("option, address", "code, lang, name"),  # the languages of what was found, and of the screens
    *("field", "error", "option", "choice", "choice, hint", "form", "filter", "number", "link", "column", "cell"),
    *("sentence", "words", "anchor, words", "sort, words", "act, words", "use, words", "words, agreed", "term"),
    *("message", "reason", "rule", "code", "block", "step", "hint", "piece", "change", "part", "name, title, said"),
    *("name, text", "words, place", "step, is_done", "month", "count", "heading", "line", "words, number"),
    *("module, partner, counts", "name, query, is_now"),
    *("use", "code, words, meaning", "use, said, until", "at, who", "place", "point", "title", "words, url"),
}
# One thing with all that is about it: what somebody decides about, agrees to or sends is shown whole or not at all.
WHOLE = re.compile(
    "packs/|pages/design|upkeep/is_it_well|stories/private/(words|happened|first_day)"
    "|stories/admin/(going_dark|what_was_said|said_uses|review|flags|open_flag|whose|without|withdrawal|people|record|changes"
    "|evidence|unconfirmed|old_story|wordings)[.]|pages/admin/import_review|components/blocks|accounts/(overview|sign_ins)"
)


def is_no_row(path: str, name: str) -> bool:
    return name in NO_ROWS or bool(WHOLE.match(path))


def test_wagtails_lists_are_wagtails_but_for_the_loop() -> None:
    """Each template of Wagtail's that is replaced here is word for word the one that is installed."""
    ours = ROOT / "hub" / "pages" / "templates"
    for path in ours.rglob("*.html"):
        name = path.relative_to(ours)
        (wagtails,) = (
            Path(app.path) / "templates" / name
            for app in apps.get_app_configs()
            if app.name != "hub.pages" and (Path(app.path) / "templates" / name).exists()
        )
        text = (
            path.read_text().replace("{% load left_out %}{% each ", "{% for ").replace("{% endeach %}", "{% endfor %}")
        )
        assert text == wagtails.read_text(), name


def test_every_page_can_be_left_out_of_every_queryset_and_the_sitemap() -> None:
    pages = [model for model in apps.get_models() if issubclass(model, AbstractPage)]
    assert len(pages) > 8
    for model in pages:
        assert issubclass(model, InTheSitemap)
        assert isinstance(model._default_manager.all(), left_out.ReadOneByOne), model


def test_every_feed_is_one_that_leaves_out() -> None:
    ours = [feed for feed in below(Feed) if feed.__module__.startswith("hub.")]
    assert ours
    assert all(issubclass(feed, PagesFeed) for feed in ours)


def test_rows_are_read_one_by_one_only_when_one_is_at_fault(two_sections: Tree, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert len(HubPage.objects.order_by("path")) > 5
    with pytest.raises(Exception, match="division by zero"):
        list(HubPage.objects.extra(where=["1 / 0 = 1"]))


def test_rows_come_once_each_in_their_order_also_by_an_iterator(two_sections: Tree) -> None:
    (bad,) = good_and_bad(two_sections, "guidance")
    before = [page.pk for page in HubPage.objects.order_by("path")]
    WAYS["a day that never ends"](bad, None)
    after = [pk for pk in before if pk != bad.pk]
    for pages in (HubPage.objects.order_by("path"), HubPage.objects.order_by("path").specific()):
        assert [page.pk for page in pages] == after
        assert [page.pk for page in pages.all().iterator(chunk_size=2)] == after
        assert [page.pk for page in pages[1:4]] == [pk for pk in before[1:4] if pk != bad.pk]
    assert [row[0] for row in HubPage.objects.order_by("path").values_list("pk", "first_published_at")] == after


def test_each_shows_one_alone_and_none() -> None:
    template = Template("{% load left_out %}{% each a in things %}[{{ a }}]{% empty %}none{% endeach %}{{ a }}")
    alone_none_and_two: list[Any] = [User(username="Kim"), None, [], ["x", "y"]]
    assert [template.render(Context({"things": things})) for things in alone_none_and_two] == [
        "[Kim]", "none", "none", "[x][y]",
    ]  # fmt: skip
    with pytest.raises(TemplateSyntaxError):
        Template("{% load left_out %}{% each a, b in things %}{% endeach %}")


def test_what_failed_half_way_leaves_nothing_behind() -> None:
    text = "{% load left_out %}{% each a in things %}{% with b=a %}{{ a.boom }}{% endwith %}{% endeach %}{{ b }}."

    class Boom:
        def boom(self) -> None:
            raise ZeroDivisionError

    assert Template(text).render(Context({"things": [Boom()]})) == "."


def lists_of_staff(tree: Tree) -> list[tuple[str, str]]:
    """Every address of the admin that is about no one thing, with each sort of file it offers."""
    plain = [(name, pattern) for name, pattern in addresses() if "<" not in pattern and name not in OTHERS]
    found = [(name, address) for name, pattern in plain for address in filled(pattern, {}) if MEET_PAGES.match(address)]
    reports = [
        (f"{name}?{sort}", f"{at}?export={sort}") for name, at in found if "/reports/" in at for sort in ("csv", "xlsx")
    ]
    named = {"section": tree.section, "toolkit": tree.toolkit, "module": tree.module}
    places = [(f"explorer {name}", f"/admin/pages/{page.pk}/") for name, page in named.items()]
    choosers = [(f"chooser {name}", f"/admin/choose-page/{page.pk}/") for name, page in named.items()]
    found += [("page search", f"/admin/pages/search/?q={GOOD}"), *reports, *places, *choosers]
    return [(name, address) for name, address in found if name.split("?")[0] not in ASKS_BY_NUMBER]


def read(client: Client, address: str) -> tuple[int, str]:
    client.raise_request_exception = False
    response: Any = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return response.status_code, body.decode(errors="replace")


def assert_the_log_names_nobody(caplog: Any) -> None:
    said = [record for record in caplog.records if record.name == "hub.left_out"]
    assert not [record for record in said if BAD in record.getMessage() or record.exc_info]
    assert all(record.levelno == logging.ERROR for record in said)


def below(base: type) -> list[Any]:
    nearest: list[Any] = base.__subclasses__()
    return nearest + [found for one in nearest for found in below(one)]


def test_a_thing_is_named_by_its_number() -> None:
    thing: Model = User(pk=7, username=BAD)
    assert [left_out._number(one) for one in (thing, {"row": thing}, (thing, BAD), 7, BAD)] == [
        "User 7", "User 7", "User 7", "Number 7", "str",
    ]  # fmt: skip

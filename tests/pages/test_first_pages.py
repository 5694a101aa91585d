"""A Hub without the demo begins with pages that can be read, once; and its address is the one people see it under."""

import json
from importlib import import_module
from io import StringIO

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from wagtail.models import Site

from hub.pages import pieces
from hub.pages.first_pages import make_first_pages
from hub.pages.models import HelpLine, HomePage, HubPage, InfoPage
from hub.partners.models import Partnership
from hub.partners.provisioning import provision
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
FIRST = ["/", "/toolkit/", "/partners/", "/stories/", "/help/", "/my-story/", "/how-we-use-stories/", "/search/"]


@pytest.fixture
def first_pages(db: None) -> None:
    remembered("first pages", _make_them)


def _make_them() -> None:
    assert make_first_pages()
    provision()


@pytest.mark.parametrize("address", [*FIRST, "/accessibility/", "/leaving-a-page-quickly/", "/privacy/", "/contact/"])
def test_each_can_be_read_and_none_speaks_of_an_example(first_pages: None, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "example site" not in text
    assert "made up" not in text
    assert "Welcome to your new Wagtail site" not in text


def test_the_page_about_help_shows_the_help_lines(first_pages: None, client: Client) -> None:
    lines = list(HelpLine.objects.all())
    assert lines
    text = client.get("/help/").content.decode()
    assert all(line.phone in text for line in lines)


def test_my_story_leads_to_the_page_for_the_code_and_to_the_form(first_pages: None, client: Client) -> None:
    text = client.get("/my-story/").content.decode()
    assert 'href="/yours/"' in text
    assert 'href="/ask-us/"' in text


def test_they_are_made_once_and_what_was_changed_or_taken_away_stays_so(first_pages: None) -> None:
    HomePage.objects.update(headline="Ours")
    InfoPage.objects.get(slug="accessibility").delete()
    out = StringIO()
    call_command("first_pages", stdout=out)
    assert out.getvalue() == ""
    assert HomePage.objects.get().headline == "Ours"
    assert not HubPage.objects.filter(slug="accessibility").exists()


def test_the_sitemap_names_the_address_people_see(settings: LazySettings, client: Client) -> None:
    settings.HUB_ADDRESS = "http://localhost:8123"
    make_first_pages()
    assert "<loc>http://localhost:8123/help/</loc>" in client.get("/sitemap-information.xml").content.decode()


def test_a_new_address_is_followed_at_the_next_start_and_said(first_pages: None, settings: LazySettings) -> None:
    settings.HUB_ADDRESS = "https://hub.example.org"
    assert "The site's address is now https://hub.example.org." in provision()
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("hub.example.org", 443)
    assert "The site's address is now https://hub.example.org." not in provision()


def test_on_paper_a_page_says_where_it_is_from(first_pages: None, client: Client) -> None:
    lists = ["/activities/", "/search/?q=labels", "/numbers/", "/what-uses-mean/", "/you-said/"]
    for address in ("/", "/privacy/", "/partners/", "/toolkit/", *lists):
        assert f"From http://testserver{address}, as it was on " in client.get(address).content.decode()


def test_an_address_that_is_somebodys_own_is_on_no_sheet(first_pages: None, client: Client) -> None:
    for address in ("/yours/", "/ask-us/", "/nowhere/"):
        assert "print-foot" not in client.get(address).content.decode()


def test_the_notice_about_privacy_says_what_is_so(first_pages: None, client: Client) -> None:
    page = client.get("/privacy/")
    assert not page.cookies
    assert "There are <b>no cookies</b>" in page.content.decode()
    assert 'href="/my-story/"' in page.content.decode()


DANGER = import_module("hub.pages.migrations.0028_in_danger_is_said_once")
OLD = '<p>If somebody is in danger right now, phone <a href="tel:999">999</a>.</p>'


@pytest.mark.parametrize(("sentence", "is_moved"), [(OLD, True), ("<p>In danger? Phone our porter.</p>", False)])
def test_a_page_of_help_from_before_says_the_emergency_number_once(
    first_pages: None, client: Client, sentence: str, is_moved: bool
) -> None:
    """The function of the migration. What somebody has worded otherwise stays as it is."""
    page = InfoPage.objects.get(slug="help")
    lines, text, *rest = page.body.raw_data
    page.body = json.dumps([{**text, "value": sentence + text["value"]}, lines, *rest])
    page.save()
    Partnership.objects.create(name="Elsewhere", emergency="112")
    DANGER.leave_it_to_the_list(apps, None)
    pieces.forget()  # one transaction is one generation
    kinds = [block["type"] for block in InfoPage.objects.get(slug="help").body.raw_data][:2]
    assert kinds == (["help_lines", "text"] if is_moved else ["text", "help_lines"])
    shown = client.get("/help/").content.decode()
    assert '<a class="inline" href="tel:112">112</a>' in shown, "the list says it, with the partnership’s own number"
    assert "999" not in shown
    assert ("our porter" in shown) is not is_moved

"""A Hub without the demo begins with pages that can be read, once; and its address is the one people see it under."""

from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.test import Client
from wagtail.models import Site

from hub.pages.first_pages import make_first_pages
from hub.pages.models import HelpLine, HomePage, HubPage, InfoPage
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
    for address in ("/", "/privacy/", "/partners/", "/toolkit/"):
        assert f"From http://testserver{address}, as it was on " in client.get(address).content.decode()


def test_an_address_that_is_somebodys_own_is_on_no_sheet(first_pages: None, client: Client) -> None:
    for address in ("/yours/", "/ask-us/", "/nowhere/"):
        assert "print-foot" not in client.get(address).content.decode()


def test_the_notice_about_privacy_says_what_is_so(first_pages: None, client: Client) -> None:
    page = client.get("/privacy/")
    assert not page.cookies
    assert "There are <b>no cookies</b>" in page.content.decode()
    assert 'href="/my-story/"' in page.content.decode()

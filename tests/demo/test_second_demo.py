"""A second partnership from data alone: three partners, another law, other help lines, and nothing of the first."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from hub.demo.content import Content
from hub.demo.folders import DEMOS, FIRST
from hub.demo.loader import OTHER, demo_here
from hub.demo.people import everybody
from hub.pages import pieces
from hub.pages.models import HelpLine, HubPage
from hub.stories.models import StoryPage
from hub.stories.withdrawal import withdraw
from tests.partners.test_partnership import names_of

SECOND = "wales"
PARTS = {"author", "lead", "moderator", "toolkit editor", "administrator"}
AGES = ["Under 16", "16 or 17", "18 or over"]
ITS_PLACES = ("/stories/", "/partners/gofal-ifanc-eirlys/", "/toolkit/who-looks-after-whom/", "/search/?q=stones")
OTHER_AGES = ["Under 12", "12 to 15"]


def words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.mark.django_db
def test_the_second_demo_is_a_hub_of_its_own(client: Client) -> None:
    """Built once, and walked: building it is what takes time."""
    call_command("load_demo", demo=SECOND)
    every_page_is_there_and_says_nothing_of_the_first(client)
    it_is_called_as_its_data_say(client)
    its_law_is_that_of_its_place(client)
    a_yes_is_shown_and_what_is_taken_back_goes_dark(client)
    two_demos_are_never_mixed()


def every_page_is_there_and_says_nothing_of_the_first(client: Client) -> None:
    others = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in {*names_of(FIRST), "Scotland"}))
    addresses = [page.url for page in HubPage.objects.live().filter(depth__gt=1)]
    assert len(addresses) > 25
    ways = ["/search/", "/search/?q=help", "/activities/", "/tell-yours/", "/feed.xml", "/you-said/", "/yours/"]
    said = {address: others.findall(words(client, address)) for address in (*addresses, *ways)}
    assert {address: names for address, names in said.items() if names} == {}


def it_is_called_as_its_data_say(client: Client) -> None:
    ours = Content(SECOND).read("site.toml")["partnership"]
    home = words(client, "/")
    assert f"<title>{ours['name']}</title>" in home
    assert f"– {ours['name']}</title>" in words(client, "/toolkit/")
    assert ours["sentence"] in home
    assert "Three strands, one piece of work" in home
    assert set(re.findall(r"plait__s(\d)", home)) == {"1", "3", "5"}, "a strand for each partner"
    for address in ("/help/", "/toolkit/cy/cael-help/", "/search/?q=suicide"):
        assert '<a class="inline" href="tel:999">999</a>' in words(client, address)
    assert "Os oes rhywun mewn perygl nawr" in words(client, "/toolkit/cy/cael-help/")
    assert [line.name for line in HelpLine.objects.all() if line.phone not in words(client, "/help/")] == []


def its_law_is_that_of_its_place(client: Client) -> None:
    assert "In England and Wales, from the age of 16" in words(client, "/how-we-use-stories/")
    story = StoryPage.objects.get(title="Wellies by the door")
    client.force_login(User.objects.get(username="golau-author"))
    assert client.get(f"/admin/stories/{story.pk}/people/").status_code in {302, 403, 404}, "another partner’s story"
    client.force_login(User.objects.get(username="administrator"))
    screen = words(client, f"/admin/stories/{story.pk}/people/")
    assert [age for age in AGES if f">{age}</option>" not in screen] == []
    assert [age for age in OTHER_AGES if f">{age}</option>" in screen] == []
    client.logout()


def a_yes_is_shown_and_what_is_taken_back_goes_dark(client: Client) -> None:
    for address in ITS_PLACES:
        assert "Wellies by the door" in words(client, address)
    shown = [story.title for story in StoryPage.objects.live().order_by("title")]
    assert shown == ["The first sentence", "Wellies by the door"]
    statuses = {story.title: client.get(story.url).status_code for story in StoryPage.objects.all()}
    assert {title for title, status in statuses.items() if status == 200} == set(shown)
    assert set(statuses.values()) == {200, 404}
    story = StoryPage.objects.get(title="Wellies by the door")
    withdraw(story.participations.get(participant__age_band="under_16"))
    pieces.forget()  # one transaction is one generation
    assert client.get(story.url).status_code == 404
    for address in (
        "/stories/",
        "/partners/gofal-ifanc-eirlys/",
        "/toolkit/who-looks-after-whom/",
        "/search/?q=stones",
    ):
        assert story.title not in words(client, address)


def two_demos_are_never_mixed() -> None:
    before = HubPage.objects.count()
    call_command("load_demo")
    assert (HubPage.objects.count(), demo_here()) == (before, SECOND), "without a wish it is the one that is here"
    with pytest.raises(CommandError, match=re.escape(OTHER.format(there=SECOND, demo=FIRST))):
        call_command("load_demo", demo=FIRST)
    assert HubPage.objects.count() == before


@pytest.mark.django_db
def test_a_demo_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(CommandError, match=f"There is no demo “narnia”. There are: {', '.join(DEMOS)}."):
        call_command("load_demo", demo="narnia")


@pytest.mark.django_db
def test_pages_made_under_another_law_get_no_demo() -> None:
    call_command("first_pages", verbosity=0)
    with pytest.raises(CommandError, match="made under another law"):
        call_command("load_demo", demo=SECOND)
    assert demo_here() == ""


@pytest.mark.parametrize("demo", DEMOS)
def test_in_each_demo_somebody_plays_each_part(demo: str) -> None:
    people = everybody(demo)
    assert {person.plays for person in people} >= PARTS
    assert len({person.username for person in people}) == len(people)
    assert all(person.password for person in people if person.plays in PARTS)


def test_no_two_demos_have_a_partner_in_common() -> None:
    """By its partners it is known which demo is here."""
    slugs = [one["slug"] for demo in DEMOS for one in Content(demo).read_all("partners")]
    assert len(slugs) == len(set(slugs))

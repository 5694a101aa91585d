"""What search engines and other machines are given: pages without a story, and the wish to leave stories alone."""

import json
import re
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from hub.pages import pieces
from hub.pages.models import InfoPage, Visibility
from hub.pages.serving.agreed import AI, BE_FOUND, is_agreed
from hub.partners.models import Partnership
from hub.stories.choices import ONLY_IF_ON_THE_WEBSITE, Use
from hub.stories.withdrawal import withdraw
from tests.factories import CANARY, Tree, activity, lit_story, put, words, yes

DAY = timedelta(days=1)

HERE = "http://localhost:8000/"
FEEDS = ["/feed.xml", "/feed/toolkit.xml", "/feed/partner/clued-up.xml"]
LISTS = ["modules", "activities", "guidance", "partners", "information", "stories"]


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_every_page_without_a_story_is_in_one_list(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    index = text(client, "/sitemap.xml")
    lists = re.findall(r"<loc>[^<]*(/sitemap-\w+\.xml)</loc>", index)
    assert lists == [f"/sitemap-{name}.xml" for name in LISTS]
    addresses = [one for name in lists for one in re.findall(r"<loc>http://[^/]*(/[^<]*)</loc>", text(client, name))]
    assert len(addresses) == len(set(addresses))
    expected = (tree.home, tree.toolkit, tree.module, tree.activity, tree.section, tree.guidance)
    assert {page.url for page in expected} <= set(addresses)
    assert not {story.url, tree.stories.url} & set(addresses)


def test_an_unpublished_page_is_in_no_list(client: Client, tree: Tree) -> None:
    tree.guidance.unpublish()
    assert tree.guidance.url not in text(client, "/sitemap-guidance.xml")
    assert client.get("/sitemap-nothing.xml").status_code == 404


@pytest.mark.parametrize("address", FEEDS)
def test_feeds_are_atom_and_name_no_story(client: Client, tree: Tree, address: str) -> None:
    lit_story(tree)
    feed = ET.fromstring(text(client, address))
    titles = [
        entry.findtext("{http://www.w3.org/2005/Atom}title")
        for entry in feed.iter("{http://www.w3.org/2005/Atom}entry")
    ]
    assert titles
    assert not [title for title in titles if CANARY in (title or "")]


def test_a_partner_has_a_feed_while_it_is_open(client: Client, tree: Tree) -> None:
    assert "The first five minutes" in text(client, "/feed/partner/clued-up.xml")
    assert "Words and labels" not in text(client, "/feed/partner/clued-up.xml")
    tree.section.organisation.is_open = False
    tree.section.organisation.save()
    assert client.get("/feed/partner/clued-up.xml").status_code == 404
    assert client.get("/feed/partner/nobody.xml").status_code == 404


def test_stories_ask_to_be_left_alone(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    for page, robots in ((story, "noindex, noarchive, noai, noimageai"), (tree.stories, "noarchive, noai, noimageai")):
        answer = client.get(page.url)
        assert answer["X-Robots-Tag"] == robots
        assert answer["TDM-Reservation"] == "1"
        assert 'content="noindex, noarchive, noai, noimageai"' in answer.content.decode()
        assert '<meta name="tdm-reservation" content="1">' in answer.content.decode()
    assert "data-nosnippet" in text(client, tree.module.url)
    assert not client.get(tree.guidance.url).has_header("TDM-Reservation")


STORIES_ARE_LISTED = ["/sitemap-stories.xml", "/feed.xml", "/feed/partner/clued-up.xml"]


def test_a_story_is_found_by_machines_only_while_everyone_in_it_says_so(client: Client, tree: Tree) -> None:
    story = lit_story(tree, people=2)
    one, other = story.participations.order_by("pk")
    for use in set(Use) - {Use.BE_FOUND, Use.WEBSITE}:
        yes(one, use)
        yes(other, use)
    yes(one, Use.BE_FOUND)
    assert client.get(story.url)["X-Robots-Tag"] == "noindex, noarchive", "no other yes covers it, nor one of two"
    assert not [address for address in STORIES_ARE_LISTED if story.url in text(client, address)]
    yes(other, Use.BE_FOUND)
    assert client.get(story.url)["X-Robots-Tag"] == "noarchive"
    assert 'name="robots" content="noarchive"' in text(client, story.url)
    assert [address for address in STORIES_ARE_LISTED if story.url in text(client, address)] == STORIES_ARE_LISTED
    assert f"About {CANARY}" not in text(client, "/feed.xml"), "its title and its address, no more"
    assert story.url not in text(client, "/feed/toolkit.xml") + text(client, "/data/toolkit.json")
    withdraw(other, uses=[Use.BE_FOUND])
    assert client.get(story.url)["X-Robots-Tag"] == "noindex, noarchive"
    assert not [address for address in STORIES_ARE_LISTED if story.url in text(client, address)]


def test_a_model_may_learn_from_a_story_only_while_everyone_in_it_says_so(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    (person,) = story.participations.all()
    yes(person, Use.BE_FOUND)
    yes(person, Use.AI)
    answer = client.get(story.url)
    assert (answer["X-Robots-Tag"], answer["TDM-Reservation"]) == ("noarchive", "0")
    assert '<meta name="tdm-reservation" content="0">' in answer.content.decode()
    assert client.get(tree.stories.url)["TDM-Reservation"] == "1", "a list of stories stays reserved"
    withdraw(person, uses=[Use.AI])
    answer = client.get(story.url)
    assert (answer["X-Robots-Tag"], answer["TDM-Reservation"]) == ("noarchive, noai, noimageai", "1")


def test_what_has_run_out_or_is_not_known_is_a_no() -> None:
    now = timezone.now()
    over, good = Visibility(uses={"ai": now.isoformat()}), Visibility(uses={"ai": (now + DAY).isoformat()})
    assert [is_agreed(light, AI, now) for light in (None, Visibility(), over, good)] == [False, False, False, True]
    assert {BE_FOUND, AI} == set(ONLY_IF_ON_THE_WEBSITE)


def test_robots_are_told_where_lists_are_and_what_is_private(client: Client, tree: Tree) -> None:
    robots = text(client, "/robots.txt")
    assert "Disallow: /yours/" in robots
    assert re.search(r"^Sitemap: http://\S+/sitemap.xml$", robots, re.MULTILINE)
    assert json.loads(text(client, "/.well-known/tdmrep.json")) == [
        {"location": "/partners/*/s-*", "tdm-reservation": 1}
    ]
    assert lit_story(tree).url.startswith("/partners/clued-up/s-")


def test_who_found_a_hole_is_told_whom_to_write_to(client: Client, tree: Tree, settings: LazySettings) -> None:
    assert re.search(r"^Contact: http://\S+/partners/$", text(client, "/.well-known/security.txt"), re.MULTILINE)
    settings.HUB_SECURITY_CONTACT = "mailto:safe@example.org"
    security = text(client, "/.well-known/security.txt")
    assert "Contact: mailto:safe@example.org" in security
    assert re.search(r"^Expires: 20\d\d-\d\d-01T00:00:00Z$", security, re.MULTILINE)


def test_the_toolkit_as_data(client: Client, tree: Tree) -> None:
    lit_story(tree)
    put(tree.module, activity("Secret", needed=["pens"])).unpublish()
    data = json.loads(text(client, "/data/toolkit.json"))
    (module,) = data["modules"]
    assert (module["title"], [each["title"] for each in module["activities"]]) == ("Words and labels", ["Label swap"])
    assert module["activities"][0]["minutes"] == 30
    assert CANARY not in json.dumps(data)


def test_pages_without_a_story_say_what_they_are(client: Client, tree: Tree) -> None:
    found = {}
    for page in (tree.module, tree.activity, tree.guidance, tree.section):
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text(client, page.url))
        assert block
        found[page.url] = json.loads(block[1])
    assert {one["@type"] for one in found.values()} == {"LearningResource", "Article", "NGO"}
    assert found[tree.activity.url]["timeRequired"] == "PT30M"
    for page in (lit_story(tree), tree.stories, tree.home):
        assert "ld+json" not in text(client, page.url)


def test_they_say_whose_they_are_and_where_once_somebody_has_said_it(client: Client, tree: Tree) -> None:
    def of(page: Any) -> dict[str, Any]:
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text(client, page.url))
        assert block
        return dict(json.loads(block[1]))

    assert not {"publisher", "memberOf", "areaServed"} & {*of(tree.module), *of(tree.section)}
    Partnership.objects.create(name="Valley Together", place="the valley")
    tree.section.organisation.place = "Hill Street"
    tree.section.organisation.save()
    pieces.forget()  # one transaction is one generation
    us = {
        "@type": "Organization",
        "name": "Valley Together",
        "url": "http://localhost:8000/",
        "areaServed": "the valley",
    }
    assert of(tree.module)["publisher"] == us
    assert (of(tree.section)["memberOf"], of(tree.section)["areaServed"]) == (us, "Hill Street")


def test_a_title_cannot_end_the_block(client: Client, tree: Tree) -> None:
    page = put(tree.toolkit, type(tree.module)(title="</script><b>&", body=words("x")))
    assert "</script><b>" not in text(client, page.url)


def test_the_title_of_home_is_said_once(client: Client, tree: Tree) -> None:
    put(tree.home, InfoPage(title="Who we are", slug="about", body=words("Us.")))
    assert "<title>Home</title>" in text(client, "/")
    assert "<title>Who we are – The Hub</title>" in text(client, "/about/")

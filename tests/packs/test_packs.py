"""The page of a pack: everything is in its address, nothing is kept, and bad addresses get a page that says so."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.packs.models import Pack
from hub.packs.wishes import LONGEST_TITLE, MOST, NotOurs, Wish, read_query
from hub.stories.choices import Use
from hub.stories.models import StoryPage, StoryUse
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, lit_story, yes

pytestmark = pytest.mark.django_db


def printable(tree: Tree, **kwargs: Any) -> StoryPage:
    """A lit story that everybody in it agrees to print."""
    story = lit_story(tree, **kwargs)
    for participation in story.participations.all():
        yes(participation, Use.PRINT_PACK)
    return StoryPage.objects.get(pk=story.pk)


def press(client: Client, wish: Wish, do: str, **typed: str) -> str:
    """Where a button leads."""
    return str(client.get("/pack/", {"pack": wish.query(), "do": do, **typed})["Location"])


def shown(client: Client, wish: Wish) -> str:
    return client.get(wish.address()).content.decode()


def test_each_kind_of_page_offers_to_be_added(client: Client, tree: Tree) -> None:
    story = printable(tree)
    for page in (tree.module, tree.activity, tree.guidance, story):
        found = re.search(r'href="(/pack/\?[^"]+)"', client.get(page.url).content.decode())
        assert found, page
        at = client.get(found[1].replace("&amp;", "&"), follow=True)
        assert page.title in at.content.decode()
        assert not at.cookies


def test_a_story_that_is_not_printed_is_not_offered(client: Client, tree: Tree) -> None:
    assert "Add to a pack" not in client.get(lit_story(tree).url).content.decode()


def test_a_page_adds_to_the_pack_that_its_reader_came_from(client: Client, tree: Tree) -> None:
    page = shown(client, Wish((tree.module.pk, tree.activity.pk), title="Tuesday"))
    way = re.search(rf'href="({re.escape(tree.activity.url)}\?pack=[^"]+)"', page)
    assert way
    add = re.search(r'href="(/pack/\?[^"]+)"', client.get(way[1]).content.decode())
    assert add
    assert read_query(parse_qs(urlsplit(add[1].replace("&amp;", "&")).query)["pack"][0]).title == "Tuesday"


def test_things_move_up_and_down_and_out(client: Client, tree: Tree) -> None:
    one, two, three = tree.module.pk, tree.activity.pk, tree.guidance.pk
    wish = Wish((one, two, three))
    assert press(client, wish, f"up-{two}") == Wish((two, one, three)).address()
    assert press(client, wish, f"down-{two}") == Wish((one, three, two)).address()
    assert press(client, wish, f"out-{two}") == Wish((one, three)).address()
    for nothing in (
        f"up-{one}",
        f"down-{three}",
        "up-999",
        "up-",
        "up",
        "fly-1",
        "up--1",
        "up-1-2",
        "up-٣",
        "up-" + "9" * 40,
    ):
        assert press(client, wish, nothing) == wish.address()


def test_what_was_typed_stays_when_something_is_moved(client: Client, tree: Tree) -> None:
    wish = Wish((tree.module.pk, tree.activity.pk))
    at = press(
        client,
        wish,
        f"up-{tree.activity.pk}",
        title="Tuesday # $x$ @a *b*",
        day="1 December 2026",
        copies="30",
        big="on",
    )
    page = client.get(at).content.decode()
    for typed in ('value="Tuesday # $x$ @a *b*"', 'value="1 December 2026"', 'value="30"', "checked"):
        assert typed in page


@pytest.mark.parametrize(
    "change",
    [
        lambda query: query.replace("items=", "items=1."),
        lambda query: query[:-3],
        lambda query: query + "x",
        lambda query: query.replace("title=A", "title=B"),
        lambda query: query + "&day=2026-12-01",
        lambda query: query + "&title=B",
        lambda query: re.sub("signed=.*", "", query),
        lambda query: re.sub("signed=.*", "signed=:::", query),
    ],
)
def test_a_tampered_address_gets_a_clear_page(client: Client, tree: Tree, change: Any) -> None:
    query = change(Wish((tree.module.pk,), title="A").query())
    for answer in (client.get(f"/pack/?{query}"), client.get("/pack/", {"pack": query, "do": "up-1"})):
        assert answer.status_code == 400
        assert "We cannot read this pack’s address" in answer.content.decode()
        assert tree.module.title not in answer.content.decode()
    assert client.post("/pack/make/", {"pack": query}).status_code == 400


def test_an_empty_pack_says_how_to_begin(client: Client, tree: Tree) -> None:
    assert 'href="/pack/"' in client.get(tree.toolkit.url).content.decode()
    page = client.get("/pack/").content.decode()
    assert f"add-{tree.module.pk}" in page
    assert "PDF to print" not in page


def test_a_pack_of_two_hundred_is_cut_with_a_sentence(client: Client, tree: Tree) -> None:
    wish = Wish((tree.module.pk, *range(100_000, 100_199)))
    answer = client.get(wish.address())
    assert answer.status_code == 200
    assert f"A pack holds up to {MOST} things. The last {200 - MOST} were left out." in answer.content.decode()


def test_nothing_is_added_to_a_full_pack_or_of_what_is_gone(client: Client, tree: Tree) -> None:
    full = Wish(tuple(range(100_000, 100_000 + MOST)))
    refused = client.get("/pack/", {"pack": full.query(), "do": f"add-{tree.module.pk}"}).content.decode()
    assert "Take something out first" in refused
    gone = client.get("/pack/", {"pack": "", "do": "add-99999"}).content.decode()
    assert "not on the site any more" in gone
    section = client.get("/pack/", {"do": f"add-{tree.section.pk}"}).content.decode()
    assert "not on the site any more" in section


def test_a_thing_that_has_gone_keeps_its_place_and_says_no_name(client: Client, tree: Tree) -> None:
    wish = Wish((tree.module.pk, tree.guidance.pk))
    tree.guidance.unpublish()
    page = shown(client, wish)
    assert "Not on the site any more" in page
    assert tree.guidance.title not in page
    assert f"out-{tree.guidance.pk}" in page


@pytest.mark.parametrize("typed", ["x" * 10_000, "😀" * 121, "مرحبا " * 60])
def test_a_title_that_is_too_long_stays_with_a_sentence(client: Client, tree: Tree, typed: str) -> None:
    wish = Wish((tree.module.pk,))
    asked = {"pack": wish.query(), "title": typed, "day": "32 May", "copies": "-1"}
    for answer in (client.get("/pack/", asked), client.post("/pack/make/", asked)):
        page = answer.content.decode()
        assert answer.status_code == 200
        assert f"There is room for {LONGEST_TITLE}" in page
        assert typed.strip() in page
        assert "32 May" in page
    assert not Pack.objects.exists()


def test_a_dark_story_is_as_if_it_never_was(client: Client, tree: Tree) -> None:
    story = printable(tree)
    wish = Wish((tree.module.pk, story.pk))
    assert story.title in shown(client, wish)
    withdraw(story.participations.get())
    dark, never = shown(client, wish), shown(client, Wish((tree.module.pk, 999_999)))
    assert story.title not in dark
    assert dark.count("Not on the site any more") == never.count("Not on the site any more") == 1


def test_a_story_that_is_not_printed_offers_another_on_its_theme(client: Client, tree: Tree) -> None:
    wanted, other = lit_story(tree), printable(tree, text="Rotkehlchen")
    wish = Wish((wanted.pk,))
    page = shown(client, wish)
    assert "is not printed" in page
    assert f"swap-{wanted.pk}-{other.pk}" in page
    assert press(client, wish, f"swap-{wanted.pk}-{other.pk}") == Wish((other.pk,)).address()


def test_looking_writes_nothing_down(client: Client, tree: Tree) -> None:
    story = printable(tree)
    shown(client, Wish((story.pk,)))
    client.get("/pack/make/", {"pack": Wish((story.pk,)).query()})
    assert not StoryUse.objects.exists()
    assert not Pack.objects.exists()


def test_the_page_is_kept_by_nobody(client: Client, tree: Tree) -> None:
    answer = client.get(Wish((printable(tree).pk,)).address())
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, noarchive"
    assert not answer.cookies


def test_an_address_reads_back_as_it_was_written() -> None:
    for wish in (Wish(), Wish((3, 1, 2)), Wish((7,), title="& = ? # + %20 é 😀"), Wish((), title="x")):
        assert read_query(wish.query()) == wish
    assert read_query(Wish((7, 7, 3, 7)).query()) == Wish((7, 3))
    with pytest.raises(NotOurs):
        read_query("x" * 9_000)


def test_a_long_pack_asks_the_database_no_more_than_a_short_one(client: Client, tree: Tree) -> None:
    stories = [printable(tree, text=f"Story{n}").pk for n in range(6)]
    asked = []
    for wish in (Wish(tuple(stories[:2])), Wish((tree.module.pk, tree.activity.pk, tree.guidance.pk, *stories))):
        client.get(wish.address())
        with CaptureQueriesContext(connection) as captured:
            client.get(wish.address())
        asked.append(len(captured))
    assert max(asked) <= 24, asked

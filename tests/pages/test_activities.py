"""Activities: found by time, size and what is at hand; run by the clock; told about afterwards."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.feedback.models import Feedback
from hub.pages.models import ModulePage
from tests.factories import Tree, activity, lit_story, put, words
from tests.feedback.test_feedback import send


def shown(client: Client, query: str = "") -> list[str]:
    response = client.get(f"/activities/?{query}")
    assert response.status_code == 200
    return [each.title for each in response.context["activities"]]


@pytest.fixture
def three(tree: Tree) -> Tree:
    put(tree.module, activity("Long walk", minutes=90, needed=["room"]))
    put(tree.module, activity("For a few", minutes=35, group_from=2, group_to=4, needed=["pens", "printing"]))
    return tree


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Label swap", "For a few", "Long walk"]),
        ("minutes=30", ["Label swap"]),
        ("minutes=35", ["Label swap", "For a few"]),
        ("people=3", ["For a few"]),
        ("no_printing=on", ["Label swap", "Long walk"]),
        ("have=pens", ["Label swap", "For a few"]),
        ("have=pens&no_printing=on", ["Label swap"]),
        ("have=room&have=pens", ["Label swap", "For a few", "Long walk"]),
        ("audience=staff", ["Label swap", "For a few", "Long walk"]),
    ],
)
def test_what_fits_is_shown(client: Client, three: Tree, query: str, titles: list[str]) -> None:
    assert shown(client, query) == titles


def test_when_nothing_fits_it_says_what_to_leave_out(client: Client, three: Tree) -> None:
    page = client.get("/activities/?minutes=15&people=8").content.decode()
    assert "Nothing fits all of that" in page
    assert "Leave out “Time you have”: 2" in page
    assert 'href="?people=8"' in page


@pytest.mark.parametrize(
    "query",
    ["minutes=soon", "people=-1", "people=99999999999", "audience=cats", "have=a+dragon", "page=x"],
)
def test_what_cannot_be_used_is_said(client: Client, three: Tree, query: str) -> None:
    page = client.get(f"/activities/?{query}")
    assert page.status_code == 200
    assert ("We left out" in page.content.decode()) is not query.startswith("page")
    assert len(page.context["activities"]) == 3


def test_an_activity_that_is_not_public_is_not_there(client: Client, three: Tree) -> None:
    three.activity.unpublish()
    assert "Label swap" not in shown(client)


def test_the_menu_lights_one_item(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    for url, lit in (
        ("/activities/", "Activities"),
        (tree.activity.url, "Activities"),
        (tree.module.url, "Learn"),
        (story.url, "Stories"),
        (tree.guidance.url, "Partners"),
    ):
        menu = re.search(r'<nav class="nav".*?</nav>', client.get(url).content.decode(), re.DOTALL)
        assert menu
        assert re.findall(r'aria-current="\w+">([^<]+)<', menu[0]) == [lit], url


def test_minutes_are_counted_from_the_first_step(client: Client, tree: Tree) -> None:
    steps = [("step", {"minutes": m, "title": f"Part {m}", "text": "<p>Go.</p>", "say": ""}) for m in (10, 15)]
    page = put(tree.module, activity("Two parts", minutes=25, steps=steps))
    text = client.get(page.url).content.decode()
    assert "Minute 0 to 10 of 25" in text
    assert "Minute 10 to 25 of 25" in text


def test_notes_for_whoever_leads_can_be_hidden_without_script(client: Client, tree: Tree) -> None:
    page = put(tree.module, activity("With notes", facilitator_notes="<p>Breathe.</p>"))
    assert re.search(r"<details class=\"callout notes[^>]* open>", client.get(page.url).content.decode())
    big = client.get(f"{page.url}?type=big").content.decode()
    assert "is-big" in big
    assert not re.search(r"<details class=\"callout notes[^>]* open>", big)


def test_it_goes_well_with_its_neighbours_first(client: Client, three: Tree) -> None:
    other = put(three.toolkit, ModulePage(title="Another", body=words("More.")))
    put(other, activity("Far away", minutes=30))
    titles = [each.title for each in client.get(three.activity.url).context["goes_well_with"]]
    assert titles == ["For a few", "Long walk", "Far away"]


def test_who_ran_it_says_what_they_changed(client: Client, tree: Tree, admin_client: Client) -> None:
    assert "Have you run this?" in client.get(tree.activity.url).content.decode()
    assert 'id="id_ran_it" checked' in client.get(f"/feedback/{tree.activity.pk}/?ran=yes").content.decode()
    assert "id_ran_it" not in client.get(f"/feedback/{tree.module.pk}/?ran=yes").content.decode()
    assert send(client, tree.activity, words="We did it outside.", useful="", ran_it="on").status_code == 302
    kept = Feedback.objects.get()
    assert kept.ran_it
    assert "They ran it." in admin_client.get("/admin/feedback/").content.decode()
    assert "Have they run it?" in admin_client.get(f"/admin/feedback/{kept.pk}/").content.decode()


def test_that_they_ran_it_is_enough(client: Client, tree: Tree) -> None:
    assert send(client, tree.activity, words="", useful="", ran_it="on").status_code == 302
    assert Feedback.objects.get().state == Feedback.State.NOTED


@pytest.mark.parametrize("number", [4, 40])
def test_questions_to_the_database(client: Client, tree: Tree, number: int) -> None:
    for n in range(number):
        put(tree.module, activity(f"Activity {n}"))
    client.get("/activities/")
    with CaptureQueriesContext(connection) as asked:
        response: Any = client.get("/activities/")
    assert len(response.context["activities"]) == min(24, number + 1)
    assert len(asked) <= 5

"""What can be found, by words and by filters, and what a search says when it cannot use what it was given."""

from typing import Any

import pytest
from django.test import Client

from hub.pages.models import SearchEntry
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, activity, lit_story, put


def found(client: Client, query: str) -> list[str]:
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    return [found.page.title for found in response.context["results"]]


def test_words_in_the_body_are_found(client: Client, tree: Tree) -> None:
    assert found(client, "q=matters") == ["Words and labels"]


def test_an_activity_is_found_by_time_and_people(client: Client, tree: Tree) -> None:
    put(tree.module, activity("Long walk", minutes=90))
    put(tree.module, activity("For a few", group_from=2, group_to=4))
    assert found(client, "kind=activity&minutes=30&people=8") == ["Label swap"]


def test_guidance_is_found_by_partner(client: Client, tree: Tree) -> None:
    assert found(client, "kind=guidance&partner=clued-up") == ["The first five minutes"]


def test_a_story_is_found_while_it_may_be_shown(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    assert len(found(client, "q=zaunkoenig")) == 1
    withdraw(story.participations.get())
    assert found(client, "q=zaunkoenig") == []


def test_the_words_of_a_dark_story_are_not_even_kept_for_search(tree: Tree) -> None:
    story = lit_story(tree)
    assert SearchEntry.objects.filter(page_id=story.pk).exists()
    withdraw(story.participations.get())
    assert not SearchEntry.objects.filter(page_id=story.pk).exists()


def test_an_unpublished_page_is_not_kept_for_search(tree: Tree) -> None:
    tree.guidance.unpublish()
    assert not SearchEntry.objects.filter(page_id=tree.guidance.pk).exists()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("minutes=soon", "We left out “Time you have”"),
        ("people=-4", "We left out “People in your group”"),
        ("people=many", "We left out “People in your group”"),
        ("people=8-9999", "We left out “People in your group”"),
        ("minutes=99999999999999999999", "We left out “Time you have”"),
        ("partner=nobody", "We left out “From”"),
        ("kind=recipe", "We left out “What”"),
        ("audience=cats", "We left out “Who it is for”"),
        ("q=" + "long " * 200, "Your search was very long"),
        ("q=" + "x" * 10_000, "Your search was very long"),
        ("q=%21%3F%E2%80%A6", "We found no word in what you typed"),
        ("q=%F0%9F%98%80", "We found no word in what you typed"),
        ("page=999", ""),
        ("page=x", ""),
        ("q=%00", ""),
        ("q=%27%3B+DROP", ""),
        ("q=a+%26+%7C+%21+%3A%2A+%28", ""),
        ("q=%27+OR+1%3D1+--", ""),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_searched(
    client: Client, tree: Tree, query: str, said: str
) -> None:
    response = client.get(f"/search/?{query}")
    assert response.status_code == 200
    assert said in response.content.decode()


def test_a_filter_can_be_taken_away_again(client: Client, tree: Tree) -> None:
    response: Any = client.get("/search/?q=door&kind=activity&people=8")
    assert [f.label for f in response.context["active_filters"]] == ["Activities", "8 people"]
    assert response.context["active_filters"][0].remove_url == "?q=door&people=8"


def test_a_practitioner_types_what_she_has(client: Client, tree: Tree) -> None:
    put(tree.module, activity("Long walk about labels", minutes=90))
    response: Any = client.get("/search/?q=30+minutes%2C+8+people%2C+labels")
    assert [found.page.title for found in response.context["results"]] == ["Label swap"]
    assert [f.label for f in response.context["active_filters"]] == ["30 minutes or less", "8 people"]
    assert response.context["active_filters"][0].remove_url == "?q=labels&people=8"


def test_when_no_page_has_all_the_words_those_with_some_are_shown_and_it_says_so(client: Client, tree: Tree) -> None:
    response = client.get("/search/?q=language+xylophone")
    assert [found.page.title for found in response.context["results"]] == ["Words and labels"]
    assert "No page has all of these words" in response.content.decode()
    assert found(client, "q=xylophone+zebra") == []


def test_the_aim_of_an_activity_is_found(client: Client, tree: Tree) -> None:
    put(tree.module, activity("Swap", aim="To hear how a kingfisher sounds."))
    assert found(client, "q=kingfisher") == ["Swap"]

"""The label under a story: every use by name, what is agreed first, and what each means."""

import re

import pytest
from django.test import Client

from hub.stories.choices import Use
from hub.stories.light.label import MEANS
from hub.stories.withdrawal import withdraw
from tests.factories import Tree, add_person, lit_story, yes

pytestmark = pytest.mark.django_db


def label(client: Client, address: str) -> list[tuple[str, str]]:
    page = client.get(address).content.decode()
    return re.findall(r'<strong>(Yes|No):</strong> <a href="/what-uses-mean/#(\w+)">', page)


def test_every_use_is_named_and_what_is_agreed_comes_first(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    yes(story.participations.get(), Use.TRAINING)
    assert label(client, story.url)[:2] == [("Yes", "website"), ("Yes", "training")]
    assert {code for _, code in label(client, story.url)} == set(Use.values)


def test_one_person_is_enough_for_a_no_and_what_is_taken_back_is_no(client: Client, tree: Tree) -> None:
    story = lit_story(tree, people=2)
    first, second = story.participations.order_by("pk")
    yes(first, Use.TRAINING)
    assert ("No", "training") in label(client, story.url)
    yes(second, Use.TRAINING)
    assert ("Yes", "training") in label(client, story.url)
    withdraw(first, uses=[Use.TRAINING])
    assert ("No", "training") in label(client, story.url)


def test_each_use_has_a_meaning_of_its_own_on_one_page(client: Client, tree: Tree) -> None:
    answer = client.get("/what-uses-mean/")
    page = answer.content.decode()
    assert set(MEANS) == set(Use)
    assert all(f'id="{use.value}"' in page and use.label in page.replace("&#x27;", "'") for use in Use)
    assert not answer.cookies


def test_somebody_added_later_makes_every_use_unagreed(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    add_person(story)
    assert label(client, story.url) == []

"""Moderators show stories again after a restore, one by one; nobody else finds the list."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.stories.choices import LegalReason
from hub.stories.models import StoryPage
from hub.stories.review.flags import raise_legal_flag
from hub.stories.review.taking_back import Why, take_back
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.models import Restoration
from tests.factories import Tree, lit_story
from tests.owner import as_owner

pytestmark = pytest.mark.django_db
LIST = "/admin/after-a-restore/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def dark(two_sections: Tree) -> StoryPage:
    """A story that was agreed to and came back from a backup."""
    story = lit_story(two_sections)
    take_back(story.pk, why=Why.RESTORED)
    as_owner("INSERT INTO upkeep_restoration (backup, backed_up_at, why_dark, gaps) VALUES ('x', now(), 'why', '{}')")
    return story


def is_public(story: StoryPage) -> bool:
    return Client().get(story.url).status_code == 200


def test_a_moderator_reads_why_and_shows_it_again(dark: StoryPage, moderator: User) -> None:
    assert Restoration.objects.get().why_dark
    client = signed_in(moderator)
    page = client.get(LIST).content.decode()
    assert dark.title in page
    assert "nobody can show what people have said since" in page
    assert "After a restore" in client.get("/admin/").content.decode()
    assert not is_public(dark)
    said = client.post(f"{LIST}{dark.pk}/", follow=True).content.decode()
    assert f"“{dark.title}” is shown again." in said
    assert "No story is off the site because of a restore" in said
    assert is_public(dark)
    assert "After a restore" not in client.get("/admin/").content.decode()
    assert client.post(f"{LIST}{dark.pk}/").status_code == 404, "and once only"


def test_what_else_is_missing_still_is(dark: StoryPage, moderator: User) -> None:
    withdraw(dark.participations.get())
    said = signed_in(moderator).post(f"{LIST}{dark.pk}/", follow=True).content.decode()
    assert "may be shown again, once everything else it needs is there" in said
    assert not is_public(dark)


@pytest.mark.parametrize("who", ["clued_up_author", "clued_up_lead", "toolkit_editor"])
def test_nobody_else_finds_it(dark: StoryPage, who: str, request: Any) -> None:
    client = signed_in(request.getfixturevalue(who))
    assert client.get(LIST).status_code == 404
    assert client.post(f"{LIST}{dark.pk}/").status_code == 404
    assert not is_public(dark)


def test_a_hidden_story_is_not_on_a_moderators_list(dark: StoryPage, moderator: User) -> None:
    raise_legal_flag(dark, LegalReason.SAFEGUARDING, by=None, hides=True)
    client = signed_in(moderator)
    assert dark.title not in client.get(LIST).content.decode()
    assert client.post(f"{LIST}{dark.pk}/").status_code == 404


def test_reading_the_list_changes_nothing(dark: StoryPage, moderator: User) -> None:
    client = signed_in(moderator)
    assert client.get(f"{LIST}{dark.pk}/").status_code == 405
    assert "no-store" in client.get(LIST).headers["Cache-Control"]
    assert not is_public(dark)

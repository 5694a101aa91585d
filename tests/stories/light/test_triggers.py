"""The database's own part: it checks every voice and category, notices an emptied table, and is asked if it holds."""

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hub.law import AgeBand
from hub.pages import installed_triggers
from hub.pages.models import Visibility
from hub.stories.models import Consent, StoryPage
from hub.stories.review.decisions import approve_story
from hub.stories.rule import GivenBy
from tests.factories import Tree, a_moderator, add_person, lit_story, make_story, yes
from tests.owner import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_anew() -> Any:
    yield
    installed_triggers._seen.clear()


def forge(story: StoryPage, until: Any = None) -> None:
    Visibility.objects.filter(page=story).delete()
    Visibility.objects.create(
        page_id=story.pk,
        revision_id=story.live_revision_id,
        content_hash=story.content_hash(),
        public_until=until or timezone.now() + timedelta(days=1),
    )


def test_all_declared_triggers_are_installed() -> None:
    assert installed_triggers.missing() == []
    assert len(installed_triggers.declared()) > 20


@pytest.mark.parametrize(
    "change", ["DROP TRIGGER {0} ON stories_consent", "ALTER TABLE stories_consent DISABLE TRIGGER {0}"]
)
def test_without_its_triggers_no_story_is_shown_and_the_rest_is(client: Client, tree: Tree, change: str) -> None:
    story = lit_story(tree)
    assert client.get(story.url).status_code == 200
    name = next(name for table, name, _ in installed_triggers.declared() if "consent_changed" in name)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    as_owner(change.format(name))
    assert client.get("/healthz").status_code == 503
    assert client.get(story.url).status_code == 404
    assert client.get(tree.guidance.url).status_code == 200


def test_a_trigger_with_another_body_does_not_count(client: Client, tree: Tree) -> None:
    name = next(name for table, name, _ in installed_triggers.declared() if "light_only" in name)
    as_owner(f"COMMENT ON TRIGGER {name} ON pages_visibility IS 'another'")
    assert installed_triggers.missing() == [f"pages_visibility.{name}"]


@pytest.mark.parametrize(
    "table", ["stories_consent", "stories_storyparticipant", "stories_moderationdecision", "stories_carryover"]
)
def test_an_emptied_table_darkens(client: Client, tree: Tree, table: str) -> None:
    story = lit_story(tree)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    as_owner(f"TRUNCATE {table} CASCADE")
    assert client.get(story.url).status_code == 404


def test_a_yes_that_left_out_a_special_category_is_refused_by_the_database_too(tree: Tree) -> None:
    story = make_story(tree, special_categories=["health"])
    answer = yes(story.participations.get(), special_categories=["health"])
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    story = StoryPage.objects.get(pk=story.pk)
    forge(story)
    Consent.objects.filter(pk=answer.pk).update(special_categories=[])
    with pytest.raises(Exception, match="not everyone agrees"):
        forge(story)


@pytest.mark.parametrize(
    ("answers", "lit"),
    [
        ([GivenBy.SELF, GivenBy.GUARDIAN], True),
        ([GivenBy.SELF], False),
        ([GivenBy.GUARDIAN], False),
    ],
)
def test_under_twelve_the_database_wants_both_voices(tree: Tree, answers: list[GivenBy], lit: bool) -> None:
    story = make_story(tree, people=0)
    child = add_person(story, age_band=AgeBand.UNDER_12)
    for giver in answers:
        yes(child, given_by=giver)
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    assert Visibility.objects.filter(page=story).exists() is lit
    if not lit:
        with pytest.raises(Exception, match="not everyone agrees"):
            forge(StoryPage.objects.get(pk=story.pk))


def test_a_no_beside_a_yes_is_refused_by_the_database_too(tree: Tree) -> None:
    story = make_story(tree, people=0)
    child = add_person(story, age_band=AgeBand.UNDER_12)
    yes(child)
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    guardian = yes(child, given_by=GivenBy.GUARDIAN)
    assert Visibility.objects.filter(page=story).exists()
    Consent.objects.filter(pk=guardian.pk).update(decision="refused")
    with pytest.raises(Exception, match="not everyone agrees"):
        forge(StoryPage.objects.get(pk=story.pk))


def test_of_many_readers_at_once_one_asks_and_none_believes_a_yes_that_is_too_old(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[float] = []
    answers = threading.Event()

    def ask_again() -> bool:
        asked.append(time.monotonic())
        assert answers.wait(10)
        installed_triggers._seen[:] = [time.monotonic()]
        return True

    monkeypatch.setattr(installed_triggers, "ask_again", ask_again)

    def readers_hear(age: float, *, waiting: bool) -> list[bool]:
        installed_triggers._seen[:] = [time.monotonic() - age]
        heard: list[bool] = []
        answers.clear()
        asked.clear()
        readers = [
            threading.Thread(target=lambda: heard.append(installed_triggers.are_as_declared()), daemon=True)
            for _ in range(8)
        ]
        for reader in readers:
            reader.start()
        if not waiting:
            for _ in range(1_000):
                if len(heard) == 7:
                    break
                time.sleep(0.005)
        assert len(heard) == (0 if waiting else 7), "those who need not wait do not"
        answers.set()
        for reader in readers:
            reader.join(10)
        assert len(asked) == 1
        return heard

    assert readers_hear(installed_triggers.ASKED_BEFORE + 1, waiting=False) == [True] * 8
    assert readers_hear(installed_triggers.BELIEVED_FOR + 1, waiting=True) == [True] * 8
    installed_triggers._seen[:] = [time.monotonic()]
    assert installed_triggers.are_as_declared()
    assert len(asked) == 1

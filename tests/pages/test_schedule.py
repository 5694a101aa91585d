"""Planned and expired pages: the clock decides at each read, and one page that fails stops no other."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from hub.pages.models import GuidancePage, HubPage
from hub.pages.over_time.schedule import keep_to_the_schedule
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests.factories import CANARY, Tree, lit_story, make_story, words

pytestmark = pytest.mark.django_db


def dark(client: Client, page: Any) -> bool:
    return client.get(page.url).status_code == 404


def planned(page: Any, text: str = "Planned") -> None:
    page.body = words(text)
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))


@pytest.mark.parametrize("kind", ["story", "guidance"])
def test_an_expired_page_is_dark_though_no_job_has_run(client: Client, tree: Tree, kind: str) -> None:
    page = lit_story(tree) if kind == "story" else tree.guidance
    assert not dark(client, page)
    HubPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert dark(client, page)
    assert not HubPage.objects.live().filter(pk=page.pk).exists()


def test_before_its_hour_it_is_there(client: Client, tree: Tree) -> None:
    HubPage.objects.filter(pk=tree.guidance.pk).update(expire_at=timezone.now() + timedelta(hours=1))
    assert not dark(client, tree.guidance)


def test_the_tick_publishes_what_is_planned_and_takes_back_what_has_expired(client: Client, tree: Tree) -> None:
    planned(tree.guidance)
    HubPage.objects.filter(pk=tree.module.pk).update(expire_at=timezone.now() - timedelta(days=40))
    tick(now=timezone.now())
    assert "Planned" in client.get(tree.guidance.url).content.decode()
    assert HubPage.objects.get(pk=tree.module.pk).expired
    assert keep_to_the_schedule(timezone.now()) == 0


def test_what_is_planned_for_later_waits(client: Client, tree: Tree) -> None:
    tree.guidance.body = words("Planned")
    tree.guidance.save_revision(approved_go_live_at=timezone.now() + timedelta(hours=1))
    tick(now=timezone.now())
    assert "Planned" not in client.get(tree.guidance.url).content.decode()


@pytest.mark.leaves_out
def test_one_page_that_fails_stops_no_other(client: Client, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(tree.module)
    planned(tree.guidance)
    publish = Revision.publish

    def fails_for_the_module(revision: Revision, **how: Any) -> Any:
        if revision.object_id == str(tree.module.pk):
            raise RuntimeError
        return publish(revision, **how)

    with monkeypatch.context() as patched:
        patched.setattr(Revision, "publish", fails_for_the_module)
        assert keep_to_the_schedule(timezone.now()) == 1
    assert "Planned" in client.get(tree.guidance.url).content.decode()
    assert keep_to_the_schedule(timezone.now()) == 1, "it is tried again"
    assert GuidancePage.objects.get(pk=tree.guidance.pk).latest_revision is not None


def test_a_planned_story_is_shown_only_if_everyone_agreed(client: Client, tree: Tree) -> None:
    story = make_story(tree)
    story.unpublish()
    planned(story)
    tick(now=timezone.now())
    assert dark(client, story)


def test_a_withdrawn_story_that_was_planned_stays_dark(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    story.save_revision(approved_go_live_at=timezone.now() + timedelta(seconds=1))
    withdraw(story.participations.get())
    tick(now=timezone.now() + timedelta(days=40))
    assert dark(client, story)
    assert CANARY not in client.get("/feed.xml").content.decode()

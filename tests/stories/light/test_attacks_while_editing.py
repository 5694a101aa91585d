"""Ways in which editing, reviewing and bulk tools reach readers. None shows words that were not agreed to."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Revision, Workflow, WorkflowTask

from hub.pages.models import HubPage
from hub.stories.models import Consent, StoryPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, lit_story, make_story, words
from tests.past_the_guards import alias_of

pytestmark = pytest.mark.django_db
UNSEEN = "Nobody has read this"


def is_dark(client: Client, page: Any) -> bool:
    listed = HubPage.objects.filter(pk=page.pk).live().exists()
    return bool(client.get(page.url).status_code == 404 and not listed)


def administrator() -> User:
    return User.objects.create_superuser("administrator", password="x")


def assert_the_agreed_words_stay(client: Client, story: StoryPage) -> None:
    page = client.get(story.url).content.decode()
    assert CANARY in page
    assert UNSEEN not in page


def unseen_draft(story: StoryPage, user: User | None = None) -> Revision:
    story = story.get_latest_revision_as_object()
    story.body = words(UNSEEN)
    return story.save_revision(user=user)


def test_p8_an_alias_left_behind_when_its_source_goes(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    alias = alias_of(story)
    HubPage.objects.filter(pk=story.pk).update(live=False)
    assert is_dark(client, alias)
    withdraw(story.participations.get())
    assert is_dark(client, alias)


@pytest.mark.parametrize("evidence", ["live", "asked about"])
def test_p12_a_revision_that_is_evidence_is_not_written_over(tree: Tree, evidence: str) -> None:
    user = administrator()
    story = lit_story(tree)
    revision = story.save_revision(user=user)
    if evidence == "live":
        revision.publish()
    else:
        Consent.objects.filter(participation__story=story).update(revision=revision)
    before = Revision.objects.get(pk=revision.pk).content
    draft = StoryPage.objects.get(pk=story.pk)
    draft.body = words(UNSEEN)
    saved = draft.save_revision(user=user, overwrite_revision=Revision.objects.get(pk=revision.pk))
    assert saved.pk != revision.pk
    assert Revision.objects.get(pk=revision.pk).content == before


def test_p12_a_draft_nobody_was_asked_about_is_autosaved_in_place(tree: Tree) -> None:
    user = administrator()
    story = make_story(tree)
    revision = unseen_draft(story, user)
    again = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert again.save_revision(user=user, overwrite_revision=revision).pk == revision.pk


def test_p12_by_hand_it_is_dark_all_the_same(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    revision = Revision.objects.get(pk=story.live_revision_id)
    revision.content["body"] = unseen_draft(story).content["body"]
    revision.save()
    assert UNSEEN.encode() not in client.get(story.url).content
    revision.publish()
    assert is_dark(client, story)


def test_p13_a_workflow_that_publishes_the_latest_draft(client: Client, tree: Tree) -> None:
    user = administrator()
    story = lit_story(tree)
    task = GroupApprovalTask.objects.create(name="Read it")
    workflow = Workflow.objects.create(name="Read it")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
    unseen_draft(story, user)
    state = workflow.start(StoryPage.objects.get(pk=story.pk), user)
    unseen_draft(StoryPage.objects.get(pk=story.pk), user)
    state.current_task_state.task.on_action(state.current_task_state, user=user, action_name="approve")
    assert_the_agreed_words_stay(client, story)


def test_p14_publishing_in_bulk(client: Client, tree: Tree) -> None:
    user = administrator()
    story = lit_story(tree)
    unseen_draft(story)
    staff = Client()
    staff.force_login(user)
    url = reverse("wagtail_bulk_action", args=["pages", "hubpage", "publish"])
    response = staff.post(f"{url}?id={story.pk}", {"next": "/admin/"})
    assert response.status_code == 302
    assert_the_agreed_words_stay(client, story)


def test_by_hand_in_code_a_person_publishes_only_what_was_agreed(client: Client, tree: Tree) -> None:
    user = administrator()
    story = lit_story(tree)
    unseen_draft(story).publish(user=user)
    assert_the_agreed_words_stay(client, story)

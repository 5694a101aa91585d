"""A moderator puts a story on hold: dark at once, nothing lost, and back only by somebody who may approve it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.stories.light.publishing import publish_story
from hub.stories.models import Consent, ModerationDecision, StoryPage
from hub.stories.review.decisions import approve_story
from hub.stories.review.holding import end_hold, hold_story, standing_hold
from hub.stories.review.who_may_approve import MayNotApprove
from tests.factories import Tree, light, lit_story, make_story, words

pytestmark = pytest.mark.django_db
WHY = "A cousin has rung us about it."


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return lit_story(two_sections)


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def at(story: StoryPage, what: str = "hold/") -> str:
    return f"/admin/stories/{story.pk}/{what}"


def reader(story: StoryPage) -> int:
    return Client().get(story.url).status_code


def test_on_hold_it_is_dark_at_once_and_afterwards_as_it_was(desk: Client, story: StoryPage) -> None:
    assert reader(story) == 200
    desk.post(at(story), {"comment": WHY})
    assert reader(story) == 404
    page = desk.get(at(story, "review/")).content.decode()
    assert WHY in page
    assert "End the hold" in page
    assert f"On hold: {WHY}" in desk.get("/admin/stories/review/").content.decode()
    desk.post(at(story, "hold/end/"))
    assert reader(story) == 200
    assert Consent.objects.filter(decision="given").count() == 1
    assert desk.get("/admin/stories/review/").content.decode().count(WHY) == 0


def test_a_hold_without_a_word_why_is_refused(desk: Client, story: StoryPage, moderator: User) -> None:
    page = desk.post(at(story), {"comment": "  "}).content.decode()
    assert "Say why it is on hold" in page
    with pytest.raises(ValueError, match="Say why"):
        hold_story(story, moderator=moderator, comment=" ")
    assert reader(story) == 200


@pytest.mark.parametrize("who", ["clued_up_author", "clued_up_lead", "carf_author", "toolkit_editor"])
def test_nobody_but_moderators_holds_or_ends(client: Client, story: StoryPage, who: str, request: Any) -> None:
    client.force_login(request.getfixturevalue(who))
    client.post(at(story), {"comment": WHY})
    assert reader(story) == 200
    hold_story(story, moderator=request.getfixturevalue("moderator"), comment=WHY)
    client.post(at(story, "hold/end/"))
    assert reader(story) == 404
    with pytest.raises(MayNotApprove):
        hold_story(story, moderator=request.getfixturevalue(who), comment=WHY)


def test_whoever_recorded_an_answer_may_hold_and_not_end(desk: Client, story: StoryPage, moderator: User) -> None:
    Consent.objects.update(recorded_by=moderator)
    light(story)
    desk.post(at(story), {"comment": WHY})
    assert reader(story) == 404
    Consent.objects.update(recorded_by=moderator)
    assert "Another moderator" in desk.post(at(story, "hold/end/"), follow=True).content.decode()
    assert reader(story) == 404


def test_no_draft_slips_past_a_hold_and_no_new_publishing(story: StoryPage, moderator: User) -> None:
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.body = words("A newer draft")
    draft.save_revision()
    hold_story(story, moderator=moderator, comment=WHY)
    assert ModerationDecision.objects.filter(outcome="held").count() == 2
    publish_story(StoryPage.objects.get(pk=story.pk))
    assert reader(story) == 404


def test_words_nobody_had_decided_about_wait_to_be_decided_about(desk: Client, two_sections: Tree) -> None:
    story = make_story(two_sections, text="Sommer")
    desk.post(at(story), {"comment": WHY})
    assert standing_hold(story) is None
    assert f"Story {story.pk}" in desk.get("/admin/stories/review/").content.decode()
    assert "not on hold any more" in desk.post(at(story, "hold/end/"), follow=True).content.decode()
    assert not ModerationDecision.objects.filter(outcome="approved").exists()


def test_approving_while_another_holds_is_a_decision_like_any_other(story: StoryPage, moderator: User) -> None:
    hold_story(story, moderator=moderator, comment=WHY)
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=moderator)
    assert reader(story) == 200


def test_two_who_end_it_at_once_end_it_once(story: StoryPage, moderator: User) -> None:
    hold_story(story, moderator=moderator, comment=WHY)
    end_hold(story, moderator=moderator)
    with pytest.raises(ValueError, match="not on hold"):
        end_hold(story, moderator=moderator)
    assert ModerationDecision.objects.filter(outcome="approved").count() == 2


def test_the_worker_reads_why(client: Client, story: StoryPage, moderator: User, clued_up_author: User) -> None:
    hold_story(story, moderator=moderator, comment=WHY)
    client.force_login(clued_up_author)
    page = client.get(at(story, "people/")).content.decode()
    assert f"a moderator has put it on hold. {WHY}" in page

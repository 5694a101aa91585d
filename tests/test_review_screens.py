"""The moderator's queue and review: what is seen, who may decide, and about which words."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.stories.admin.review import CHECKLIST
from hub.stories.models import Consent, ModerationDecision, StoryPage
from hub.stories.operations import raise_legal_flag
from tests.factories import CANARY, Tree, make_story, words, yes

pytestmark = pytest.mark.django_db
QUEUE = "/admin/stories/review/"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    story = make_story(two_sections)
    yes(story.participations.get())
    return story


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def at(story: StoryPage) -> str:
    return f"/admin/stories/{story.pk}/review/"


def approval(story: StoryPage, **change: Any) -> dict[str, Any]:
    about = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object().content_hash()
    said = {"outcome": "approved", "sensitivity": "1", "checklist": list(CHECKLIST), "comment": "", "about": about}
    return {**said, **change}


def test_a_story_waits_until_somebody_has_decided_about_its_latest_words(desk: Client, story: StoryPage) -> None:
    page = desk.get(QUEUE).content.decode()
    assert f"Story {story.pk}" in page
    assert "everyone has agreed" in page
    assert CANARY not in page, "the queue names no story"
    desk.post(at(story), approval(story))
    desk.get(QUEUE)  # shows the message about the decision
    assert f"Story {story.pk}" not in desk.get(QUEUE).content.decode()


def test_approving_shows_the_story_at_once(desk: Client, story: StoryPage) -> None:
    assert Client().get(story.url).status_code == 404
    assert desk.post(at(story), approval(story)).status_code == 302
    assert Client().get(story.url).status_code == 200


def test_the_review_shows_words_people_and_reasons(desk: Client, story: StoryPage) -> None:
    raise_legal_flag(story, "court_case", by=None)  # type: ignore[arg-type]
    page = desk.get(at(story)).content.decode()
    for expected in [CANARY, story.participations.get().participant.code, "Yes, until", "A legal flag is open"]:
        assert expected in page
    for line in CHECKLIST.values():
        assert line.replace("'", "&#x27;") in page
    assert not re.search(r"<input[^>]*\bchecked\b", page.split("Your decision")[1])


@pytest.mark.parametrize("who", ["clued_up_author", "carf_author", "clued_up_lead", "toolkit_editor"])
def test_nobody_but_moderators_comes_in(client: Client, story: StoryPage, who: str, request: Any) -> None:
    client.force_login(request.getfixturevalue(who))
    for address in [QUEUE, at(story)]:
        response = client.get(address)
        assert response.status_code in {302, 403}
        assert CANARY not in response.content.decode()
    client.post(at(story), approval(story))
    assert not ModerationDecision.objects.exists()
    assert "Stories to review" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"checklist": ["jigsaw"]}, "check every line"),
        ({"outcome": "returned"}, "Say what has to change"),
        ({"outcome": ""}, "This field is required"),
        ({"sensitivity": ""}, "This field is required"),
    ],
)
def test_an_unfinished_decision_is_refused_and_keeps_what_was_typed(
    desk: Client, story: StoryPage, change: dict[str, Any], sentence: str
) -> None:
    comment = {} if change.get("outcome") == "returned" else {"comment": "The street name"}
    page = desk.post(at(story), approval(story, **change, **comment)).content.decode()
    assert sentence in page
    assert comment.get("comment", "") in page
    assert not ModerationDecision.objects.exists()


def test_a_decision_about_words_that_have_changed_meanwhile_is_refused(desk: Client, story: StoryPage) -> None:
    said = approval(story, comment="I read this")
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.body = words("Changed meanwhile")
    draft.save_revision()
    page = desk.post(at(story), said).content.decode()
    assert "The words changed while you were reading" in page
    assert "Changed meanwhile" in page
    assert "I read this" in page
    assert not ModerationDecision.objects.exists()


def test_returning_says_why_and_leaves_it_dark(desk: Client, story: StoryPage) -> None:
    desk.post(at(story), approval(story, outcome="returned", comment="Leave out the street", checklist=[]))
    assert ModerationDecision.objects.get().comment == "Leave out the street"
    assert Client().get(story.url).status_code == 404


def test_a_moderator_who_recorded_an_answer_sees_why_and_cannot_decide(
    desk: Client, story: StoryPage, moderator: User
) -> None:
    Consent.objects.filter(participation__story=story).update(recorded_by=moderator)
    page = desk.get(at(story)).content.decode()
    assert "Another moderator has to approve it" in page
    assert "Decide</button>" not in page
    assert "Another moderator" in desk.post(at(story), approval(story)).content.decode()
    assert not ModerationDecision.objects.exists()


def test_a_highly_sensitive_story_needs_another_partners_moderator(
    desk: Client, story: StoryPage, moderator: User
) -> None:
    from django.contrib.auth.models import Group

    moderator.groups.add(Group.objects.get(name="Clued Up: leads"))
    page = desk.post(at(story), approval(story, sensitivity="3")).content.decode()
    assert "a moderator of another partner" in page
    assert not ModerationDecision.objects.exists()


def test_approving_a_newer_draft_that_not_everyone_agreed_to_leaves_the_agreed_words_public(
    desk: Client, story: StoryPage
) -> None:
    desk.post(at(story), approval(story))
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.body = words("A newer draft")
    draft.save_revision()
    desk.post(at(story), approval(story))
    page = Client().get(story.url)
    assert CANARY in page.content.decode()
    assert "A newer draft" not in page.content.decode()

"""The moderator's queue and review: what is seen, who may decide, and about which words."""

import re
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.pages.models import HelpLine
from hub.stories.admin.review import CHECKLIST, DecisionForm
from hub.stories.models import Consent, ModerationDecision, StoryPage
from hub.stories.reasons import Reason
from hub.stories.review.decisions import approve_story, return_story
from hub.stories.review.flags import raise_legal_flag
from hub.stories.review.who_may_approve import WordsChanged
from tests.factories import CANARY, Tree, add_person, handed_in, make_story, words, yes

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


def edit(story: StoryPage, text: str) -> StoryPage:
    draft: StoryPage = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.body = words(text)
    draft.save_revision()
    return draft


def approval(story: StoryPage, **change: Any) -> dict[str, Any]:
    about = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object().content_hash()
    said = {"outcome": "approved", "sensitivity": "1", "checklist": list(CHECKLIST), "comment": "", "about": about}
    return {**said, **change}


def test_a_story_waits_from_when_it_is_handed_in_until_somebody_has_decided(desk: Client, story: StoryPage) -> None:
    assert at(story) not in desk.get(QUEUE).content.decode(), "nobody has handed it in"
    assert at(story) in desk.get(QUEUE + "?all").content.decode(), "a moderator may open it all the same"
    handed_in(story)
    page = desk.get(QUEUE).content.decode()
    for words_of_hers in (at(story), story.title, "Clued Up", "today", "everyone has agreed"):
        assert words_of_hers in page
    assert f"Story {story.pk}" not in page, "a number tells a moderator nothing"
    desk.post(at(story), approval(story))
    desk.get(QUEUE)  # shows the message about the decision
    assert at(story) not in desk.get(QUEUE).content.decode()


def test_what_was_handed_in_and_then_changed_says_so_and_is_not_counted(desk: Client, story: StoryPage) -> None:
    handed_in(story)
    edit(story, "Something else")
    assert "Changed after it was handed in" in desk.get(QUEUE).content.decode()
    assert "changed after they were handed in" in desk.get(at(story)).content.decode()
    assert "No story waits for a decision" in desk.get("/admin/").content.decode()
    handed_in(story)
    assert "Changed after it was handed in" not in desk.get(QUEUE).content.decode()


def test_the_queue_says_who_still_has_what_to_say(desk: Client, story: StoryPage) -> None:
    newcomer = add_person(story).participant.code
    handed_in(story)
    page = desk.get(QUEUE).content.decode()
    assert f"{newcomer}: {Reason.NOT_ASKED.sentence}" in page
    assert Reason.NOT_APPROVED.sentence not in page, "that is what the moderator is here for"


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


def test_words_that_change_while_the_decision_is_sent_are_read_again_before_the_next(
    desk: Client, story: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen must never offer the hash of a new draft under the words of the old one."""
    edit(story, "What she read")
    said = approval(story, comment="I read this")
    valid = DecisionForm.is_valid

    def is_valid_and_somebody_saves(form: DecisionForm) -> bool:
        edit(story, "Saved in between")
        return valid(form)

    monkeypatch.setattr(DecisionForm, "is_valid", is_valid_and_somebody_saves)
    page = desk.post(at(story), said).content.decode()
    assert "The words changed while you were reading" in page
    assert "I read this" in page
    assert not ModerationDecision.objects.exists()
    assert "Saved in between" in page
    assert approval(story)["about"] in page


def test_an_operation_refuses_words_that_nobody_holds_any_more(story: StoryPage, moderator: User) -> None:
    for decide in (approve_story, partial(return_story, comment="Leave out the street")):
        with pytest.raises(WordsChanged, match="Read them again"):
            decide(story, moderator=moderator, expected_hash="0" * 64)
    assert not ModerationDecision.objects.exists()


def test_an_operation_decides_about_the_draft_or_the_page_by_its_hash(story: StoryPage, moderator: User) -> None:
    draft = edit(story, "A newer draft")
    row = StoryPage.objects.get(pk=story.pk)
    assert draft.content_hash() != row.content_hash()
    for version in (draft, row):
        approve_story(row, moderator=moderator, expected_hash=version.content_hash())
        assert ModerationDecision.objects.latest("pk").content_hash == version.content_hash()


def test_the_review_shows_the_help_lines_it_asks_about(desk: Client, story: StoryPage) -> None:
    HelpLine.objects.create(name="A line to ring", phone="01632 960123", when="Any hour", last_checked="2026-01-01")
    assert "A line to ring" in desk.get(at(story)).content.decode()


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
    assert "Approve</button>" not in page
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


def test_what_changed_since_the_last_decision_is_said_as_it_is_read(
    desk: Client, story: StoryPage, moderator: User
) -> None:
    assert "What has changed since" not in desk.get(at(story)).content.decode()
    return_story(story, moderator=moderator, comment="Leave out the street")
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.body = [("heading", {"text": "At the bus stop", "level": "h2"}), *words("Rewritten.")]
    draft.is_example = True
    draft.save_revision()
    page = desk.get(at(story)).content.decode().split("What has changed since")[1].split("</details>")[0]
    for read in ("Leave out" not in page, "At the bus stop" in page, "Rewritten." in page, "Then" in page):
        assert read
    for of_the_program in (">h2", "h2<", " h2", "True", "False"):
        assert of_the_program not in page.replace("<h2", "").replace("</h2", "")


def test_each_line_of_the_checklist_and_each_decision_has_its_key(desk: Client, story: StoryPage) -> None:
    page = desk.get(at(story)).content.decode()
    assert [f'accesskey="{key}"' in page for key in ("1", "6", "a", "r")] == [True] * 4

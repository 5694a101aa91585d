"""Handing in: who may, about which words, and that time alone publishes nothing that nobody handed in."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.stories.light import publish_when_agreed
from hub.stories.models import HandIn, StoryPage
from hub.stories.review.decisions import approve_story, return_story
from hub.stories.review.handing_in import CannotHandIn, hand_in, take_hand_in_back
from hub.stories.review.who_may_approve import MayNotApprove
from hub.upkeep.tick import tick
from tests.factories import Tree, a_moderator, a_worker, handed_in, make_story, words, yes

pytestmark = pytest.mark.django_db
NEWER = "Rotkehlchen"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    """Everybody agreed to its latest draft, and a moderator approved that; nobody has handed it in."""
    found = make_story(two_sections)
    found.body = words(f"I stood by the {NEWER}.")
    found.save_revision()
    draft = StoryPage.objects.get(pk=found.pk).get_latest_revision_as_object()
    yes(found.participations.get(), revision_of=draft)
    approve_story(draft, moderator=a_moderator())
    return StoryPage.objects.get(pk=found.pk)


def reads(story: StoryPage) -> bool:
    return NEWER in Client().get(story.url).content.decode()


def at(story: StoryPage, rest: str = "") -> str:
    return f"/admin/stories/{story.pk}/hand-in/{rest}"


def about(story: StoryPage) -> str:
    return str(StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object().content_hash())


def test_no_job_and_no_answer_publishes_what_nobody_handed_in(story: StoryPage) -> None:
    assert publish_when_agreed(story.pk) is None
    tick(now=timezone.now())
    assert not reads(story)
    hand_in(story, by=a_worker())
    assert reads(story)


def test_what_was_taken_back_or_changed_since_is_not_published(story: StoryPage) -> None:
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.summary = "Something else"
    draft.save_revision()
    hand_in(story, by=a_worker())
    draft.summary = story.summary
    draft.save_revision()  # the approved and agreed words again, which nobody handed in
    assert publish_when_agreed(story.pk) is None
    assert not reads(story)
    assert take_hand_in_back(story, by=a_worker())
    assert not take_hand_in_back(story, by=a_worker())
    tick(now=timezone.now())
    assert not reads(story)


def test_handing_in_twice_changes_nothing_and_a_newer_one_ends_the_older(story: StoryPage) -> None:
    first = handed_in(story).hand_ins.get()
    assert hand_in(story, by=a_moderator()) == first
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.summary = "Something else"
    draft.save_revision()
    second = hand_in(story, by=a_worker())
    assert second != first
    assert HandIn.objects.standing(story.pk).get() == second
    assert (first.by, first.content_hash) == (a_worker(), HandIn.objects.get(pk=first.pk).content_hash)


def test_a_story_without_people_or_words_is_not_handed_in(two_sections: Tree) -> None:
    empty = make_story(two_sections, people=0)
    with pytest.raises(CannotHandIn, match="Add the people first"):
        hand_in(empty, by=a_worker())
    draft = make_story(two_sections, text="Wordless")
    draft.body = []
    draft.save_revision()
    with pytest.raises(CannotHandIn, match="no words yet"):
        hand_in(draft, by=a_worker())


def test_what_was_sent_back_is_handed_in_no_more(story: StoryPage) -> None:
    handed_in(story)
    return_story(story, moderator=a_moderator(), comment="Leave out the street", expected_hash=about(story))
    assert not HandIn.objects.standing(story.pk).exists()


def test_whoever_handed_it_in_does_not_approve_it(story: StoryPage) -> None:
    hand_in(story, by=a_moderator())
    with pytest.raises(MayNotApprove, match="handed this story in yourself"):
        approve_story(story, moderator=a_moderator())


def test_a_worker_hands_in_what_is_on_her_screen_and_takes_it_back(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    people = f"/admin/stories/{story.pk}/people/"
    assert f'name="about" value="{about(story)}"' in client.get(people).content.decode()
    refused = client.post(at(story), {"about": "0" * 64}, follow=True).content.decode()
    assert "The words changed meanwhile" in refused
    assert not HandIn.objects.exists()
    page = client.post(at(story), {"about": about(story)}, follow=True).content.decode()
    assert "Handed in. A moderator sees it now." in page
    assert HandIn.objects.get().by == clued_up_author
    assert "Take it back" in page
    assert "Taken back." in client.post(at(story, "back/"), follow=True).content.decode()
    assert not HandIn.objects.standing(story.pk).exists()


@pytest.mark.parametrize("who", ["carf_author", "moderator", "toolkit_editor"])
def test_nobody_else_hands_it_in(client: Client, story: StoryPage, who: str, request: pytest.FixtureRequest) -> None:
    handed_in(story)
    client.force_login(request.getfixturevalue(who))
    for rest in ("", "back/"):
        assert client.post(at(story, rest), {"about": about(story)}).status_code in {302, 404}
    assert HandIn.objects.get().ended_at is None


def test_the_editor_and_the_list_never_call_a_dark_story_live(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    for address in (f"/admin/pages/{story.pk}/edit/", f"/admin/pages/{story.get_parent().pk}/"):
        page = client.get(address).content.decode()
        assert "Visible to all" not in page.split("The counter", 1)[1]
        assert "ot shown" in page
    assert "Hand it in" in client.get(f"/admin/pages/{story.pk}/edit/").content.decode()
    assert "People and consent" in client.get(f"/admin/pages/{story.pk}/edit/").content.decode()
    handed_in(story)
    assert "Shown to everyone, until" in client.get(f"/admin/pages/{story.pk}/edit/").content.decode()

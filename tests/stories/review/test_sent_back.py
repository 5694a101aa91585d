"""A moderator sends a story back: the worker reads why, the people in it in kind words that blame nobody."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.stories.choices import LegalReason
from hub.stories.family.links import issue
from hub.stories.family.questions import SENT_BACK
from hub.stories.models import ModerationDecision, PrivateLink, draft_of
from hub.stories.review.decisions import approve_story
from hub.stories.review.flags import raise_legal_flag
from tests.factories import Tree, a_moderator, lit_story

pytestmark = pytest.mark.django_db
COMMENT = "The street in Zilpzalp Road gives her away."


def test_people_read_kind_words_and_never_the_comment(client: Client, tree: Tree, moderator: User) -> None:
    story = lit_story(tree)
    at = f"/yours/{issue(story.participations.get(), PrivateLink.Purpose.KEEP).address}/words/"
    assert "We are still at work on it" not in client.get(at).content.decode()
    staff = Client()
    staff.force_login(moderator)
    said = {"outcome": "returned", "sensitivity": "1", "comment": COMMENT, "about": draft_of(story).content_hash()}
    told = ["recognised", "words"]
    assert staff.post(f"/admin/stories/{story.pk}/review/", {**said, "told_people": told}).status_code == 302
    assert ModerationDecision.objects.last().told_people == told  # type: ignore[union-attr]
    page = client.get(at).content.decode()
    assert "You did nothing wrong" in page
    assert COMMENT not in page
    assert [why for why, words in SENT_BACK.items() if words in page] == told
    flag = raise_legal_flag(story, LegalReason.SAFEGUARDING, by=None, hides=True)
    assert "We are still at work on it" not in client.get(at).content.decode(), "a hidden story tells nothing"
    flag.delete()
    approve_story(story, moderator=a_moderator())
    assert "We are still at work on it" not in client.get(at).content.decode()


def test_who_was_never_shown_these_words_hears_nothing_of_them(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    ModerationDecision.objects.create(
        story=story, content_hash="f" * 64, outcome="returned", moderator=a_moderator(), comment=COMMENT
    )
    at = f"/yours/{issue(story.participations.get(), PrivateLink.Purpose.KEEP).address}/words/"
    assert "We are still at work on it" not in client.get(at).content.decode()

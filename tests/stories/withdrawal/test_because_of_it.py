"""What changed because of a story: written by its workers, read by the people in it, shown under it, gone with it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.stories.erasure.steps import erase
from hub.stories.family.links import issue
from hub.stories.models import BecauseOfIt, PrivateLink, StoryPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, lit_story

pytestmark = pytest.mark.django_db
SAID = {"you_said": "Letters frighten 🙂 مرحبا", "we_did": "We wrote <b>them</b> anew.", "changed_on": "2 May 2026"}


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return lit_story(two_sections)


def at(story: StoryPage) -> str:
    return f"/admin/stories/{story.pk}/because/"


def test_a_change_stands_on_their_page_and_under_the_story_and_goes_with_it(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    person = story.participations.get()
    key = issue(person, PrivateLink.Purpose.KEEP).address
    staff = Client()
    staff.force_login(clued_up_author)
    for _ in range(2):  # sent twice, kept once
        assert staff.post(at(story), SAID).status_code == 302
    change = BecauseOfIt.objects.get()
    assert (change.you_said, change.written_by) == (SAID["you_said"], clued_up_author)
    for address in (f"/yours/{key}/words/", story.url):
        page = client.get(address).content.decode()
        assert SAID["you_said"] in page
        assert "We wrote &lt;b&gt;them&lt;/b&gt; anew." in page
        assert "2 May 2026" in page
    assert "How to reach P-0001" in staff.get(at(story)).content.decode()
    for _ in range(2):
        staff.post(f"{at(story)}{change.pk}/told/")
    assert "Everybody was told on" in staff.get(at(story)).content.decode()
    withdraw(person)
    assert client.get(story.url).status_code == 404
    assert SAID["you_said"] in client.get(f"/yours/{key}/words/").content.decode(), "it stays theirs to know"
    assert erase(story.pk).erased_at
    assert not BecauseOfIt.objects.exists()


def test_what_is_taken_out_is_gone_from_the_page_that_readers_get(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    staff = Client()
    staff.force_login(clued_up_author)
    staff.post(at(story), SAID)
    assert "You said, we did" in client.get(story.url).content.decode()
    staff.post(f"{at(story)}{BecauseOfIt.objects.get().pk}/remove/")
    assert "You said, we did</h2>" not in client.get(story.url).content.decode()


def test_wrong_input_is_said_in_a_sentence_and_nothing_is_lost(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"
    wrong = {
        "Say in a few words what the story told you.": {"you_said": " "},
        "Say what you did": {"we_did": ""},
        "Keep it under 200 letters": {"you_said": "a" * 10_000},
        "Keep it under 600 letters": {"we_did": "b" * 10_000},
        "That day is still to come.": {"changed_on": tomorrow},
    }
    for sentence, change in wrong.items():
        page = client.post(at(story), {**SAID, **change}).content.decode()
        assert sentence in page
        for typed in {**SAID, **change}.values():
            assert typed.strip().replace("<b>", "&lt;b&gt;").replace("</b>", "&lt;/b&gt;") in page
    assert not BecauseOfIt.objects.exists()


def test_another_partner_gets_nowhere(
    client: Client, story: StoryPage, clued_up_author: User, carf_author: User
) -> None:
    client.force_login(clued_up_author)
    client.post(at(story), SAID)
    number = BecauseOfIt.objects.get().pk
    client.force_login(carf_author)
    assert client.get(at(story)).status_code == 404
    for act in (at(story), f"{at(story)}{number}/remove/", f"{at(story)}{number}/told/"):
        assert client.post(act, SAID).status_code == 404
    assert BecauseOfIt.objects.filter(told_at=None).count() == 1

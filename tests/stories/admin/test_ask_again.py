"""From answers in the register to sheets: one for each person, of one's own stories; nobody holds up another."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.stories.choices import Use
from hub.stories.models import Consent, PrivateLink, StoryPage
from tests.factories import CANARY, Tree, add_person, light, make_story, yes

pytestmark = pytest.mark.django_db
AT = "/admin/stories/consents/ask-again/"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    story = make_story(two_sections, people=2)
    for person in story.participations.all():
        yes(person, Use.TRAINING)
    return light(story)


def numbers(story: StoryPage) -> list[int]:
    answers = Consent.objects.filter(participation__story=story)
    return list(answers.values_list("pk", flat=True))


def test_one_sheet_for_each_person_with_all_their_uses(client: Client, story: StoryPage, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    register = client.get("/admin/stories/consents/").content.decode()
    assert 'name="consent"' in register
    assert "checked" not in register.split("<table")[1]
    page = client.post(AT, {"consent": numbers(story)}).content.decode()
    assert page.count("May we use your words?") == 2
    assert CANARY not in page
    links = PrivateLink.objects.filter(purpose="answer")
    assert [set(link.uses) for link in links] == [{"website", "training"}] * 2
    assert all(link.content_hash == story.content_hash() for link in links)
    assert Client().get(story.url).status_code == 200, "the yes of before stands until they answer"


def test_who_cannot_be_asked_is_left_out_with_a_reason(client: Client, story: StoryPage, clued_up_author: User) -> None:
    person = story.participations.first()
    assert person is not None
    person.participant.do_not_ask_until = timezone.localdate() + timedelta(days=9)
    person.participant.save()
    client.force_login(clued_up_author)
    page = client.post(AT, {"consent": numbers(story)}).content.decode()
    assert "They asked not to be asked before" in page
    assert page.count("May we use your words?") == 1


@pytest.mark.parametrize("who", ["moderator", "carf_author"])
def test_nobody_asks_for_another_section(client: Client, story: StoryPage, who: str, request: Any) -> None:
    client.force_login(request.getfixturevalue(who))
    page = client.post(AT, {"consent": numbers(story)}).content.decode()
    assert "This story is not in your section" in page
    assert not PrivateLink.objects.exists()


def test_nothing_chosen_nonsense_and_too_many_get_a_sentence(
    client: Client, story: StoryPage, clued_up_author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(clued_up_author)
    for said in ({}, {"consent": ["x", "-1", "999999"]}):
        assert "Choose at least one answer" in client.post(AT, said, follow=True).content.decode()
    monkeypatch.setattr("hub.stories.admin.ask_again.MOST", 1)
    assert "Choose fewer" in client.post(AT, {"consent": numbers(story)}, follow=True).content.decode()
    assert client.get(AT).status_code == 405
    assert not PrivateLink.objects.exists()


def test_a_child_under_12_and_a_parent_get_a_sheet_each(client: Client, tree: Tree, clued_up_author: User) -> None:
    from hub.law import AgeBand
    from hub.stories.rule import GivenBy

    story = make_story(tree, people=0, text="Sommer")
    child = add_person(story, age_band=AgeBand.UNDER_12)
    for giver in (GivenBy.SELF, GivenBy.GUARDIAN):
        yes(child, given_by=giver)
    client.force_login(clued_up_author)
    page = client.post(AT, {"consent": numbers(story)}).content.decode()
    assert page.count("Keep this card") == 2
    assert "Nobody will be cross." in page

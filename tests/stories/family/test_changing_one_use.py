"""What somebody changes later without taking everything down: one use, a wish, the question once more. By card too."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from time_machine import travel

from hub.law import AgeBand
from hub.stories.choices import Use
from hub.stories.family import links
from hub.stories.family.asking import ask
from hub.stories.models import ChangeWanted, Consent, PrivateLink, StoryPage
from hub.stories.rule import Decision, GivenBy
from tests.factories import CANARY, Tree, add_person, light, lit_story, make_story, wording, yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(tree: Tree) -> StoryPage:
    lit = lit_story(tree)
    yes(lit.participations.get(), Use.SOCIAL)
    return lit


def kept(story: StoryPage, **how: Any) -> str:
    return f"/yours/{links.issue(story.participations.get(), PrivateLink.Purpose.KEEP, **how).address}/"


@pytest.mark.parametrize(("use", "public"), [("social", 200), ("website", 404)])
def test_one_use_is_paused_and_the_pause_ended(client: Client, story: StoryPage, use: str, public: int) -> None:
    at = kept(story)
    client.get(f"{at}words/pause-one/{use}/")
    assert not Consent.objects.filter(held_at__isnull=False).exists(), "opening the page does nothing yet"
    sent = client.post(f"{at}words/pause-one/{use}/")
    assert sent["Location"].endswith(f"#use-{use}")
    assert [one.use for one in Consent.objects.filter(held_at__isnull=False)] == [use]
    assert client.get(story.url).status_code == public
    assert "End the pause" in client.get(at + "words/").content.decode()
    client.post(f"{at}words/go-on-one/{use}/")
    assert not Consent.objects.filter(held_at__isnull=False).exists()
    assert client.get(story.url).status_code == 200


@pytest.mark.parametrize("wrong", ["pause-one/nothing", "burn/social", "stop-one/done", "ask-again/nothing"])
def test_an_act_or_a_use_that_does_not_exist_is_a_kind_page(client: Client, story: StoryPage, wrong: str) -> None:
    at = kept(story)
    for answered in (client.get(f"{at}words/{wrong}/"), client.post(f"{at}words/{wrong}/")):
        assert answered.status_code == 404
        assert "This page is not open" in answered.content.decode()
    assert client.get(story.url).status_code == 200


def test_the_worker_is_asked_for_the_question_once_and_no_yes_comes_of_it(client: Client, story: StoryPage) -> None:
    at = kept(story)
    client.post(at + "words/stop-one/social/")
    assert "Ask me again" in client.get(at + "words/").content.decode()
    for _ in range(2):
        client.post(at + "words/ask-again/social/")
    assert ChangeWanted.objects.get().wanted == "Ask me again about: On social media."
    assert Consent.objects.get(use="social").decision == Decision.WITHDRAWN
    page = client.get(at + "words/").content.decode()
    assert "You would like us to ask you again" in page
    assert "Ask me again" not in page


def test_a_wish_reaches_the_worker_and_what_is_agreed_stays(client: Client, story: StoryPage) -> None:
    at = kept(story)
    empty = client.post(at + "words/wish/", {"wanted": " "}).content.decode()
    assert "A few words are enough" in empty
    long = client.post(at + "words/wish/", {"wanted": "x" * 5000}).content.decode()
    assert "x" * 5000 in long
    assert client.post(at + "words/wish/", {"wanted": "Leave out the street"}).status_code == 302
    assert ChangeWanted.objects.get().wanted == "Leave out the street"
    assert client.get(story.url).status_code == 200
    assert client.get(at + "words/wish/done/").status_code == 200


@pytest.mark.parametrize("act", ["words/wish/", "words/pause-one/website/", "words/ask-again/website/"])
def test_a_guardian_cannot_for_somebody_of_thirteen(client: Client, tree: Tree, act: str) -> None:
    story = make_story(tree, people=0)
    add_person(story, age_band=AgeBand.AGE_12_15)
    light(story)
    at = kept(story, given_by=GivenBy.GUARDIAN)
    assert "own choice" in client.post(at + act, {"wanted": "Put my name in"}).content.decode()
    assert not ChangeWanted.objects.exists()
    assert client.get(story.url).status_code == 200


@pytest.fixture
def asked(tree: Tree) -> tuple[StoryPage, links.Issued, links.Issued]:
    """A story, the link to answer by, and the card that was given with it."""
    wording()
    story, worker = make_story(tree), User.objects.create_user("worker")
    person = story.participations.get()
    return story, ask(person, uses=[Use.WEBSITE], by=worker), links.issue(person, PrivateLink.Purpose.KEEP)


def test_a_card_is_enough_to_read_and_answer(client: Client, asked: Any) -> None:
    page = client.post("/yours/", {"code": asked[2].spoken_code}, follow=True)
    at = f"/yours/{page.context['question']}/"
    assert CANARY in client.get(at + "read/").content.decode()
    for name, said in {"name": "none", "website": "yes", "change": "no"}.items():
        client.post(f"{at}question/{name}/", {"answer": said})
    assert client.post(at + "check/").status_code == 302
    assert Consent.objects.get(decision="given").given_by == GivenBy.SELF
    again = client.post("/yours/", {"code": asked[2].spoken_code}, follow=True)
    assert again.context["question"] is None, "what is answered is not asked again"


def test_a_card_leads_to_nothing_that_is_over_or_is_asked_of_somebody_else(client: Client, asked: Any) -> None:
    story, answer, card = asked
    guardians = links.issue(story.participations.get(), PrivateLink.Purpose.KEEP, given_by=GivenBy.GUARDIAN)
    others = links.issue(add_person(story), PrivateLink.Purpose.KEEP)
    assert links.open_question(card.link)
    assert links.open_question(guardians.link) is None
    assert links.open_question(others.link) is None
    PrivateLink.objects.filter(pk=answer.link.pk).update(ends_at=timezone.now())
    assert links.open_question(card.link) is None


def test_a_key_to_a_question_ends_after_a_day_and_opens_nothing_else(asked: Any) -> None:
    key = links.open_question(asked[2].link)
    assert key
    assert links.find("c." + key[2:]) is None
    made, minute = timezone.now(), timedelta(minutes=1)
    with travel(made + links.ANSWER_BY_CODE_FOR - minute):
        assert links.find(key)
    with travel(made + links.ANSWER_BY_CODE_FOR + minute):
        assert links.find(key) is None


def test_the_receipt_holds_the_way_back_for_whoever_has_no_card(client: Client, story: StoryPage) -> None:
    card = links.issue(story.participations.get(), PrivateLink.Purpose.KEEP)
    at = f"/yours/{card.address}/done/"
    assert f"{card.address}/</p>" in client.get(at).content.decode()
    by_code = f"/yours/{links.by_code(card.code)}/done/"
    assert "private__address" not in client.get(by_code).content.decode(), "that key ends within the hour"

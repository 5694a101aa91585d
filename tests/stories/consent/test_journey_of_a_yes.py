"""A yes through time: it nears its end and is renewed, a child grows up, a child and a guardian disagree.

Journey 5 of the product, with no job darkening anything: what has ended is dark on the next request.
"""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from hub.law import AgeBand
from hub.pages.models import Visibility
from hub.stories.choices import Use
from hub.stories.consent import remind_partners
from hub.stories.consent.wordings import keep_up_to_date
from hub.stories.family.asking import ask
from hub.stories.family.links import issue
from hub.stories.family.may_be_asked import CannotAsk
from hub.stories.models import Consent, Participant, PrivateLink, StoryPage, StoryParticipant
from hub.stories.review.decisions import approve_story
from hub.stories.rule import GivenBy
from hub.upkeep.tick import tick
from tests.factories import Tree, a_moderator, add_person, light, make_story, yes
from tests.past import rewrite, written_long_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(db: None) -> User:
    return User.objects.create_user("worker")


def answer(client: Client, person: StoryParticipant, worker: User, said: str, by: GivenBy = GivenBy.SELF) -> str:
    """The person is asked by a link of their own and answers about the website; returns what the page was about."""
    at = f"/yours/{ask(person, uses=[Use.WEBSITE], by=worker, given_by=by).address}/"
    shown = client.get(at).content.decode()
    for question, words in {"name": "none", "website": said, "change": "no"}.items():
        client.post(f"{at}question/{question}/", {"answer": words})
    assert client.post(at + "check/").status_code == 302
    return shown


def test_a_yes_near_its_end_is_renewed_and_the_story_stays(
    client: Client, two_sections: Tree, clued_up_lead: User, worker: User, mailoutbox: Any
) -> None:
    User.objects.filter(pk=clued_up_lead.pk).update(email="lead@example.org")
    now = timezone.now()
    story = written_long_ago(make_story(two_sections))
    person = story.participations.get()
    yes(person, given_at=now - timedelta(days=650))  # ends in 80 days
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    end = Consent.objects.get().expires_at
    assert end is not None
    for day in (0, 1, 55, 56):
        tick(now=now + timedelta(days=day))
    assert [person.participant.code in mail.body for mail in mailoutbox] == [True, True], "at 90 and at 30 days"
    assert Visibility.objects.get(page_id=story.pk).public_until == end, "unasked, it ends by itself"
    answer(client, person, worker, "yes")
    assert client.get(story.url).status_code == 200
    assert Visibility.objects.get(page_id=story.pk).public_until > end + timedelta(days=640), "renewed, it stays"
    tick(now=now + timedelta(days=57))
    assert len(mailoutbox) == 2, "nobody is reminded of what was renewed"


@pytest.fixture
def inbox(two_sections: Tree, clued_up_lead: User, mailoutbox: Any) -> Any:
    User.objects.filter(pk=clued_up_lead.pk).update(email="lead@example.org")
    return mailoutbox


def british(day: Any) -> str:
    return date_format(timezone.localtime(day), "j F Y")


def test_a_yes_that_the_law_ends_sooner_than_its_own_day_is_told_of_in_time(two_sections: Tree, inbox: Any) -> None:
    now = timezone.now()
    soon, later = (make_story(two_sections).participations.get() for _ in range(2))
    for person, days_ago in ((soon, 650), (later, 600)):
        yes(person)
        said, far = now - timedelta(days=days_ago), now + timedelta(days=900)
        rewrite(Consent.objects.filter(participation=person), given_at=said, expires_at=far)
    tick(now=now)
    (mail,) = inbox
    day = british(now + timedelta(days=80))
    assert f"{soon.participant.code}, story {soon.story_id}, read on this website: ends {day}\n" in mail.body
    assert later.participant.code not in mail.body, "130 days are left"


def test_a_birthday_is_told_of_90_and_30_days_before_and_nobody_is_asked_before_it(
    two_sections: Tree, inbox: Any
) -> None:
    now = timezone.now()
    child, older = (add_person(make_story(two_sections, people=0), age_band=AgeBand.AGE_12_15) for _ in range(2))
    for person in (child, older):
        yes(person)
    birthday = now + timedelta(days=85)
    Participant.objects.filter(pk=child.participant_id).update(reask_at=birthday)
    for day in (0, 1, 60, 61, 84):
        tick(now=now + timedelta(days=day))
    assert len(inbox) == 2, "once at each stage"
    for mail in inbox:
        line = next(line for line in mail.body.splitlines() if child.participant.code in line)
        assert line.endswith(f"ends {british(birthday)}; ask from {british(birthday)} on")
        assert older.participant.code not in mail.body
    tick(now=birthday + timedelta(days=1))
    assert len(inbox) == 2, "what has ended is no news"


def test_a_reminder_says_from_which_day_on_somebody_asked_just_now_may_be_asked_again(
    two_sections: Tree, inbox: Any, worker: User
) -> None:
    now = timezone.now()
    asked, rested = (make_story(two_sections).participations.get() for _ in range(2))
    ask(asked, uses=[Use.TRAINING], by=worker)
    for person in (asked, rested):
        yes(person, expires_at=now + timedelta(days=60))
    tick(now=now)
    about = {line.split(",")[0]: line for line in inbox[0].body.splitlines() if line.startswith("P-")}
    assert about[asked.participant.code].endswith(f"; ask from {british(now + timedelta(days=30))} on")
    assert "ask from" not in about[rested.participant.code]


def test_the_reminders_ask_as_much_for_one_yes_as_for_many(two_sections: Tree, inbox: Any) -> None:
    now, costs = timezone.now(), []
    for stories in (1, 6):
        for _ in range(stories):
            yes(make_story(two_sections).participations.get(), expires_at=now + timedelta(days=60))
        remind_partners(now)
        with CaptureQueriesContext(connection) as captured:
            assert remind_partners(now) == 0, "all are told of already"
        costs.append(len(captured))
    assert costs[0] == costs[1]


def a_child(tree: Tree) -> tuple[StoryPage, StoryParticipant]:
    keep_up_to_date()
    story = make_story(tree, people=0)
    return story, add_person(story, age_band=AgeBand.UNDER_12)


@pytest.mark.parametrize(("child", "guardian"), [("yes", "no"), ("no", "yes")])
def test_under_twelve_either_no_wins(client: Client, tree: Tree, worker: User, child: str, guardian: str) -> None:
    story, person = a_child(tree)
    yes(person, given_by=GivenBy.GUARDIAN)
    light(story)
    assert client.get(story.url).status_code == 200
    saying_no = GivenBy.SELF if child == "no" else GivenBy.GUARDIAN
    shown = answer(client, person, worker, "no", saying_no)
    assert ("May we use your child’s words?" in shown) == (guardian == "no")
    assert client.get(story.url).status_code == 404


def test_at_twelve_it_goes_dark_by_itself_and_the_young_person_is_asked_with_their_own_link(
    client: Client, tree: Tree, worker: User
) -> None:
    story, person = a_child(tree)
    birthday = timezone.now() + timedelta(seconds=6)  # the database's own clock decides, so the test waits for it
    Participant.objects.update(reask_at=birthday)
    person.participant.refresh_from_db()
    yes(person, given_by=GivenBy.GUARDIAN)
    light(story)
    assert Visibility.objects.get(page_id=story.pk).public_until == birthday
    time.sleep(max(0, (birthday - timezone.now()).total_seconds()) + 0.1)
    assert client.get(story.url).status_code == 404
    with pytest.raises(CannotAsk, match="new age first"):
        ask(person, uses=[Use.WEBSITE], by=worker)
    Participant.objects.update(age_band=AgeBand.AGE_12_15, reask_at=timezone.now() + timedelta(days=1400))
    person.participant.refresh_from_db()
    with pytest.raises(CannotAsk, match="own answer"):
        ask(person, uses=[Use.WEBSITE], by=worker, given_by=GivenBy.GUARDIAN)
    shown = answer(client, person, worker, "yes")
    assert "12 to 15, version 1" in shown
    assert "Nobody else can say yes for you." in shown
    assert client.get(story.url).status_code == 200
    assert Consent.objects.filter(decision="given", given_by="self").latest("pk").wording.audience == "age_12_15"


def test_the_guardian_of_somebody_of_thirteen_is_told_whose_choice_it_is(client: Client, tree: Tree) -> None:
    story = make_story(tree, people=0)
    person = add_person(story, age_band=AgeBand.AGE_12_15)
    light(story)
    at = f"/yours/{issue(person, PrivateLink.Purpose.KEEP, given_by=GivenBy.GUARDIAN).address}/words/"
    for act in ("pause/", "stop/", "erase/", "stop-one/website/"):
        for page in (client.get(at + act), client.post(at + act)):
            assert "This is your child’s own choice now" in page.content.decode()
            assert "with their own link or card" in page.content.decode()
    assert client.get(story.url).status_code == 200

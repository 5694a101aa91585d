"""A day that somebody chose: dark until then, in the rule and in SQL; lit by the jobs if all still holds."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.law import AgeBand
from hub.pages.models import HubPage, Visibility
from hub.stories.choices import EventKind, Use
from hub.stories.family.links import issue
from hub.stories.ledger.lines import first_broken_link
from hub.stories.light.lighting import answers_for, relight
from hub.stories.light.publishing import show_what_is_ready
from hub.stories.models import ConsentEvent, NotBefore, PrivateLink, StoryPage
from hub.stories.path.standing import standing_of
from hub.stories.reasons import Reason
from hub.stories.review import end_hold, hold_story
from hub.stories.rule import GivenBy
from hub.stories.withdrawal.not_before import from_any_day, not_before
from hub.stories.withdrawal.stopping import withdraw
from hub.stories.withdrawal.use_register import why_not
from hub.upkeep.tick import tick
from tests.factories import Tree, a_moderator, lit_story, yes
from tests.owner import as_owner

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def story(tree: Tree) -> StoryPage:
    return lit_story(tree)


@pytest.fixture
def link(story: StoryPage) -> PrivateLink:
    return issue(story.participations.get(), PrivateLink.Purpose.KEEP).link


def is_public(story: StoryPage) -> bool:
    return HubPage.objects.filter(pk=story.pk).live().exists()


def the_day_comes(link: PrivateLink) -> None:
    """As if it had gone by: another row, as the web process may add one, whose day is over."""
    person = link.participation
    NotBefore.objects.create(
        story_number=person.story_id, participant_code=person.participant.code, starts_at=timezone.now() - DAY
    )


def boxes(in_days: int) -> dict[str, str]:
    day = timezone.localdate() + in_days * DAY
    return {"day": f"{day.day}", "month": f"{day.month}", "year": f"{day.year}"}


def test_a_day_is_chosen_on_their_page_and_the_story_is_dark_until_it_comes(client: Client, story: StoryPage) -> None:
    yes(story.participations.get(), Use.TRAINING)
    key = issue(story.participations.get(), PrivateLink.Purpose.KEEP).address
    at = f"/yours/{key}/words/"
    assert "Choose a first day" in client.get(at).content.decode()
    assert client.get(f"{at}first-day/").status_code == 200
    assert is_public(story), "looking changes nothing"
    for _ in range(2):  # pressed twice
        assert client.post(f"{at}first-day/", boxes(10)).headers["Location"] == f"{at}first-day/done/"
    assert NotBefore.objects.count() == 1
    assert client.get(story.url).status_code == 404
    said = f"Not before {timezone.localdate() + 10 * DAY:%-d %B %Y}"
    assert said in client.get(at).content.decode()
    assert said in client.get(f"{at}first-day/done/").content.decode()
    assert why_not(story, Use.TRAINING) == [f"P-0001: {Reason.NOT_BEFORE.sentence}"]
    assert "wants nobody to see it before" in standing_of(story, story).sentence
    assert "Stories shown: 0." in tick(now=timezone.now())
    assert client.post(f"{at}any-day/").status_code == 302
    assert client.get(story.url).status_code == 200
    assert [e.kind for e in ConsentEvent.objects.order_by("-sequence")[:2]] == [EventKind.ANY_DAY, EventKind.NOT_BEFORE]
    assert first_broken_link() is None


def test_when_the_day_comes_the_jobs_show_it_and_only_if_everything_holds(story: StoryPage, link: PrivateLink) -> None:
    not_before(link, timezone.localdate() + DAY)
    the_day_comes(link)
    assert not is_public(story)
    assert "Stories shown: 1." in tick(now=timezone.now())
    assert is_public(story)
    not_before(link, timezone.localdate() + DAY)
    withdraw(link.participation)
    the_day_comes(link)
    assert "Stories shown: 0." in tick(now=timezone.now())
    assert not is_public(story)


def test_the_database_itself_lets_no_light_in_before_the_day(story: StoryPage, link: PrivateLink) -> None:
    light = Visibility.objects.filter(page_id=story.pk).values().get()
    not_before(link, timezone.localdate() + DAY)
    with pytest.raises(IntegrityError, match="set a day that has not come"), transaction.atomic():
        Visibility.objects.create(**light)
    for act in (NotBefore.objects.all().delete, lambda: NotBefore.objects.update(starts_at=None)):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            act()
    for statement in ("DELETE FROM stories_notbefore", "UPDATE stories_notbefore SET starts_at = NULL"):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            as_owner(statement)  # not even whoever owns it, without switching triggers off


def test_a_parents_day_counts_until_the_child_is_twelve(story: StoryPage) -> None:
    person = story.participations.get()
    by_parent = issue(person, PrivateLink.Purpose.KEEP, given_by=GivenBy.GUARDIAN)
    day = timezone.now() + 3 * DAY
    NotBefore.objects.create(
        story_number=story.pk, participant_code=person.participant.code, given_by="guardian", starts_at=day
    )

    def gaps(band: AgeBand) -> set[Reason]:
        person.participant.age_band = band
        person.participant.reask_at = timezone.now() + 300 * DAY
        person.participant.save()
        found = answers_for(story, content_hash=story.content_hash(), now=timezone.now())[Use.WEBSITE].gaps
        return {gap.reason for gap in found}

    assert Reason.NOT_BEFORE in gaps(AgeBand.UNDER_12)
    from_any_day(issue(person, PrivateLink.Purpose.KEEP).link)
    assert Reason.NOT_BEFORE in gaps(AgeBand.UNDER_12), "neither ends the other's"
    assert Reason.NOT_BEFORE not in gaps(AgeBand.AGE_12_15)
    assert relight(story.pk).allowed
    theirs = Client().get(f"/yours/{by_parent.address}/words/first-day/")
    assert theirs.status_code == 200
    assert "From which day" not in theirs.content.decode(), "a parent decides no more"


def test_wrong_days_are_said_in_a_sentence_and_stay_typed(client: Client, story: StoryPage) -> None:
    at = f"/yours/{issue(story.participations.get(), PrivateLink.Purpose.KEEP).address}/words/first-day/"
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("Write the day with numbers", {"day": "", "month": "", "year": ""}),
        ("There is no such day", {"day": "31", "month": "2", "year": "2030"}),
        ("There is no such day", {"day": "🙂", "month": "مايو", "year": "x"}),
        ("That is too long for a day", {"day": "1" * 10_000, "month": "2", "year": "2030"}),
        ("That day is over, or it is today", boxes(0)),
        ("That is a long time", boxes(4000)),
    ]
    for sentence, typed in wrong:
        page = client.post(at, typed).content.decode()
        assert sentence in page
        assert "<title>Error:" in page
        for one in typed.values():
            assert f'value="{one}"' in page
    assert not NotBefore.objects.exists()
    assert client.post(at, {**boxes(40), "month": f"{timezone.localdate() + 40 * DAY:%B}"}).status_code == 302


def test_other_partners_and_staff_have_no_door_to_it(client: Client, story: StoryPage, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    answer = issue(story.participations.get(), PrivateLink.Purpose.ANSWER)
    assert client.post(f"/yours/{answer.address}/words/first-day/", boxes(9)).status_code == 404
    assert not NotBefore.objects.exists()


def test_a_day_that_is_long_over_locks_nothing_while_the_rule_says_no(story: StoryPage, link: PrivateLink) -> None:
    the_day_comes(link)
    hold_story(story, moderator=a_moderator(), comment="We look at it again.")
    with CaptureQueriesContext(connection) as asked:
        assert show_what_is_ready(timezone.now()) == 0
    assert not [query for query in asked if "FOR NO KEY UPDATE" in query["sql"]]
    end_hold(story, moderator=a_moderator())
    Visibility.objects.all().delete()
    assert show_what_is_ready(timezone.now()) == 1
    assert is_public(story)

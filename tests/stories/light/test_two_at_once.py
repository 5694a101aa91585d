"""Two people at the same moment, on two connections of the real database. Whoever comes second, the story ends dark."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Revision

from hub.pages.models import HubPage, Visibility
from hub.pages.over_time.guidance_checks import CannotCheck, still_right
from hub.stories.consent.answers import pause
from hub.stories.ledger.lines import first_broken_link
from hub.stories.light.lighting import relight
from hub.stories.light.publishing import publish_story
from hub.stories.models import Consent, ConsentEvent, StoryPage, StoryParticipant
from hub.stories.withdrawal.stopping import withdraw
from tests.at_once import at_once
from tests.factories import a_tree, lit_story, make_story, yes


def is_lit(story: StoryPage) -> bool:
    return HubPage.objects.filter(pk=story.pk).live().exists()


def test_these_tests_never_touch_the_database_of_the_hub(db: None) -> None:
    """One that asks for the usual fixture, so that pytest-django makes a database for the others of this file."""
    assert str(connection.settings_dict["NAME"]).startswith("test_")


@pytest.mark.parametrize("other", ["relight", "publish", "another yes"])
def test_withdrawing_while_something_lights_ends_dark(committed: None, other: str) -> None:
    story = lit_story(a_tree(), people=2)
    first, second = story.participations.order_by("pk")
    acts = {
        "relight": lambda: relight(story.pk),
        "publish": lambda: publish_story(StoryPage.objects.get(pk=story.pk)),
        "another yes": lambda: yes(StoryParticipant.objects.get(pk=second.pk)),
    }
    for _ in range(4):
        raised = at_once(lambda: withdraw(StoryParticipant.objects.get(pk=first.pk)), acts[other])
        assert raised == []
        assert not is_lit(story)
        yes(StoryParticipant.objects.get(pk=first.pk))
        assert is_lit(story), "the next round has to start lit"
    assert first_broken_link() is None


def test_the_withdrawal_waits_for_the_light_and_then_takes_it_away(committed: None) -> None:
    """The order that would leave a story lit if nothing locked: the lighter has read, and not yet written."""
    story = lit_story(a_tree())
    consent = Consent.objects.get(participation__story=story)
    Visibility.objects.filter(page=story).delete()
    read, withdrawn = threading.Event(), threading.Event()

    def lights() -> None:
        with transaction.atomic():
            relight(story.pk)
            read.set()
            assert not withdrawn.wait(1.0), "the withdrawal did not wait for the page's lock"

    def withdraws() -> None:
        assert read.wait(10)
        Consent.objects.filter(pk=consent.pk).update(decision="withdrawn")
        withdrawn.set()

    assert at_once(lights, withdraws) == []
    assert Consent.objects.get(pk=consent.pk).decision == "withdrawn"
    assert not is_lit(story)


def test_two_people_answering_at_once_are_both_in_the_ledger(committed: None) -> None:
    story = make_story(a_tree(), people=2)
    answers = [lambda p=p: yes(StoryParticipant.objects.get(pk=p.pk)) for p in story.participations.all()]
    before = ConsentEvent.objects.count()
    assert at_once(*answers) == []
    assert ConsentEvent.objects.count() == before + 2
    assert first_broken_link() is None


def test_the_same_answer_sent_twice_stands_once(committed: None) -> None:
    person = make_story(a_tree()).participations.get()
    raised = at_once(*[lambda: yes(StoryParticipant.objects.get(pk=person.pk)) for _ in range(2)])
    assert raised == []
    assert Consent.objects.filter(participation=person, decision="given").count() == 1


def test_pausing_and_withdrawing_at_once_ends_dark(committed: None) -> None:
    story = lit_story(a_tree())
    consent = Consent.objects.get(participation__story=story)
    raised = at_once(
        lambda: pause(Consent.objects.get(pk=consent.pk)),
        lambda: withdraw(StoryParticipant.objects.get(pk=consent.participation_id)),
    )
    assert raised == []
    assert not is_lit(story)


def test_of_two_who_find_a_page_still_right_one_is_told_and_it_is_noted_once(committed: None) -> None:
    page = a_tree().guidance
    due = page.next_check = timezone.localdate()
    page.last_checked = due - timedelta(days=100)
    page.save_revision().publish()
    people = [User.objects.create_user(name) for name in ("first", "second")]
    before = Revision.page_revisions.filter(object_id=str(page.pk)).count()
    raised = at_once(*[partial(still_right, page.pk, by=person, due=due) for person in people])
    assert [type(error) for error in raised] == [CannotCheck]
    assert HubPage.objects.get(pk=page.pk).next_check == due + timedelta(days=100)
    assert Revision.page_revisions.filter(object_id=str(page.pk)).count() == before + 1

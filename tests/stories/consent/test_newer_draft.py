"""A newer draft of a public story is asked about while the agreed words stay; anything but a yes takes them away."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hub.pages.models import HubPage
from hub.stories.choices import Use
from hub.stories.consent.answers import GivenAnswer, pause, record_consent
from hub.stories.light.lighting import relight
from hub.stories.light.publishing import publish_when_agreed
from hub.stories.models import Consent, StoryPage, StoryParticipant
from hub.stories.review.decisions import approve_story
from hub.stories.rule import Decision
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests.factories import Tree, a_moderator, handed_in, lit_story, wording, words
from tests.past import rewrite
from tests.surfaces import SURFACES

NEWER = "Rotkehlchen"


@pytest.fixture
def story(tree: Tree) -> StoryPage:
    """Public with two people in it, and a newer draft, handed in, that nobody was asked about."""
    found = lit_story(tree, people=2)
    found.body = words(f"I stood by the {NEWER}.")
    found.save_revision()
    return handed_in(found)


def answer(person: StoryParticipant, decision: Decision = Decision.GIVEN, **how: Any) -> None:
    draft = person.story.get_latest_revision_as_object()
    record_consent(
        person,
        Use.WEBSITE,
        GivenAnswer(decision=decision, wording=wording(), **how),
        content_hash=draft.content_hash(),
        revision_id=draft.latest_revision_id,
    )


def people(story: StoryPage) -> list[StoryParticipant]:
    return list(story.participations.order_by("pk"))


def seen(client: Client, story: StoryPage) -> str:
    response = client.get(story.url)
    return response.content.decode() if response.status_code == 200 else ""


def test_the_agreed_words_stay_while_people_are_asked(client: Client, story: StoryPage) -> None:
    first, second = people(story)
    answer(first, Decision.REQUESTED)
    answer(first)
    answer(second, Decision.REQUESTED)
    assert "Zaunkoenig" in seen(client, story)
    assert NEWER not in seen(client, story)


def test_the_newer_words_come_when_everyone_agreed_and_a_moderator_approved(client: Client, story: StoryPage) -> None:
    for person in people(story):
        answer(person)
    assert publish_when_agreed(story.pk) is None
    approve_story(story.get_latest_revision_as_object(), moderator=a_moderator())
    assert publish_when_agreed(story.pk)
    assert NEWER in seen(client, story)
    for person in people(story):
        assert person.consents.filter(decision=Decision.GIVEN).count() == 1
        assert person.consents.filter(decision=Decision.SUPERSEDED).count() == 1


@pytest.mark.parametrize("decision", [Decision.REFUSED, Decision.DEFERRED])
def test_anything_but_a_yes_to_the_newer_words_takes_the_older_away(
    client: Client, story: StoryPage, decision: Decision
) -> None:
    first, _ = people(story)
    answer(first, Decision.REQUESTED)
    assert seen(client, story)
    answer(first, decision)
    assert not seen(client, story)
    assert not HubPage.objects.filter(pk=story.pk).live().exists()


def test_a_withdrawal_ends_the_yes_to_both(client: Client, story: StoryPage) -> None:
    first, second = people(story)
    answer(first)
    answer(second)
    withdraw(first)
    assert not seen(client, story)
    assert not first.consents.filter(decision=Decision.GIVEN).exists()
    approve_story(story.get_latest_revision_as_object(), moderator=a_moderator())
    assert publish_when_agreed(story.pk) is None


def test_a_pause_of_the_public_words_holds_whatever_is_asked_next(client: Client, story: StoryPage) -> None:
    first, second = people(story)
    pause(first.consents.get(decision=Decision.GIVEN))
    answer(second)
    assert not seen(client, story)


def test_an_older_yes_does_not_count_for_newer_words(client: Client, story: StoryPage) -> None:
    first, _ = people(story)
    answer(first)
    approve_story(story.get_latest_revision_as_object(), moderator=a_moderator())
    assert publish_when_agreed(story.pk) is None
    story.latest_revision.publish()  # as an administrator could: published, and not shown
    assert not seen(client, story)


def test_going_back_to_words_that_were_replaced_asks_again(client: Client, story: StoryPage) -> None:
    older = story.live_revision
    for person in people(story):
        answer(person)
    approve_story(story.get_latest_revision_as_object(), moderator=a_moderator())
    publish_when_agreed(story.pk)
    older.publish()
    assert not seen(client, story)


def test_newer_words_come_by_themselves_when_the_days_to_think_it_over_have_passed(
    client: Client, story: StoryPage
) -> None:
    for person in people(story):
        answer(person, not_before=timezone.now() + timedelta(days=7))
    approve_story(story.get_latest_revision_as_object(), moderator=a_moderator())
    tick(now=timezone.now())
    assert "Zaunkoenig" in seen(client, story)
    rewrite(Consent.objects.filter(not_before__isnull=False), not_before=timezone.now() - timedelta(minutes=1))
    relight(story.pk)
    tick(now=timezone.now())
    assert NEWER in seen(client, story)


def test_after_a_withdrawal_neither_words_are_found_anywhere(tree: Tree, story: StoryPage) -> None:
    first, second = people(story)
    answer(first)
    answer(second)
    approve_story(story.get_latest_revision_as_object(), moderator=a_moderator())
    withdraw(first)
    publish_when_agreed(story.pk)
    bodies = {surface.name: surface.body(Client(), tree, story) for surface in SURFACES}
    assert len(bodies) == len(SURFACES)
    assert not [name for name, body in bodies.items() if story.slug in body or "I stood" in body or NEWER in body]

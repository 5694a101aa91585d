"""Scots law at the edge: at 12, 16 and 18 an old yes ends, and stays ended."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hub.stories.models import Participant, StoryPage
from hub.stories.operations import approve_story, return_story
from hub.stories.rule import AgeBand, Decision, GivenBy
from tests.factories import Tree, a_moderator, add_person, light, make_story, yes


def test_a_yes_given_before_a_birthday_does_not_come_back_with_a_new_age_band(client: Client, tree: Tree) -> None:
    story = make_story(tree, people=0)
    child = add_person(story, age_band=AgeBand.AGE_12_15)
    consent = yes(child)
    assert consent.expires_at <= child.participant.reask_at
    light(story)
    assert client.get(story.url).status_code == 200
    Participant.objects.update(age_band=AgeBand.AGE_16_17, reask_at=timezone.now() - timedelta(days=1))
    assert client.get(story.url).status_code == 404


def test_under_12_both_the_guardian_and_the_child_must_say_yes(client: Client, tree: Tree) -> None:
    story = make_story(tree, people=0)
    child = add_person(story, age_band=AgeBand.UNDER_12)
    yes(child, given_by=GivenBy.GUARDIAN)
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    assert client.get(story.url).status_code == 404
    yes(child)
    assert client.get(story.url).status_code == 200
    yes(child, given_by=GivenBy.GUARDIAN, decision=Decision.REFUSED)
    assert client.get(story.url).status_code == 404


def test_a_guardian_cannot_answer_for_a_thirteen_year_old(client: Client, tree: Tree) -> None:
    story = make_story(tree, people=0)
    child = add_person(story, age_band=AgeBand.AGE_12_15)
    yes(child, given_by=GivenBy.GUARDIAN)
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    assert client.get(story.url).status_code == 404


def test_an_answer_from_tomorrow_is_refused(tree: Tree) -> None:
    story = make_story(tree)
    with pytest.raises(ValueError, match="future"):
        yes(story.participations.get(), given_at=timezone.now() + timedelta(days=1))


def test_asking_again_too_early_leaves_a_yes_standing(client: Client, tree: Tree) -> None:
    story = light(make_story(tree))
    with pytest.raises(ValueError, match="yes in force"):
        yes(story.participations.get(), decision=Decision.REQUESTED)
    assert client.get(story.url).status_code == 200


def test_a_story_returned_after_approval_is_dark(client: Client, tree: Tree) -> None:
    story = light(make_story(tree))
    return_story(story, moderator=a_moderator(), comment="One name is still in it.")
    assert client.get(story.url).status_code == 404

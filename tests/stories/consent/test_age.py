"""Scots law at the edge: at 12, 16 and 18 an old yes ends, and stays ended."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.law import AgeBand
from hub.stories.consent.growing_up import note_age
from hub.stories.models import Participant, StoryPage
from hub.stories.review.decisions import approve_story, return_story
from hub.stories.rule import Decision, GivenBy
from tests.factories import Tree, a_moderator, add_person, light, lit_story, make_story, yes


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
    story = lit_story(tree)
    with pytest.raises(ValueError, match="yes in force"):
        yes(story.participations.get(), decision=Decision.REQUESTED)
    assert client.get(story.url).status_code == 200


def test_a_story_returned_after_approval_is_dark(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    return_story(story, moderator=a_moderator(), comment="One name is still in it.")
    assert client.get(story.url).status_code == 404


def test_a_worker_notes_a_new_age_and_nobody_else(
    client: Client, two_sections: Tree, clued_up_author: User, carf_author: User
) -> None:
    story = make_story(two_sections, people=0)
    person = add_person(story, age_band=AgeBand.UNDER_12)
    at = f"/admin/stories/{story.pk}/people/{person.pk}/age/"
    in_two_years = timezone.localdate() + timedelta(days=700)
    said = {"age_band": "12_15", "reask_at": in_two_years.strftime("%d/%m/%Y")}
    client.force_login(carf_author)
    client.post(at, said)
    person.participant.refresh_from_db()
    assert person.participant.age_band == AgeBand.UNDER_12
    client.force_login(clued_up_author)
    for wrong in ({**said, "reask_at": ""}, {**said, "reask_at": "2020-01-01"}):
        assert "Give the day, still to come" in client.post(at, wrong, follow=True).content.decode()
    assert (
        "Write the day and the time like this"
        in client.post(at, {**said, "reask_at": "soon"}, follow=True).content.decode()
    )
    client.post(at, said)
    person.participant.refresh_from_db()
    assert person.participant.age_band == AgeBand.AGE_12_15


def test_growing_up_brings_no_old_answer_back(client: Client, tree: Tree) -> None:
    story = make_story(tree, people=0)
    person = add_person(story, age_band=AgeBand.AGE_16_17)
    light(story)
    assert client.get(story.url).status_code == 200
    note_age(person.participant, age_band=AgeBand.UNKNOWN, reask_at=None)
    assert client.get(story.url).status_code == 404

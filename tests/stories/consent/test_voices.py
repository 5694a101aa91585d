"""A child under 12 and their guardian each have a voice: a pause of one is not ended by the other, and no wins."""

import pytest
from django.test import Client

from hub.law import AgeBand
from hub.stories.choices import LegalReason
from hub.stories.consent.answers import pause
from hub.stories.family.links import issue
from hub.stories.models import PrivateLink, StoryPage, StoryParticipant
from hub.stories.review import carrying_over
from hub.stories.review.decisions import approve_story
from hub.stories.review.flags import raise_legal_flag
from hub.stories.rule import GivenBy
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, a_moderator, a_worker, add_person, lit_story, make_story, words, yes

pytestmark = pytest.mark.django_db
CHILD, GUARDIAN = GivenBy.SELF, GivenBy.GUARDIAN


def key(person: StoryParticipant, given_by: GivenBy = CHILD) -> str:
    return issue(person, PrivateLink.Purpose.KEEP, given_by=given_by).address


@pytest.fixture
def child(tree: Tree) -> StoryParticipant:
    person = add_person(make_story(tree, people=0), age_band=AgeBand.UNDER_12)
    yes(person)
    yes(person, given_by=GUARDIAN)
    approve_story(StoryPage.objects.get(pk=person.story_id), moderator=a_moderator())
    return person


@pytest.mark.parametrize("pauses", [CHILD, GUARDIAN])
def test_a_pause_is_ended_only_by_whoever_paused(client: Client, child: StoryParticipant, pauses: GivenBy) -> None:
    other = GUARDIAN if pauses == CHILD else CHILD
    mine, theirs = key(child, pauses), key(child, other)
    assert client.get(child.story.url).status_code == 200
    client.post(f"/yours/{mine}/words/pause/")
    assert client.get(child.story.url).status_code == 404
    client.post(f"/yours/{theirs}/words/go-on/")
    assert client.get(child.story.url).status_code == 404
    assert "End the pause" in client.get(f"/yours/{mine}/words/").content.decode()
    client.post(f"/yours/{mine}/words/go-on/")
    assert client.get(child.story.url).status_code == 200


def test_both_pause_and_both_have_to_end_it(client: Client, child: StoryParticipant) -> None:
    keys = [key(child), key(child, GUARDIAN)]
    for one in keys:
        client.post(f"/yours/{one}/words/pause/")
    client.post(f"/yours/{keys[0]}/words/go-on/")
    assert client.get(child.story.url).status_code == 404
    client.post(f"/yours/{keys[1]}/words/go-on/")
    assert client.get(child.story.url).status_code == 200


@pytest.mark.parametrize("stops", [CHILD, GUARDIAN])
def test_either_no_is_a_no_for_both(client: Client, child: StoryParticipant, stops: GivenBy) -> None:
    client.post(f"/yours/{key(child, stops)}/words/stop/")
    assert client.get(child.story.url).status_code == 404
    assert not child.consents.filter(decision="given").exists()


@pytest.mark.parametrize("stopped_by", ["a withdrawal", "a pause", "a disclosure"])
def test_once_somebody_stops_it_the_others_read_no_correction_of_it(
    client: Client, tree: Tree, stopped_by: str
) -> None:
    story = lit_story(tree, people=2, text="Zaunkoenig  teh")
    draft = story.get_latest_revision_as_object()
    draft.body = words("I stood at the Zaunkoenig  the.")
    draft.save_revision()
    proposal = carrying_over.propose(StoryPage.objects.get(pk=story.pk), by=a_worker(), why="")
    carrying_over.accept(proposal, moderator=a_moderator())
    one, other = story.participations.order_by("pk")
    address = f"/yours/{key(one)}/words/"
    assert "slip of the pen" in client.get(address).content.decode()
    if stopped_by == "a withdrawal":
        withdraw(other)
    elif stopped_by == "a pause":
        pause(other.consents.get(decision="given"))
    else:
        raise_legal_flag(story, LegalReason.SAFEGUARDING, by=None, hides=True)
    said = client.get(address).content.decode()
    assert "slip of the pen" not in said
    assert "Zaunkoenig" not in said

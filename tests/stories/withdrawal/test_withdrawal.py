"""Journey 3, at the bottom: after a withdrawal the very next request finds the story nowhere."""

import pytest
from django.test import Client

from hub.stories.choices import Use
from hub.stories.consent.answers import end_pause, pause
from hub.stories.rule import Decision
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, add_person, light, lit_story, make_story, yes
from tests.surfaces import SURFACES, USES, Surface


def traces(story: object, text: str) -> bool:
    return CANARY.lower() in text.lower() or getattr(story, "slug", "") in text


def test_a_story_without_consent_is_dark_everywhere(tree: Tree) -> None:
    story = make_story(tree)

    def tells(surface: Surface) -> bool:
        body = surface.body(Client(), tree, story).replace("zaunkoenig</", "").replace("q=zaunkoenig", "")
        return story.slug in body or "The counter" in body

    assert [surface.name for surface in SURFACES if tells(surface)] == []


@pytest.mark.parametrize("use", USES, ids=str)
def test_a_withdrawn_story_is_gone_from_everywhere(tree: Tree, use: Use | None) -> None:
    surfaces = [surface for surface in SURFACES if surface.use == use]
    story = lit_story(tree, people=2)
    surfaces[0].agree(story)

    def told(*words: str) -> list[str]:
        bodies = {surface.name: surface.body(Client(), tree, story) for surface in surfaces}
        return [name for name, body in bodies.items() if any(word in body for word in (story.slug, *words))]

    assert told("I stood at the") == [surface.name for surface in surfaces if surface.shows]
    withdraw(story.participations.last())
    assert told("I stood at the", "The counter") == []


def test_a_dark_story_answers_exactly_as_an_address_that_never_was(client: Client, tree: Tree) -> None:
    story = make_story(tree)
    dark, never = client.get(story.url), client.get(tree.section.url + "s-neverwas/")
    assert dark.status_code == never.status_code == 404
    assert dark.content == never.content
    assert dark.headers == never.headers


def test_a_story_everyone_agreed_to_is_shown_and_kept_nowhere(client: Client, tree: Tree) -> None:
    story = lit_story(tree, people=2)
    response = client.get(story.url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "noarchive" in response["X-Robots-Tag"]


def test_one_no_is_enough(client: Client, tree: Tree) -> None:
    story = make_story(tree, people=1)
    second = add_person(story)
    light(story)
    assert client.get(story.url).status_code == 200
    yes(second, decision=Decision.REFUSED)
    assert client.get(story.url).status_code == 404


def test_a_person_added_later_must_be_asked(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    add_person(story)
    assert client.get(story.url).status_code == 404


def test_a_pause_darkens_and_its_end_brings_the_story_back(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    consent = story.participations.get().consents.get()
    pause(consent)
    assert client.get(story.url).status_code == 404
    end_pause(consent)
    assert client.get(story.url).status_code == 200


def test_withdrawing_twice_is_the_same_as_once(tree: Tree) -> None:
    story = lit_story(tree)
    participation = story.participations.get()
    assert len(withdraw(participation)) == 1
    assert withdraw(participation) == []

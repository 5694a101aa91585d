"""A story in another language says so, is read and found as such, and is agreed to with that."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from hub.pages.models import SearchEntry
from hub.stories.choices import Use
from hub.stories.consent import pause
from hub.stories.light import relight
from hub.stories.models import Consent, StoryPage, WordingRetirement
from hub.stories.reasons import Reason
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests.factories import CANARY, Tree, add_person, light, lit_story, make_story, put, words, yes
from tests.stories.test_both_rules import the_database_lights

pytestmark = pytest.mark.django_db


@pytest.fixture
def polish(tree: Tree) -> StoryPage:
    story = StoryPage(
        title="Koperta",
        summary="O listach.",
        told_by="a mother",
        partner=tree.section.organisation,
        body=words("Zasiłek i listy."),
        written_in="pl",
        told_in="en-gb",
    )
    put(tree.section, story)
    yes(add_person(story), Use.TRANSLATION)
    return light(story)


def test_a_translation_is_shown_only_while_everybody_in_it_says_yes_to_being_translated(
    client: Client, polish: StoryPage
) -> None:
    def why() -> list[Reason]:
        return [gap.reason for gap in relight(polish.pk).gaps]

    assert why() == []
    other = add_person(polish)
    yes(other)
    assert why() == [Reason.NOT_TRANSLATED], "not asked about it"
    assert client.get(polish.url).status_code == 404
    assert not the_database_lights(polish, timezone.now() + timedelta(days=1))
    yes(other, Use.TRANSLATION)
    assert why() == []
    assert client.get(polish.url).status_code == 200
    withdraw(other, uses=[Use.TRANSLATION])
    assert client.get(polish.url).status_code == 404, "not with the next job: at once"
    assert why() == [Reason.NOT_TRANSLATED]
    assert not the_database_lights(polish, timezone.now() + timedelta(days=1))


def about_translating(story: StoryPage) -> Consent:
    return Consent.objects.get(participation__story=story, use=Use.TRANSLATION)


ENDED: dict[str, Callable[[StoryPage], Any]] = {
    "paused": lambda story: pause(about_translating(story)),
    "run out": lambda story: Consent.objects.filter(pk=about_translating(story).pk).update(expires_at=timezone.now()),
    "held by SQL": lambda story: Consent.objects.filter(pk=about_translating(story).pk).update(held_at=timezone.now()),
    "its wording retired": lambda story: WordingRetirement.objects.create(
        wording=about_translating(story).wording, retired_at=timezone.now()
    ),
    "said in the words of another language": lambda story: StoryPage.objects.filter(pk=story.pk).update(told_in="pl"),
}


@pytest.mark.parametrize("how", ENDED)
def test_whatever_ends_the_yes_to_being_translated_darkens_at_once_and_nothing_lights_it(
    client: Client, polish: StoryPage, how: str
) -> None:
    assert client.get(polish.url).status_code == 200
    ENDED[how](polish)
    assert client.get(polish.url).status_code == 404
    relight(polish.pk)
    tick(now=timezone.now())
    assert client.get(polish.url).status_code == 404


def test_what_stands_in_the_language_it_was_told_in_needs_no_yes_to_that(client: Client, polish: StoryPage) -> None:
    person = polish.participations.get()
    for written, told in (("pl", "pl"), ("pl", ""), ("", ""), ("", "en-gb")):
        StoryPage.objects.filter(pk=polish.pk).update(written_in=written, told_in=told)
        assert not StoryPage.objects.get(pk=polish.pk).is_translation
    for written, told in (("", "pl"), ("en-gb", "pl"), ("", "bfi"), ("uk", "pl")):
        StoryPage.objects.filter(pk=polish.pk).update(written_in=written, told_in=told)
        assert StoryPage.objects.get(pk=polish.pk).is_translation
    assert person.consents.filter(use=Use.TRANSLATION).exists()


def test_its_page_names_both_languages_and_marks_the_words(client: Client, polish: StoryPage) -> None:
    shown = client.get(polish.url).content.decode()
    assert "In Polish. A translation: it was told in English." in shown
    assert '<h1 lang="pl" dir="ltr">Koperta</h1>' in shown
    assert '<div class="story__sheet flow" lang="pl" dir="ltr">' in shown
    assert '<html lang="en-GB">' in shown
    assert '<h3 lang="pl">' in client.get("/stories/").content.decode()


def test_a_story_told_and_written_in_english_says_nothing(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    assert "it was told in" not in client.get(story.url).content.decode()
    assert story.language_note == ""
    assert {"written_in", "told_in"}.isdisjoint(story.shown_content()), "what was agreed to before stays agreed to"
    story.told_in = "bfi"
    assert story.language_note == "In English. A translation: it was told in British Sign Language."


def test_it_is_found_in_its_language_while_it_may_be_shown(client: Client, polish: StoryPage) -> None:
    def found() -> Any:
        return client.get("/search/", {"q": "zasiłki", "language": "pl"}).content.decode()

    assert re.search(r'Story in Polish, with Clued Up</p>\s*<h3 lang="pl" dir="ltr">.*Koperta', found())
    assert SearchEntry.objects.get(page=polish).dictionary == "simple"
    withdraw(polish.participations.get())
    assert "Koperta" not in found()


@pytest.mark.parametrize("field", ["written_in", "told_in"])
def test_people_agree_to_the_languages_that_are_named(client: Client, tree: Tree, field: str) -> None:
    story = lit_story(tree)
    agreed = story.content_hash()
    StoryPage.objects.filter(pk=story.pk).update(**{field: "pl"})
    assert StoryPage.objects.get(pk=story.pk).content_hash() != agreed
    assert client.get(story.url).status_code == 404


def test_a_language_that_is_not_offered_is_refused(tree: Tree) -> None:
    with pytest.raises(ValidationError, match="tlh"):
        make_story(tree, text=CANARY, written_in="tlh")

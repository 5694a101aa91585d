"""A wording is one version in each of its languages; a translation of words of before is shown to nobody."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.law import LAWS
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from hub.stories.choices import Use
from hub.stories.consent import GivenAnswer, record_consent, translations, wordings
from hub.stories.consent.wordings import Audience, audiences_under, in_language, keep_up_to_date, wording_for
from hub.stories.family.asking import ask
from hub.stories.models import Consent, ConsentWording, StoryPage, WordingRetirement, draft_of
from hub.stories.rule import Decision, GivenBy
from tests.factories import Tree, a_worker, add_person, light, make_story
from tests.stories.consent.test_wordings import newest, reworded

pytestmark = pytest.mark.django_db
REAL = translations.source("gd")


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    keep_up_to_date()
    return make_story(two_sections)


def corrected(monkeypatch: pytest.MonkeyPatch, text: str, **also: str) -> None:
    """As if the Gaelic file had been edited: one translation differs."""
    adult = {**REAL["texts"]["adult"], "text": text, **also}
    monkeypatch.setattr(translations, "source", lambda code: {**REAL, "texts": {**REAL["texts"], "adult": adult}})


def in_gaelic(**which: Any) -> ConsentWording | None:
    return ConsentWording.objects.filter(audience="adult", language="gd", **which).last()


def test_each_text_is_there_in_gaelic_and_of_the_english_of_now() -> None:
    for law in LAWS.values():
        for audience in audiences_under(law):
            assert "{" not in wordings.text_for(audience, law, "gd") != ""


def test_a_version_is_the_same_version_in_each_language(story: StoryPage) -> None:
    english = ConsentWording.objects.filter(language="en", version=newest())
    gaelic = ConsentWording.objects.filter(language="gd", version=newest())
    assert {w.audience for w in english} == {w.audience for w in gaelic} == set(audiences_under(LAWS["scotland"]))
    assert {w.organisations for w in gaelic} == {"Clued Up agus CARF"}
    assert provision() == []


def test_whoever_is_asked_in_gaelic_reads_the_same_version_in_it(story: StoryPage) -> None:
    person = story.participations.get()
    asked = wording_for(person, GivenBy.SELF, language="gd")
    assert (asked.language, asked.version) == ("gd", newest())
    assert wording_for(person, GivenBy.SELF).language == "en"
    assert in_language(asked, "") == wording_for(person, GivenBy.SELF)


def test_whoever_reads_it_is_told_that_nobody_has_checked_it_until_somebody_has(
    client: Client, story: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = f"/yours/{ask(story.participations.get(), uses=[Use.WEBSITE], by=a_worker(), language='gd').address}/"
    assert "Cha do rinn duine cinnteach fhathast" in client.get(at).content.decode()
    monkeypatch.setattr(translations, "source", lambda code: {**REAL, "checked_by": "a speaker at CARF"})
    assert "Cha do rinn duine cinnteach fhathast" not in client.get(at).content.decode()


def test_new_english_words_are_read_in_english_and_never_in_older_gaelic(
    client: Client, story: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    reworded(monkeypatch)
    keep_up_to_date()
    assert in_gaelic(version=newest()) is None
    assert in_gaelic(version=newest() - 1)
    issued = ask(story.participations.get(), uses=[Use.WEBSITE], by=a_worker(), language="gd")
    assert issued.link.wording == ConsentWording.objects.get(audience="adult", language="en", version=newest())
    page = client.get(f"/yours/{issued.address}/").content.decode()
    assert "Chan eil am pàirt seo againn ach sa Bheurla gu ruige seo." in page, "and it says so"
    assert '<div class="flow" lang="en-GB"><p>We ask you in other words.</p></div>' in page
    assert "Am faod sinn na faclan agad a chleachdadh?" in page
    others = ConsentWording.objects.filter(language="gd", version=newest()).values_list("audience", flat=True)
    assert set(others) == set(audiences_under(LAWS["scotland"])) - {Audience.ADULT}, "whose English is as it was"


def test_a_translation_of_the_new_words_joins_their_version(story: StoryPage, monkeypatch: pytest.MonkeyPatch) -> None:
    reworded(monkeypatch)
    keep_up_to_date()
    version = newest()
    corrected(monkeypatch, "Faclan ùra.", english="We ask you in other words.")
    assert keep_up_to_date() == ["Added the wordings that people read in Gàidhlig."]
    assert newest() == version
    assert in_gaelic(version=version, text="Faclan ùra.")
    assert keep_up_to_date() == []


def test_a_translation_that_comes_later_joins_the_version_that_is_there(
    two_sections: Tree, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    every = settings.LANGUAGES
    settings.LANGUAGES = [("en-gb", "English")]
    Partner.objects.create(name="Kelty Kitchen", short_name="Kelty", slug="kelty", strand="haar")
    keep_up_to_date()
    version = newest()
    assert in_gaelic(version=version) is None
    settings.LANGUAGES = every
    assert keep_up_to_date() == ["Added the wordings that people read in Gàidhlig."]
    assert in_gaelic(version=version)
    assert (newest(), keep_up_to_date()) == (version, [])


def test_a_correction_of_the_gaelic_is_a_new_version_and_retires_none(
    story: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = in_gaelic()
    assert before
    corrected(monkeypatch, "Faclan nas fheàrr.")
    assert keep_up_to_date() == [
        f"Made version {before.version + 1} of the wordings that people read before they answer."
    ]
    now = in_gaelic()
    assert now
    assert (now.version, now.text) == (newest(), "Faclan nas fheàrr.")
    assert keep_up_to_date() == []
    assert not WordingRetirement.objects.exists()


def test_a_major_change_ends_what_was_agreed_in_gaelic_as_well(
    client: Client, two_sections: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_up_to_date()
    story = make_story(two_sections, people=0)
    asked = in_gaelic()
    assert asked
    person = add_person(story)
    answer = GivenAnswer(decision=Decision.GIVEN, wording=asked, given_by=GivenBy.SELF)
    record_consent(person, Use.WEBSITE, answer)
    light(story)
    assert client.get(story.url).status_code == 200
    reworded(monkeypatch, major=True, retires_earlier=date(2020, 1, 1))
    keep_up_to_date()
    assert client.get(story.url).status_code == 404
    assert WordingRetirement.objects.filter(wording=asked).exists()


def test_staff_read_which_version_is_shown_in_which_language(
    client: Client, story: StoryPage, clued_up_author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(clued_up_author)
    before = client.get("/admin/stories/wordings/").content.decode().split(">Adult (Gàidhlig)<")[1]
    assert "Shown now" in before.split("</section>")[0]
    reworded(monkeypatch)
    keep_up_to_date()
    after = client.get("/admin/stories/wordings/").content.decode().split(">Adult (Gàidhlig)<")[1]
    assert "Shown now" not in after.split("</section>")[0], "the Gaelic of before is shown to nobody"


def test_a_worker_chooses_the_language_and_the_sheet_is_in_it(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    at = f"/admin/stories/{story.pk}/people/{story.participations.get().pk}/ask/"
    assert "Checked by nobody yet: Gàidhlig." in client.get(at).content.decode()
    sheet = client.post(at, {"given_by": "self", "uses": ["website"], "language": "gd"}).content.decode()
    assert "Am faod sinn na faclan agad a chleachdadh?" in sheet
    assert "Inbheach, tionndadh" in sheet
    assert "This page cannot be opened again." in sheet, "what is said to the worker is in English"
    assert 'value="gd" selected' in client.get(at).content.decode(), "and next time it is chosen already"


def test_what_a_worker_notes_names_the_language_it_was_read_in(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    at = f"/admin/stories/{story.pk}/people/{story.participations.get().pk}/record/"
    page = client.get(at)
    assert "Adult, version 1 (Gàidhlig)" in page.content.decode()
    said = {
        "given_by": "self",
        "method": "paper",
        "given_at": f"{timezone.localtime():%d/%m/%Y %H:%M}",
        "use_website": "refused",
        "language": "gd",
    }
    client.post(at, {**said, "about": draft_of(story).content_hash()})
    assert Consent.objects.get(decision="refused").wording.language == "gd"

"""What people read before they answer: a text for each who answers, in versions that are never changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from hub.law import LAWS, AgeBand
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from hub.stories.choices import Use
from hub.stories.consent import wordings
from hub.stories.consent.answers import GivenAnswer, record_consent
from hub.stories.consent.order_of_answers import SaidBefore
from hub.stories.consent.wordings import Audience, keep_up_to_date, wording_for
from hub.stories.family.asking import ask
from hub.stories.family.may_be_asked import CannotAsk
from hub.stories.models import Consent, ConsentWording, StoryPage, WordingRetirement
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, add_person, light, make_story, yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return make_story(two_sections, people=0)


def newest() -> int:
    return ConsentWording.objects.order_by("-version").values_list("version", flat=True)[0]


def reworded(monkeypatch: pytest.MonkeyPatch, **change: Any) -> None:
    """As if the file had been edited: one text differs."""
    texts = {**wordings.source()["texts"], "adult": "We ask you in other words."}
    monkeypatch.setattr(wordings, "source", lambda: {**REAL, "texts": texts, **change})


REAL = wordings.source()


def test_a_hub_without_the_demo_can_ask_everybody(two_sections: Tree) -> None:
    assert set(ConsentWording.objects.values_list("audience", flat=True)) == set(
        wordings.audiences_under(LAWS["scotland"])
    )
    assert {w.organisations for w in ConsentWording.objects.filter(version=newest(), language="en")} == {
        "Clued Up and CARF"
    }


def test_provisioning_again_changes_nothing(two_sections: Tree) -> None:
    before = ConsentWording.objects.count()
    assert provision() == []
    call_command("provision", "--check")
    assert ConsentWording.objects.count() == before


def test_without_a_partner_nobody_asks(db: None) -> None:
    assert keep_up_to_date() == []
    assert not ConsentWording.objects.exists()


def test_another_text_is_another_version_and_the_old_one_stays(
    two_sections: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = ConsentWording.objects.get(audience=Audience.ADULT, version=newest(), language="en")
    reworded(monkeypatch)
    assert keep_up_to_date() == [f"Made version {old.version + 1} of the wordings that people read before they answer."]
    assert keep_up_to_date() == []
    assert (
        ConsentWording.objects.get(audience=Audience.ADULT, version=newest(), language="en").text
        == "We ask you in other words."
    )
    old.refresh_from_db()
    assert "Everybody who is in the story has to say yes." in old.text
    assert not WordingRetirement.objects.exists(), "what people agreed to under the old words goes on"


def test_a_check_finds_another_text_and_changes_nothing(two_sections: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    reworded(monkeypatch)
    before = newest()
    with pytest.raises(SystemExit):
        call_command("provision", "--check")
    assert newest() == before


def test_a_major_change_ends_what_was_agreed_from_its_day_on(
    client: Client, story: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_person(story)
    light(story)
    reworded(monkeypatch, major=True, retires_earlier=date(2020, 1, 1))
    said = keep_up_to_date()
    assert "stop counting on 1 January 2020" in said[0]
    assert client.get(story.url).status_code == 404
    assert wording_for(story.participations.get(), GivenBy.SELF).is_major_change


def test_a_fifth_partner_makes_a_version_that_names_it_and_retires_none(
    two_sections: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wordings, "source", lambda: {**REAL, "major": True})
    Partner.objects.create(name="Kelty Kitchen", short_name="Kelty", slug="kelty", strand="haar")
    keep_up_to_date()
    assert ConsentWording.objects.get(version=newest(), audience="adult", language="en").organisations.endswith(
        "and Kelty Kitchen"
    )
    assert not WordingRetirement.objects.exists()


@pytest.mark.parametrize(
    ("age_band", "given_by", "audience"),
    [
        (AgeBand.ADULT, GivenBy.SELF, Audience.ADULT),
        (AgeBand.ADULT, GivenBy.ATTORNEY, Audience.ADULT),
        (AgeBand.AGE_16_17, GivenBy.SELF, Audience.AGE_16_17),
        (AgeBand.AGE_12_15, GivenBy.SELF, Audience.AGE_12_15),
        (AgeBand.UNDER_12, GivenBy.SELF, Audience.UNDER_12),
        (AgeBand.UNDER_12, GivenBy.GUARDIAN, Audience.GUARDIAN),
    ],
)
def test_everybody_reads_the_text_for_them(
    story: StoryPage, age_band: AgeBand, given_by: GivenBy, audience: Audience
) -> None:
    assert wording_for(add_person(story, age_band=age_band), given_by).audience == audience


def test_easy_read_is_there_from_sixteen_on(story: StoryPage) -> None:
    for age_band in (AgeBand.ADULT, AgeBand.AGE_16_17):
        person = add_person(story, age_band=age_band)
        assert wording_for(person, GivenBy.SELF, easy_read=True).audience == Audience.EASY_READ
    with pytest.raises(LookupError, match="no easy read version for this age"):
        wording_for(add_person(story, age_band=AgeBand.AGE_12_15), GivenBy.SELF, easy_read=True)


def test_somebody_whose_age_we_do_not_know_is_not_asked(story: StoryPage, clued_up_author: Any) -> None:
    person = add_person(story, age_band=AgeBand.UNKNOWN)
    with pytest.raises(CannotAsk, match="Note their age first"):
        ask(person, uses=[Use.WEBSITE], by=clued_up_author)


def test_a_yes_to_a_text_for_others_is_refused_and_a_no_is_not(story: StoryPage) -> None:
    child = add_person(story, age_band=AgeBand.AGE_12_15)
    adults = ConsentWording.objects.filter(audience=Audience.ADULT, language="en").latest("version")
    with pytest.raises(ValueError, match="written for others"):
        record_consent(child, Use.WEBSITE, GivenAnswer(decision=Decision.GIVEN, wording=adults))
    record_consent(child, Use.WEBSITE, GivenAnswer(decision=Decision.REFUSED, wording=adults))
    assert Consent.objects.get().decision == Decision.REFUSED


def test_link_screen_sheet_and_receipt_name_one_version(client: Client, story: StoryPage, clued_up_author: Any) -> None:
    person = add_person(story, age_band=AgeBand.AGE_12_15)
    client.force_login(clued_up_author)
    said = {"given_by": "self", "uses": ["website"]}
    sheet = client.post(f"/admin/stories/{story.pk}/people/{person.pk}/ask/", said).content.decode()
    assert "Nobody else can say yes for you." in sheet
    assert f"12 to 15, version {newest()}" in sheet
    address = ask(person, uses=[Use.WEBSITE], by=clued_up_author).address
    page = Client().get(f"/yours/{address}/").content.decode()
    assert "Nobody else can say yes for you." in page
    assert f"12 to 15, version {newest()}" in page


def test_the_worker_sees_what_to_read_out_before_noting_an_answer(
    client: Client, story: StoryPage, clued_up_author: Any
) -> None:
    person = add_person(story, age_band=AgeBand.UNDER_12)
    client.force_login(clued_up_author)
    page = client.get(f"/admin/stories/{story.pk}/people/{person.pk}/record/").content.decode()
    assert "Nobody will be cross." in page
    assert "We ask you, and we ask your child." in page


def test_only_a_first_yes_has_days_to_think_it_over_however_it_is_given(story: StoryPage) -> None:
    person, now = add_person(story), timezone.now()

    def until(use: Use, method: str) -> Any:
        return SaidBefore(person, use, "self").end_of_thinking_it_over(now, method)

    assert until(Use.WEBSITE, "online") == until(Use.WEBSITE, "paper") == now + timedelta(days=7)
    yes(person)
    assert until(Use.WEBSITE, "online") is None
    assert until(Use.WEBSITE, "paper") is None
    assert until(Use.SOCIAL, "online") is not None
    withdraw(person)
    assert until(Use.WEBSITE, "online") is None, "asked again and answered on their own page"
    assert until(Use.WEBSITE, "paper") == now + timedelta(days=7)

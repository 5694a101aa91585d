"""The law on one page: whoever works here reads it; an administrator changes it, and is told first what goes dark."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.law import LAWS, AgeBand
from hub.partners.law import law_now
from hub.partners.models import LawChosen
from hub.stories.admin.people_forms import PersonForm
from hub.stories.models import StoryPage
from tests.factories import Tree, add_person, lit_story

PAGE = "/admin/stories/law/"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return lit_story(two_sections)


def test_whoever_works_here_reads_it_and_only_administrators_choose(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    page = client.get(PAGE).content.decode()
    assert "Data Protection Act 2018 s.208(3)" in page
    assert "See what would change" not in page
    assert "To be checked by a lawyer" not in page
    assert "To be checked by a lawyer" in client.get(f"{PAGE}?of=ireland").content.decode()
    assert client.get(f"{PAGE}?of=atlantis").status_code == 200
    assert client.post(PAGE, {"place": "ireland", "sure": "ireland"}).status_code in {302, 403}
    assert law_now() == LAWS["scotland"]


def test_an_administrator_is_told_first_and_asked_again(client: Client, story: StoryPage, admin_user: User) -> None:
    add_person(story, age_band=AgeBand.AGE_12_15, consent_needed=False, why_not_needed="In passing")
    client.force_login(admin_user)
    asked = client.post(PAGE, {"place": "england_and_wales"}).content.decode()
    assert "England and Wales: are you sure?" in asked
    assert "1 person is asked for their age again" in asked
    assert "No lawyer has checked this profile yet" in asked
    assert "What is taken to be the law of England and Wales" in asked, "what she is asked about can be read below"
    assert law_now() == LAWS["scotland"], "nothing is changed yet"
    for wrong in ("ireland", ""):
        client.post(PAGE, {"place": "england_and_wales", "sure": wrong})
        assert law_now() == LAWS["scotland"], "sure of another place is not sure of this one"
    told = client.post(PAGE, {"place": "england_and_wales", "sure": "england_and_wales"}, follow=True)
    assert "This Hub works under the law of England and Wales." in told.content.decode()
    assert law_now() == LAWS["england_and_wales"]
    again = client.post(PAGE, {"place": "england_and_wales"}).content.decode()
    assert "already" in again


@pytest.mark.parametrize("place", ["", "atlantis"])
def test_no_place_or_an_unknown_one_gets_a_sentence(client: Client, admin_user: User, place: str, db: None) -> None:
    client.force_login(admin_user)
    page = client.post(PAGE, {"place": place}).content.decode()
    assert "Choose a place." in page or "There is no profile of this law." in page
    assert law_now() == LAWS["scotland"]


def test_without_a_law_the_page_says_that_nothing_is_shown(client: Client, admin_user: User, db: None) -> None:
    LawChosen.objects.create(place="atlantis", by_user_id=10_000)
    client.force_login(admin_user)
    page = client.get(PAGE).content.decode()
    assert "so no story is shown" in page
    assert "somebody who no longer works here" in page
    assert "from the beginning, nobody chose it" in page


def test_forms_ask_for_the_ages_of_the_law(story: StoryPage) -> None:
    def ages() -> list[str]:
        return [str(value) for value, label in PersonForm(story).fields["age_band"].choices]  # type: ignore[attr-defined]

    assert ages() == ["", "under_12", "12_15", "16_17", "adult", "unknown"]
    assert PersonForm(story).fields["reask_at"].label == "The day they turn 12, 16 or 18"
    LawChosen.objects.create(place="ireland")
    assert ages() == ["", "under_16", "16_17", "adult", "unknown"]
    assert PersonForm(story).fields["reask_at"].label == "The day they turn 16 or 18"
    LawChosen.objects.create(place="atlantis")
    assert ages() == ["", "unknown"]
    again = PersonForm(story, initial={"age_band": "under_12"})
    assert again.initial["age_band"] == "unknown", "an age of another law is asked for, never guessed"

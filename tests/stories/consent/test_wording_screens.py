"""The same wording on every surface: the staff's list, the sheet, the private page, the room, the receipt."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.law import LAWS, AgeBand
from hub.stories.consent.wordings import audiences_under
from hub.stories.models import Consent, Participant, PrivateLink
from tests.factories import Tree, add_person, make_story
from tests.personas import in_group
from tests.read_out import as_on_screen

pytestmark = pytest.mark.django_db
AT = "/admin/stories/wordings/"


def test_workers_and_moderators_read_the_wordings(
    client: Client, clued_up_author: User, carf_author: User, moderator: User
) -> None:
    for user in (clued_up_author, carf_author, moderator):
        client.force_login(user)
        page = client.get(AT).content.decode()
        for audience in audiences_under(LAWS["scotland"]):
            assert str(audience.label) in page
        assert "Version 1" in page
        assert client.post(AT).status_code == 405


def test_others_do_not(client: Client, toolkit_editor: User) -> None:
    for user in (toolkit_editor, in_group("Safeguarding")):
        client.force_login(user)
        assert client.get(AT).status_code in {302, 403}
    client.logout()
    assert client.get(AT).status_code == 302


@pytest.mark.parametrize(
    ("age_band", "data", "shown"),
    [
        (AgeBand.ADULT, {"given_by": "self"}, ("Adult, version 1", "May we use your words?")),
        (AgeBand.ADULT, {"given_by": "self", "easy_read": "on"}, ("Easy read, from 16 on, version 1", "your words")),
        (AgeBand.AGE_16_17, {"given_by": "self"}, ("16 or 17, version 1", "May we use your words?")),
        (AgeBand.AGE_12_15, {"given_by": "self"}, ("12 to 15, version 1", "May we use your words?")),
        (AgeBand.UNDER_12, {"given_by": "self"}, ("Under 12, version 1", "Can we show what you told us?")),
        (AgeBand.UNDER_12, {"given_by": "guardian"}, ("guardian of a child under 12, version 1", "your child’s words")),
    ],
)
def test_sheet_page_and_receipt_name_the_same_wording(
    client: Client,
    two_sections: Tree,
    clued_up_author: User,
    age_band: AgeBand,
    data: dict[str, str],
    shown: tuple[str, str],
) -> None:
    name, heading = shown
    person = add_person(make_story(two_sections, people=0), age_band=age_band)
    client.force_login(clued_up_author)
    sheet = client.post(f"/admin/stories/{person.story_id}/people/{person.pk}/ask/", {**data, "uses": ["website"]})
    assert name in sheet.content.decode()
    at = re.findall(r'value="https?://[^/]+(/yours/[^"]+)"', sheet.content.decode())[0]
    family = Client()
    page = family.get(at).content.decode()
    assert name in page
    assert heading in page
    for question, said in {"name": "none", "website": "yes", "change": "no"}.items():
        family.post(f"{at}question/{question}/", {"answer": said})
    assert name in family.post(at + "check/", follow=True).content.decode()
    wording = PrivateLink.objects.filter(purpose="answer").latest("pk").wording
    assert Consent.objects.get(decision="given").wording == wording


def test_a_guardian_of_somebody_of_thirteen_cannot_be_asked(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    person = add_person(make_story(two_sections, people=0), age_band=AgeBand.AGE_12_15)
    client.force_login(clued_up_author)
    at = f"/admin/stories/{person.story_id}/people/{person.pk}/"
    answer = {
        **as_on_screen(person.story),
        "given_by": "guardian",
        "method": "paper",
        "given_at": "2026-01-05T10:00",
        "use_website": "given",
    }
    for page in (
        client.post(at + "ask/", {"given_by": "guardian", "uses": ["website"]}),
        client.post(at + "record/", answer),
    ):
        assert "From 12 on it is the young person’s own answer" in page.content.decode()
    assert not Consent.objects.exists()
    assert not PrivateLink.objects.exists()


def test_an_answer_in_the_room_is_under_the_wording_on_the_screen(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    person = add_person(make_story(two_sections, people=0), age_band=AgeBand.UNDER_12)
    client.force_login(clued_up_author)
    at = f"/admin/stories/{person.story_id}/people/{person.pk}/record/"
    page = client.get(at).content.decode()
    assert "Under 12, version 1" in page
    assert "guardian of a child under 12, version 1" in page
    when = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    for giver, audience in (("self", "under_12"), ("guardian", "guardian")):
        said = {"given_by": giver, "method": "paper", "given_at": when, "use_website": "given"}
        client.post(at, {**as_on_screen(person.story), **said})
        assert Consent.objects.get(given_by=giver).wording.audience == audience


def test_somebody_who_turned_twelve_with_an_open_link_is_told_a_new_one_comes(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    person = add_person(make_story(two_sections, people=0), age_band=AgeBand.UNDER_12)
    client.force_login(clued_up_author)
    asked = client.post(
        f"/admin/stories/{person.story_id}/people/{person.pk}/ask/", {"given_by": "self", "uses": ["website"]}
    )
    at = re.findall(r'value="https?://[^/]+(/yours/[^"]+)"', asked.content.decode())[0]
    Participant.objects.update(age_band=AgeBand.AGE_12_15, reask_at=timezone.now() + timedelta(days=900))
    assert "will send you a new link" in client.get(at).content.decode()
    assert client.post(at + "question/website/", {"answer": "yes"}).status_code == 302
    assert not Consent.objects.filter(decision="given").exists()

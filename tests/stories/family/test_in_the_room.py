"""In the room: the family's pages on the worker's telephone, no way into the admin, and nothing that stays on it."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.stories.family import links
from hub.stories.models import Consent, PrivateLink, StoryPage, StoryParticipant
from tests.factories import CANARY, Tree, a_worker, make_story, wording

pytestmark = pytest.mark.django_db
ASKED = {"given_by": "self", "uses": ["website", "training"]}


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    wording()
    return make_story(two_sections)


@pytest.fixture
def person(story: StoryPage) -> StoryParticipant:
    return story.participations.get()


def room(person: StoryParticipant) -> str:
    return f"/admin/stories/{person.story_id}/people/{person.pk}/room/"


def handed_over(client: Client, worker: User, person: StoryParticipant) -> str:
    """The address that opens on the telephone."""
    client.force_login(worker)
    response = client.post(room(person), ASKED)
    assert response.status_code == 302
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    return str(response["Location"])


def test_their_pages_open_and_the_admin_is_shut(
    client: Client, person: StoryParticipant, clued_up_author: User
) -> None:
    at = handed_over(client, clued_up_author, person)
    assert CANARY in client.get(f"{at}read/").content.decode()
    for shut in ("/admin/", f"/admin/stories/{person.story_id}/people/", room(person)):
        assert "/login/" in client.get(shut)["Location"]


def test_they_answer_and_nothing_that_lasts_stays_on_the_telephone(
    client: Client, person: StoryParticipant, clued_up_author: User
) -> None:
    at = handed_over(client, clued_up_author, person)
    for name, said in (("name", person.named_as), ("website", "yes"), ("training", "no"), ("change", "no")):
        assert client.post(f"{at}question/{name}/", {"answer": said}).status_code == 302
    done = client.post(f"{at}check/")["Location"]
    page = client.get(done).content.decode()
    assert "Ask for your card" in page
    assert "private__address" not in page
    assert "my-answers" not in page, "a file would stay on the telephone"
    stand = Consent.objects.exclude(decision="superseded")
    assert dict(stand.values_list("use", "decision")) == {"website": "given", "training": "refused"}
    back = re.findall(r'action="(/yours/[^"]+/give-back/)"', page)[0]
    assert "/admin/" in client.post(back)["Location"]
    for address in (at, f"{at}read/", done, done.replace("done/", "words/")):
        assert client.get(address).status_code == 404, address


def test_a_card_in_their_pocket_goes_on_when_the_telephone_is_given_back(
    client: Client, person: StoryParticipant, clued_up_author: User
) -> None:
    card = links.issue(person, PrivateLink.Purpose.KEEP, made_by=a_worker())
    at = handed_over(client, clued_up_author, person)
    client.post(f"{at}give-back/")
    assert links.find(card.address)


def test_a_link_of_their_own_has_no_telephone_to_give_back(client: Client, person: StoryParticipant) -> None:
    own = links.issue(person, PrivateLink.Purpose.KEEP, made_by=a_worker())
    assert client.post(f"/yours/{own.address}/give-back/").status_code == 404
    assert links.find(own.address)
    assert "Give the telephone back" not in client.get(f"/yours/{own.address}/words/").content.decode()


def test_after_two_hours_it_opens_nothing(
    client: Client, person: StoryParticipant, clued_up_author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = handed_over(client, clued_up_author, person)
    monkeypatch.setitem(links._PREFIXES, links.IN_THE_ROOM, -links.IN_THE_ROOM_FOR)
    assert client.get(at).status_code == 404


@pytest.mark.parametrize("who", ["carf_author", "moderator", "toolkit_editor"])
def test_nobody_else_hands_a_telephone_over(
    client: Client, person: StoryParticipant, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.post(room(person), ASKED).status_code in {302, 404}
    assert not PrivateLink.objects.exists()
    assert client.get("/admin/").status_code == 200, "and stays signed in"


def test_a_mistake_in_the_form_keeps_the_worker_signed_in(
    client: Client, person: StoryParticipant, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    page = client.post(room(person), {"given_by": "self"})
    assert "Choose at least one use" in page.content.decode()
    assert client.get("/admin/").status_code == 200

"""What people do by mistake, and what machines try: each gets a kind page, never an error, and loses nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.law import AgeBand
from hub.stories.choices import Use
from hub.stories.erasure.steps import erase
from hub.stories.family.asking import ask, said_so_far
from hub.stories.family.links import by_code, find, issue
from hub.stories.light.publishing import publish_story
from hub.stories.models import Answers, Consent, Participant, PrivateLink, StoryPage
from hub.stories.review.decisions import approve_story
from hub.stories.withdrawal.stopping import withdraw
from hub.stories.withdrawal.use_register import why_not
from tests.factories import CANARY, Tree, a_moderator, add_person, lit_story, make_story

pytestmark = pytest.mark.django_db
KIND = "You have done nothing wrong"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return make_story(two_sections)


@pytest.fixture
def issued(story: StoryPage, clued_up_author: User) -> Any:
    return ask(story.participations.get(), uses=[Use.WEBSITE], by=clued_up_author)


def answers_all(client: Client, key: str) -> Any:
    for name, said in (("name", "none"), ("website", "yes"), ("change", "no")):
        client.post(f"/yours/{key}/question/{name}/", {"answer": said})
    return client.post(f"/yours/{key}/check/")


@pytest.mark.parametrize(
    "address",
    [
        "/yours/{key}x/", "/yours/{cut}/", "/yours/{upper}/", "/yours/%00/", "/yours/{key}%20/read/", "/yours/c.abc/",
        "/yours/{long}/", "/yours/{key}/words/stop-one/x/", "/yours/{key}/question/x/", "/yours/{key}/my-answers.pdf",
        "/yours/{key}/words/erase/", "/media/images/%00", "/media/images/a%00b.webp", "/media/images/..%2Fx",
        "/media/documents/99999999999999999999/x", "/ask-us/%00/", "/ask-us/R-%F0%9F%99%82/", "/partners/%00/",
        "/yours/{key}/%2e%2e/",
    ],
)  # fmt: skip
def test_a_wrong_address_of_any_kind_is_a_kind_page(client: Client, issued: Any, address: str) -> None:
    key = issued.address
    tried = address.format(key=key, cut=key[:-4], upper=key.upper(), long="x" * 4_000)
    for answer in (client.get(tried), client.post(tried, {"answer": "yes"})):
        assert answer.status_code in {404, 405}
    assert KIND in client.get(tried).content.decode()
    assert CANARY not in client.get(tried).content.decode()


@pytest.mark.parametrize("typed", ["", "A", "x" * 5_000, "\x00" * 12, "🙂" * 12, "' OR 1=1 --", "OOOO-1111-OOOO"])
def test_a_wrong_code_of_any_kind_gets_a_sentence(client: Client, issued: Any, typed: str) -> None:
    answer = client.post("/yours/", {"code": typed})
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert by_code(typed) is None


def test_however_a_right_code_is_typed_it_opens(client: Client, issued: Any) -> None:
    for typed in (issued.spoken_code, issued.code.lower(), f" {issued.code[:5]} {issued.code[5:]} "):
        assert client.post("/yours/", {"code": typed}).status_code == 302


def test_the_back_button_after_sending_changes_nothing_and_says_so(client: Client, issued: Any) -> None:
    answers_all(client, issued.address)
    before = list(Consent.objects.order_by("pk").values())
    for name, said in (("website", "no"), ("change", "yes")):
        answer = client.post(f"/yours/{issued.address}/question/{name}/", {"answer": said, "wanted": "x"}, follow=True)
        assert "We have your answers" in answer.content.decode()
    assert list(Consent.objects.order_by("pk").values()) == before
    assert said_so_far(PrivateLink.objects.get(pk=issued.link.pk))["website"] == "yes"


def test_a_lost_connection_and_another_device_go_on_where_it_stopped(issued: Any) -> None:
    at = f"/yours/{issued.address}/question"
    Client().post(f"{at}/name/", {"answer": "first_name"})
    later = Client()
    assert 'value="first_name"' in later.get(f"{at}/name/").content.decode()
    assert later.get(f"/yours/{issued.address}/check/")["Location"].endswith("/question/website/")
    later.post(f"{at}/change/", {"answer": "yes", "wanted": "The name of the shop"})
    assert "The name of the shop" in Client().get(f"{at}/change/").content.decode()
    assert Answers.objects.count() == 1


def test_a_wish_that_is_too_long_is_said_once_and_kept_on_the_screen(client: Client, issued: Any) -> None:
    said = {"answer": "yes", "wanted": "a long wish " * 1_000}
    page = client.post(f"/yours/{issued.address}/question/change/", said).content.decode()
    assert "That is very long" in page
    assert "A few words are enough" not in page
    assert "a long wish" in page


def test_two_people_of_one_story_never_open_each_others_pages(client: Client, story: StoryPage, issued: Any) -> None:
    other = issue(add_person(story), PrivateLink.Purpose.KEEP)
    found = find(other.address)
    assert found is not None
    assert found.participation != issued.link.participation
    page = client.get(f"/yours/{other.address}/words/").content.decode()
    assert issued.link.participation.participant.code not in page


def test_after_a_withdrawal_the_receipt_says_so_and_promises_nothing(client: Client, issued: Any) -> None:
    kept = answers_all(client, issued.address)["Location"]
    withdraw(issued.link.participation)
    page = client.get(kept, follow=True).content.decode()
    assert "You told us to stop" in page
    assert "Nothing is shown for the first" not in page
    assert "ConsentWithdrawn" in client.get(kept.replace("done/", "my-answers.json")).content.decode()


def test_after_erasing_each_old_address_and_code_is_a_kind_page_without_a_word_of_it(
    client: Client, story: StoryPage, issued: Any
) -> None:
    """The page that they kept says that it is done, to them alone; a link that is used up is one that never was."""
    code = issued.link.participation.participant.code
    kept = answers_all(client, issued.address)["Location"]
    withdraw(issued.link.participation)
    erase(story.pk)
    used_up = client.get(f"/yours/{issued.address}/")
    assert (used_up.status_code, used_up.content) == (404, client.get("/yours/never-was/").content)
    for address in (kept, kept.replace("done", "words"), f"{kept[:-5]}my-answers.json", f"{kept[:-5]}my-answers.pdf"):
        page = client.get(address).content.decode()
        assert "It is erased" in page
        assert CANARY not in page
        assert code not in page
    assert "We do not know that code" in client.post("/yours/", {"code": issued.code}).content.decode()


def test_a_story_with_nobody_in_it_is_never_shown_and_says_why(
    client: Client, two_sections: Tree, clued_up_author: User, moderator: User
) -> None:
    empty = make_story(two_sections, people=0)
    approve_story(empty, moderator=a_moderator())
    publish_story(StoryPage.objects.get(pk=empty.pk))
    assert client.get(empty.url).status_code == 404
    assert why_not(empty, Use.TRAINING)
    client.force_login(clued_up_author)
    said = client.get(f"/admin/stories/{empty.pk}/people/").content.decode()
    assert "nobody is in it yet" in said
    client.force_login(moderator)
    assert client.get(f"/admin/stories/{empty.pk}/review/").status_code == 200


def test_somebody_who_is_in_no_story_breaks_no_screen(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    partner = two_sections.section.organisation
    Participant.objects.create(code="P-0900", partner=partner, age_band=AgeBand.ADULT)
    lit_story(two_sections)
    client.force_login(clued_up_author)
    for address in ("/admin/", "/admin/stories/consents/", "/admin/stories/uses/", "/admin/stories/withdrawals/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "P-0900" not in page.content.decode()

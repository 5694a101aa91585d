"""Whoever is asked about a story, or approves it, sees its pictures: under their own right, never in public."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hub.law import AgeBand
from hub.pages.models import HubImage, HubRendition
from hub.stories.choices import LegalReason, Use
from hub.stories.consent.answers import end_pause, pause
from hub.stories.family.asking import ask
from hub.stories.family.links import by_code, issue, open_question
from hub.stories.models import Consent, PrivateLink, StoryPage, draft_of
from hub.stories.review.flags import clear_legal_flag, raise_legal_flag
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, add_person, light, make_story, wording, words, yes
from tests.pages.test_media import image_block, stored_image

pytestmark = pytest.mark.django_db
SRC = re.compile(r'(?:src|srcset)="([^"]+)"')


@pytest.fixture
def draft(two_sections: Tree) -> StoryPage:
    """A story with two people and a picture, which nobody has agreed to yet."""
    wording()
    story = make_story(two_sections, people=2)
    return with_body(story, [*words(CANARY), image_block(stored_image())])


@pytest.fixture
def worker(db: None) -> User:
    return User.objects.create_user("worker")


def with_body(story: StoryPage, body: list[Any]) -> StoryPage:
    page = StoryPage.objects.get(pk=story.pk)
    page.body = body
    page.save_revision()
    return page


def pictures_on(page: str) -> list[str]:
    """Every address by which the page asks for a picture, each once."""
    found = [part.split()[0] for said in SRC.findall(page) for part in said.split(", ")]
    return sorted({address for address in found if "picture" in address or "/media/" in address})


def sizes_on(page: str) -> set[str]:
    return {re.sub(r".*/[0-9a-f]+\.", "", address) for address in pictures_on(page)}


def question_to(story: StoryPage, worker: User, place: int = 0) -> str:
    person = story.participations.order_by("pk")[place]
    return f"/yours/{ask(person, uses=[Use.WEBSITE], by=worker).address}/"


def public_addresses() -> list[str]:
    return [reverse("image", args=[size.name]) for size in HubRendition.objects.all()]


def nobody_gets_them_in_public() -> None:
    addresses = public_addresses()
    assert addresses
    assert {Client().get(address).status_code for address in addresses} == {404}


def assert_all_come(client: Client, addresses: list[str]) -> None:
    assert addresses
    for address in addresses:
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp"), address
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noarchive" in answer["X-Robots-Tag"]


def assert_none_comes(client: Client, addresses: list[str]) -> None:
    assert addresses
    assert {client.get(address).status_code for address in addresses} <= {404}


def test_whoever_is_asked_sees_the_pictures_of_the_draft_in_every_size(
    client: Client, draft: StoryPage, worker: User
) -> None:
    at = question_to(draft, worker)
    asked_for = pictures_on(client.get(at + "read/").content.decode())
    assert len(asked_for) == 3
    assert all(address.startswith(at + "picture/") for address in asked_for)
    assert_all_come(client, asked_for)
    nobody_gets_them_in_public()
    assert not client.cookies


def test_they_are_the_same_sizes_as_on_the_public_page(client: Client, draft: StoryPage, worker: User) -> None:
    at = question_to(draft, worker)
    private = sizes_on(client.get(at + "read/").content.decode())
    draft.latest_revision.publish()
    light(draft)
    assert sizes_on(client.get(draft.url).content.decode()) == private == {"format-webp.width-40.webp"} or private


def test_a_picture_that_code_put_into_a_text_is_seen_too(client: Client, draft: StoryPage, worker: User) -> None:
    image = HubImage.objects.get()
    embed = f'<embed embedtype="image" id="{image.pk}" alt="x" format="fullwidth"/>'
    with_body(draft, [*words("Look."), ("text", embed)])
    at = question_to(draft, worker)
    asked_for = pictures_on(client.get(at + "read/").content.decode())
    assert [address.startswith(at + "picture/") for address in asked_for] == [True]
    assert client.get(asked_for[0]).status_code == 200
    nobody_gets_them_in_public()


def test_the_code_on_the_card_and_the_key_it_gives_open_them_too(
    client: Client, draft: StoryPage, worker: User
) -> None:
    person = draft.participations.order_by("pk").first()
    assert person is not None
    ask(person, uses=[Use.WEBSITE], by=worker)
    card = issue(person, PrivateLink.Purpose.KEEP)
    key = open_question(card.link)
    asked_for = pictures_on(client.get(f"/yours/{key}/read/").content.decode())
    assert_all_come(client, asked_for)
    yes(person, revision_of=draft)
    kept = by_code(card.code)
    asked_for = pictures_on(client.get(f"/yours/{kept}/words/").content.decode())
    assert len(asked_for) == 3
    assert_all_come(client, asked_for)
    nobody_gets_them_in_public()


def test_a_link_opens_the_pictures_of_its_own_words_only(
    client: Client, two_sections: Tree, draft: StoryPage, worker: User
) -> None:
    first = question_to(draft, worker)
    client.get(first + "read/")
    older = {size.name for size in HubRendition.objects.all()}
    other = with_body(make_story(two_sections, text="Amsel"), [image_block(stored_image("Another"))])
    client.get(question_to(other, worker) + "read/")
    newer = with_body(draft, [image_block(stored_image("Newer"))])
    second = question_to(newer, worker, place=1)
    client.get(second + "read/")
    every = {size.name for size in HubRendition.objects.all()}
    assert len(every) == 9
    assert {name for name in every if client.get(f"{first}picture/{name}").status_code == 200} == older
    assert not {name for name in older if client.get(f"{second}picture/{name}").status_code == 200}
    for wrong in ["", "1", "x.webp", "..%2f", "%00", *[image.file.name for image in HubImage.objects.all()]]:
        assert client.get(f"{first}picture/{wrong}").status_code == 404
    nobody_gets_them_in_public()


@pytest.mark.parametrize("ends", ["stopped by the other", "paused by the other", "link ended", "replaced", "hidden"])
def test_when_the_page_is_gone_its_pictures_are_gone(client: Client, draft: StoryPage, worker: User, ends: str) -> None:
    at = question_to(draft, worker)
    asked_for = pictures_on(client.get(at + "read/").content.decode())
    assert_all_come(client, asked_for)
    other = draft.participations.order_by("pk").last()
    assert other is not None
    if ends == "stopped by the other":
        yes(other)
        withdraw(other)
    elif ends == "paused by the other":
        pause(yes(other))
    elif ends == "link ended":
        PrivateLink.objects.update(ends_at=timezone.now())
    elif ends == "replaced":
        question_to(draft, worker)
    else:
        raise_legal_flag(draft, LegalReason.SAFEGUARDING, by=None, hides=True)
    assert CANARY not in client.get(at + "read/").content.decode()
    assert_none_comes(client, asked_for)
    gone, never = client.get(asked_for[0]), client.get("/yours/never-was/picture/x.webp")
    assert gone.content == never.content
    nobody_gets_them_in_public()


def test_a_picture_swapped_under_the_question_is_not_shown(client: Client, draft: StoryPage, worker: User) -> None:
    at = question_to(draft, worker)
    asked_for = pictures_on(client.get(at + "read/").content.decode())
    size = HubRendition.objects.get(file__endswith=asked_for[0].rsplit("/", 1)[-1])
    Path(size.file.path).write_bytes(b"another")
    assert client.get(asked_for[0]).status_code == 404
    Path(HubImage.objects.get().file.path).write_bytes(b"another")
    assert_none_comes(client, asked_for)
    assert "being looked at again" in client.get(at + "read/", follow=True).content.decode()


def kept(story: StoryPage, place: int = 0, **how: Any) -> str:
    person = story.participations.order_by("pk")[place]
    return f"/yours/{issue(person, PrivateLink.Purpose.KEEP, **how).address}/"


def agreed(draft: StoryPage) -> None:
    for person in draft.participations.order_by("pk"):
        yes(person, revision_of=draft)


def test_where_my_words_are_shows_what_was_agreed_before_and_while_it_is_public(
    client: Client, draft: StoryPage
) -> None:
    agreed(draft)
    at = kept(draft)
    page = client.get(at + "words/").content.decode()
    assert CANARY in page
    assert_all_come(client, pictures_on(page))
    nobody_gets_them_in_public()
    draft.latest_revision.publish()
    light(draft)
    newer = with_body(draft, [*words("Rotkehlchen"), image_block(stored_image("Newer"))])
    page = client.get(at + "words/").content.decode()
    assert len(pictures_on(page)) == 3
    assert_all_come(client, pictures_on(page))
    assert "Rotkehlchen" not in page
    assert draft_of(newer).content_hash() != draft.content_hash()


@pytest.mark.parametrize("says", [None, Decision.REFUSED, Decision.DEFERRED])
def test_whoever_has_not_said_yes_sees_no_words_on_that_page(client: Client, draft: StoryPage, says: Any) -> None:
    other = draft.participations.order_by("pk").last()
    assert other is not None
    yes(other, revision_of=draft)
    if says:
        yes(draft.participations.order_by("pk")[0], decision=says, revision_of=draft)
    page = client.get(kept(draft) + "words/").content.decode()
    assert CANARY not in page
    assert pictures_on(page) == []


@pytest.mark.parametrize("place", [0, 1])
def test_after_a_pause_or_a_stop_by_anybody_they_are_gone_from_that_page(
    client: Client, draft: StoryPage, place: int
) -> None:
    agreed(draft)
    at = kept(draft)
    asked_for = pictures_on(client.get(at + "words/").content.decode())
    consent = draft.participations.order_by("pk")[place].consents.get()
    pause(consent)
    assert CANARY not in client.get(at + "words/").content.decode()
    assert_none_comes(client, asked_for)
    end_pause(consent)
    assert_all_come(client, asked_for)
    withdraw(draft.participations.order_by("pk")[place])
    assert CANARY not in client.get(at + "words/").content.decode()
    assert_none_comes(client, asked_for)


def test_a_yes_that_has_ended_and_a_parent_whose_child_decides_by_now_see_none(
    client: Client, two_sections: Tree
) -> None:
    story = with_body(make_story(two_sections, people=0), [*words(CANARY), image_block(stored_image())])
    child = add_person(story, age_band=AgeBand.UNDER_12)
    yes(child, given_by=GivenBy.GUARDIAN, revision_of=story)
    at = kept(story, given_by=GivenBy.GUARDIAN)
    assert_all_come(client, pictures_on(client.get(at + "words/").content.decode()))
    child.participant.age_band = AgeBand.AGE_12_15
    child.participant.save()
    assert pictures_on(client.get(at + "words/").content.decode()) == []


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def review_of(story: StoryPage) -> str:
    return f"/admin/stories/{story.pk}/review/"


def test_a_moderator_sees_every_picture_of_the_draft(draft: StoryPage, moderator: User) -> None:
    desk = signed_in(moderator)
    asked_for = pictures_on(desk.get(review_of(draft)).content.decode())
    assert len(asked_for) == 3
    assert all(address.startswith(f"/admin/stories/{draft.pk}/pictures/") for address in asked_for)
    assert_all_come(desk, asked_for)
    assert {desk.get(address).status_code for address in public_addresses()} == {404}
    nobody_gets_them_in_public()


def test_nobody_else_gets_them_there(
    draft: StoryPage, moderator: User, clued_up_author: User, carf_author: User, toolkit_editor: User
) -> None:
    asked_for = pictures_on(signed_in(moderator).get(review_of(draft)).content.decode())
    assert_all_come(signed_in(clued_up_author), asked_for)
    assert_none_comes(signed_in(carf_author), asked_for)
    assert_none_comes(signed_in(toolkit_editor), asked_for)
    assert {Client().get(address).status_code for address in asked_for} == {302}, "to the page to sign in"


def test_pictures_of_another_story_are_not_under_this_one(
    two_sections: Tree, draft: StoryPage, moderator: User
) -> None:
    other = with_body(make_story(two_sections, text="Amsel"), [image_block(stored_image("Another"))])
    desk = signed_in(moderator)
    theirs = pictures_on(desk.get(review_of(other)).content.decode())
    moved = [address.replace(f"/{other.pk}/", f"/{draft.pk}/") for address in theirs]
    assert_none_comes(desk, moved)


def test_of_a_hidden_story_they_are_safeguardings_alone(
    draft: StoryPage, moderator: User, clued_up_author: User, safeguarding: User
) -> None:
    asked_for = pictures_on(signed_in(moderator).get(review_of(draft)).content.decode())
    assert_none_comes(signed_in(safeguarding), asked_for)
    flag = raise_legal_flag(draft, LegalReason.SAFEGUARDING, by=clued_up_author, hides=True)
    for staff in (moderator, clued_up_author):
        assert_none_comes(signed_in(staff), asked_for)
    theirs = pictures_on(signed_in(safeguarding).get(f"/admin/stories/{draft.pk}/disclosed/").content.decode())
    assert_all_come(signed_in(safeguarding), theirs)
    clear_legal_flag(flag, by=safeguarding, note="Talked to them.")
    assert_all_come(signed_in(moderator), asked_for)


def test_the_difference_shows_the_picture_of_before_and_of_now(
    draft: StoryPage, clued_up_author: User, moderator: User
) -> None:
    agreed(draft)
    before = HubImage.objects.get()
    with_body(draft, [*words(CANARY), image_block(stored_image("Newer"))])
    page = signed_in(clued_up_author).get(f"/admin/stories/{draft.pk}/changes/").content.decode()
    asked_for = pictures_on(page)
    assert len(asked_for) == 6
    assert_all_come(signed_in(clued_up_author), asked_for)
    assert_all_come(signed_in(moderator), asked_for)
    shown = {HubRendition.objects.get(file__endswith=one.rsplit("/", 1)[-1]).image_id for one in asked_for}
    assert shown == {before.pk, HubImage.objects.exclude(pk=before.pk).get().pk}
    nobody_gets_them_in_public()


def test_no_page_made_for_one_reader_asks_for_a_public_picture(
    client: Client, draft: StoryPage, worker: User, moderator: User, clued_up_author: User
) -> None:
    agreed(draft)
    assert Consent.objects.exists()
    pages = [client.get(question_to(draft, worker) + "read/"), client.get(kept(draft) + "words/")]
    pages += [signed_in(moderator).get(review_of(draft))]
    pages += [signed_in(clued_up_author).get(f"/admin/stories/{draft.pk}/changes/")]
    assert not [page for page in pages if "/media/images/" in page.content.decode()]

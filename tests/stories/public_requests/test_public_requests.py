"""“Ask us to change or remove something”: anybody may, nothing typed is lost, and staff have a month's clock."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from hub.stories.erasure.check import verify
from hub.stories.erasure.steps import erase
from hub.stories.models import PublicRequest, StoryPage
from hub.stories.public_requests import requests
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests.factories import CANARY, Tree, lit_story

pytestmark = pytest.mark.django_db
SAID = {"about": "", "wanted": "remove", "message": "Take Zilpzalp out", "contact": "text me", "website": ""}


@pytest.fixture(autouse=True)
def forget_counts() -> None:
    cache.clear()


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return lit_story(two_sections)


def ask(client: Client, **change: str) -> Any:
    return client.post("/ask-us/", {**SAID, **change})


def test_a_story_leads_there_and_the_answer_names_a_day(client: Client, story: StoryPage) -> None:
    assert f"/ask-us/?about={story.url.replace('/', '%2F')}" in client.get(story.url).content.decode()
    form = client.get(f"/ask-us/?about={story.url}").content.decode()
    assert f'value="{story.url}"' in form
    sent = ask(client, about=story.url)
    kept = PublicRequest.objects.get()
    assert kept.story == story
    page = client.get(sent["Location"]).content.decode()
    assert kept.reference in page
    assert "Zilpzalp" not in page
    assert f"{timezone.localtime(kept.due_at):%-d %B %Y}" in page
    assert client.get(story.url).status_code == 200, "anybody could take any story away"


def test_no_cookie_is_set_and_nothing_is_kept_by_caches(client: Client, story: StoryPage) -> None:
    for response in (client.get("/ask-us/"), ask(client), ask(client, message="")):
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"message": ""}, "A few words are enough"),
        ({"message": "   \n "}, "A few words are enough"),
        ({"message": "x" * 100_000}, "Please keep it under 5,000 letters"),
        ({"wanted": ""}, "Choose what you would like us to do"),
        ({"contact": "y" * 400}, "A phone number or an e-mail address is enough"),
    ],
)
def test_a_mistake_gets_a_sentence_and_loses_nothing(client: Client, change: dict[str, str], sentence: str) -> None:
    response = ask(client, **change)
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    for words in {**SAID, **change}.values():
        assert words.strip() in page
    assert not PublicRequest.objects.exists()


def test_a_machine_that_fills_in_everything_reaches_nobody(client: Client, story: StoryPage) -> None:
    assert ask(client, website="http://spam.example").status_code == 302
    assert PublicRequest.objects.get().is_probably_spam
    assert not mail.outbox


def test_many_from_one_place_are_told_to_wait_and_lose_nothing(client: Client) -> None:
    for _ in range(10):
        ask(client)
    page = ask(client).content.decode()
    assert "There have been many requests" in page
    assert "Take Zilpzalp out" in page
    assert PublicRequest.objects.count() == 10
    assert Client(REMOTE_ADDR="192.0.2.9").post("/ask-us/", SAID).status_code == 302


def test_a_dark_story_and_a_wrong_reference_give_no_clue(client: Client, story: StoryPage) -> None:
    withdraw(story.participations.get())
    ask(client, about=story.url)
    assert PublicRequest.objects.get().story is None
    assert client.get("/ask-us/R-NOSUCH/").status_code == 404


def test_what_is_written_is_encrypted_in_the_database(client: Client) -> None:
    ask(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT message, contact FROM stories_publicrequest")
        assert "Zilpzalp" not in str(cursor.fetchall())


def test_staff_are_told_without_a_word_of_it(
    story: StoryPage, clued_up_lead: User, carf_author: User, django_capture_on_commit_callbacks: Any
) -> None:
    for user in (clued_up_lead, carf_author):
        user.email = f"{user.username}@hub.example"
        user.save()
    with django_capture_on_commit_callbacks(execute=True):
        ask(Client(), about=story.url)
    assert [message.bcc for message in mail.outbox] == [[clued_up_lead.email]]
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    for words in ("Zilpzalp", CANARY, "text me"):
        assert words not in said


def test_the_section_and_moderators_see_it_and_others_do_not(
    client: Client, story: StoryPage, clued_up_author: User, carf_author: User, moderator: User, toolkit_editor: User
) -> None:
    ask(client, about=story.url)
    at = f"/admin/stories/requests/{PublicRequest.objects.get().pk}/"
    for user, status in ((clued_up_author, 200), (moderator, 200), (carf_author, 404), (toolkit_editor, 404)):
        client.force_login(user)
        assert client.get(at).status_code == status
        listed = client.get("/admin/stories/requests/")
        assert (PublicRequest.objects.get().reference in listed.content.decode()) is (status == 200)


def test_one_about_no_known_story_is_the_moderators(client: Client, clued_up_author: User, moderator: User) -> None:
    ask(client, about="the one with the bus")
    client.force_login(clued_up_author)
    assert "Nothing waits" in client.get("/admin/stories/requests/").content.decode()
    client.force_login(moderator)
    assert "Not known" in client.get("/admin/stories/requests/").content.decode()
    assert "1 request to change" in client.get("/admin/").content.decode()


def test_it_is_closed_once_with_a_word_of_what_was_done(
    client: Client, story: StoryPage, clued_up_author: User
) -> None:
    ask(client, about=story.url)
    kept = PublicRequest.objects.get()
    client.force_login(clued_up_author)
    at = f"/admin/stories/requests/{kept.pk}/"
    assert "Say what was done" in client.post(at, {"outcome": "  "}).content.decode()
    assert client.post(at, {"outcome": "We took the street out."}).status_code == 302
    page = client.post(at, {"outcome": "Another note"}).content.decode()
    assert "Somebody has closed this request already" in page
    kept.refresh_from_db()
    assert (kept.outcome, kept.closed_by) == ("We took the street out.", clued_up_author)


def test_staff_are_reminded_once_before_and_once_after_the_day(
    client: Client, story: StoryPage, clued_up_lead: User
) -> None:
    User.objects.filter(pk=clued_up_lead.pk).update(email="lead@hub.example")
    ask(client, about=story.url)
    due = PublicRequest.objects.get().due_at
    mails = [requests.remind(due - timedelta(days=days)) for days in (20, 6, 6, 0, -3)]
    assert mails == [0, 1, 0, 1, 0]
    assert "is overdue" in mail.outbox[-1].subject


def test_after_days_without_a_tick_only_the_overdue_mail_is_sent(
    client: Client, story: StoryPage, clued_up_lead: User
) -> None:
    User.objects.filter(pk=clued_up_lead.pk).update(email="lead@hub.example")
    ask(client, about=story.url)
    assert requests.remind(PublicRequest.objects.get().due_at + timedelta(days=1)) == 1


def test_what_was_written_is_deleted_a_month_after_the_answer(client: Client, story: StoryPage) -> None:
    ask(client, about=story.url)
    ask(client, website="spam")
    kept = PublicRequest.objects.get(is_probably_spam=False)
    requests.close(kept, by=User.objects.create_user("closer"), outcome="Done")
    assert "Old requests deleted: 0." in tick(now=timezone.now() + timedelta(days=29))
    assert "Old requests deleted: 2." in tick(now=timezone.now() + timedelta(days=31))


def test_erasing_the_story_takes_what_was_written_about_it(client: Client, story: StoryPage) -> None:
    ask(client, about=story.url)
    withdraw(story.participations.get())
    assert erase(story.pk).erased_at
    assert verify(["Zilpzalp"]) == []
    assert PublicRequest.objects.get().contact == "text me", "they are still to be told"

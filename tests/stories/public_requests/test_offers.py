"""“I would like to tell mine”: no word asked for, one partner's people, taken back with one press, forgotten."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from hub.partners.models import Partner
from hub.stories.models import StoryOffer
from hub.stories.public_requests import offers
from hub.upkeep.tick import tick
from tests.factories import Tree

pytestmark = pytest.mark.django_db
CONTACT = "Zilpzalp 01632 960000"


@pytest.fixture
def said(two_sections: Tree) -> dict[str, Any]:
    return {"partner": Partner.objects.get(slug="clued-up").pk, "contact": CONTACT, "call_me": "Sam", "once": "a" * 32}


def send(client: Client, said: dict[str, Any], **change: Any) -> Any:
    return client.post("/tell-yours/", {**said, **change})


def test_it_asks_for_no_word_of_the_story_and_says_what_happens(client: Client, said: dict[str, Any]) -> None:
    page = client.get("/tell-yours/?with=clued-up")
    html = page.content.decode()
    assert "Do not write the story here" in html
    assert "textarea" not in html
    assert html.count(" checked") == 1, "the partner whose page they came from"
    assert page["Cache-Control"] == "private, no-store"
    assert not page.cookies
    sent = send(client, said)
    assert sent.status_code == 302
    then = client.get(sent["Location"]).content.decode()
    assert "gets in touch with you by" in then
    assert CONTACT not in then
    assert "Sam" not in then
    with connection.cursor() as cursor:
        cursor.execute("SELECT contact, call_me, key_hash FROM stories_storyoffer")
        row = str(cursor.fetchall())
    assert "Zilpzalp" not in row
    assert sent["Location"].split("/")[-2] not in row


def test_sent_twice_it_is_one_and_taken_back_it_is_gone(client: Client, said: dict[str, Any]) -> None:
    first, second = send(client, said)["Location"], send(client, said)["Location"]
    assert first == second
    assert StoryOffer.objects.count() == 1
    send(client, said, once="b" * 32)
    assert client.post(first).status_code == 302
    assert StoryOffer.objects.count() == 1, "only that one"
    for address in (first, first, "/tell-yours/no-such-key/"):
        page = client.get(address)
        assert page.status_code == 404
        assert "Nothing is kept here" in page.content.decode()
    assert client.post(first).status_code == 404


def test_bad_input_is_said_in_a_sentence_and_nothing_is_lost(client: Client, said: dict[str, Any]) -> None:
    closed = Partner.objects.get(slug="carf")
    Partner.objects.filter(pk=closed.pk).update(is_open=False)
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("Choose who you would like to tell it to.", {"partner": ""}),
        ("That one is not here any more.", {"partner": closed.pk}),
        ("That one is not here any more.", {"partner": "🙂"}),
        ("Tell us how to reach you.", {"contact": "  "}),
        ("A phone number or an e-mail address is enough.", {"contact": "9" * 10_000}),
        ("A first name is enough.", {"call_me": "ا" * 10_000}),
    ]
    for sentence, change in wrong:
        page = send(client, said, **change).content.decode()
        assert sentence in page
        assert "<title>Error:" in page
        kept = {**said, **change}
        assert f'value="{kept["contact"].strip()}"' in page
        assert f'value="{kept["call_me"]}"' in page
        assert f'value="{said["once"]}"' in page
    assert not StoryOffer.objects.exists()
    assert send(client, said, call_me="سام 🙂").status_code == 302
    assert StoryOffer.objects.get().call_me == "سام 🙂"


def test_spam_is_kept_apart_and_too_many_are_told_to_wait(
    client: Client, said: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert send(client, said, website="https://spam.example").status_code == 302
    assert StoryOffer.objects.get().is_probably_spam
    assert mail.outbox == []
    answers = [send(client, said, once=f"{number}" * 32).status_code for number in range(5)]
    assert answers == [302, 302, 302, 302, 200]
    assert "wait an hour" in send(client, said, once="z" * 32).content.decode()
    assert StoryOffer.objects.count() == 5


def test_it_reaches_the_people_of_that_partner_alone(
    client: Client,
    said: dict[str, Any],
    clued_up_author: User,
    carf_author: User,
    moderator: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    for user in (clued_up_author, carf_author, moderator):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@hub.example")
    with django_capture_on_commit_callbacks(execute=True):
        send(Client(), said)
    assert [message.bcc for message in mail.outbox] == [[f"{clued_up_author.username}@hub.example"]]
    assert not {"Zilpzalp", "Sam"} & set(f"{mail.outbox[0].subject} {mail.outbox[0].body}".split())
    number = StoryOffer.objects.get().pk
    at = f"/admin/stories/offers/{number}/"
    for user in (carf_author, moderator):
        client.force_login(user)
        assert client.get(at).status_code == 404
        assert client.post(f"{at}delete/").status_code == 404
        assert client.post(at, {"became": "talked"}).status_code == 404
        assert f"/offers/{number}/" not in client.get("/admin/stories/offers/").content.decode()
    client.force_login(clued_up_author)
    assert CONTACT in client.get(at).content.decode()
    assert "leave none" in client.get(at).content.decode()
    assert at in client.get("/admin/stories/offers/").content.decode()
    assert "Say what became of it." in client.post(at, {"became": ""}).content.decode()
    assert client.post(at, {"became": "talked"}).status_code == 302
    assert "Somebody has closed this one already" in client.post(at, {"became": "not_us"}).content.decode()
    assert StoryOffer.objects.get().became == "talked"
    assert client.post(f"{at}delete/").status_code == 302
    assert client.get(at).status_code == 404


def test_it_is_reminded_of_once_and_forgotten_in_time(said: dict[str, Any], clued_up_lead: User) -> None:
    User.objects.filter(pk=clued_up_lead.pk).update(email="lead@hub.example")
    send(Client(), said)
    now = timezone.now()
    assert [offers.remind(now + timedelta(days=days)) for days in (13, 15, 16)] == [0, 1, 0]
    closed = StoryOffer.objects.get()
    offers.close(closed, by=clued_up_lead, became="unreached")
    send(Client(), said, once="b" * 32)
    assert "Old offers deleted: 0." in tick(now=now + timedelta(days=29))
    assert "Old offers deleted: 1." in tick(now=now + timedelta(days=31))
    assert "Old offers deleted: 1." in tick(now=now + timedelta(days=181))
    assert not StoryOffer.objects.exists()

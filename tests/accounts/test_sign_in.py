"""Signing in: guesses are counted, nobody learns which names exist, and whoever has left is out at once."""

import re
import threading
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends import locmem
from django.test import Client

from hub.accounts import sign_in
from hub.partners.models import Partner
from tests.factories import Tree

pytestmark = pytest.mark.django_db
PASSWORD = "harbour-kettle-jotter"


@pytest.fixture
def author(clued_up_author: User) -> User:
    clued_up_author.set_password(PASSWORD)
    clued_up_author.email = "author@hub.example"
    clued_up_author.save()
    return clued_up_author


def sent_mails() -> list[Any]:
    """Every mail, once the thread that sends has come to its end."""
    sign_in.SENDER.submit(lambda: None).result()
    return mail.outbox


def try_it(name: str, password: str, *, at: str = "192.0.2.1") -> Any:
    return Client(REMOTE_ADDR=at).post("/admin/login/", {"username": name, "password": password})


def test_the_right_password_lets_in(author: User) -> None:
    assert try_it(author.username, PASSWORD).status_code == 302


def test_asking_for_a_new_password_says_the_same_whether_or_not_there_is_an_account(author: User) -> None:
    pages = []
    for email in (author.email, "nobody@hub.example"):
        page = Client().post("/admin/password_reset/", {"email": email}, follow=True).content.decode()
        pages.append(re.sub(r"[A-Za-z0-9]{64}", "", page))
    assert pages[0] == pages[1]
    assert [message.to for message in sent_mails()] == [[author.email]]


def test_the_answer_does_not_wait_for_the_mail(author: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the time it takes would tell that there is an account."""
    may_be_sent = threading.Event()
    at_the_post_office: list[bool] = []

    def slow(*args: Any, **kwargs: Any) -> int:
        at_the_post_office.append(may_be_sent.wait(60))
        return 1

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", slow)
    answer = Client().post("/admin/password_reset/", {"email": author.email})
    assert answer.status_code == 302
    assert at_the_post_office == []
    may_be_sent.set()
    sent_mails()
    assert at_the_post_office == [True]


def test_a_mail_asked_for_too_often_is_not_sent_and_the_answer_is_the_same(author: User) -> None:
    answers = {
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/admin/password_reset/", {"email": author.email})["Location"]
        for number in range(sign_in.MOST_RESETS_FOR_ONE + 2)
    }
    assert len(answers) == 1
    assert len(sent_mails()) == sign_in.MOST_RESETS_FOR_ONE


@pytest.mark.parametrize(
    "password", ["short", "password1234", "clued-up-authors1", "Liverpoolfc2024", "qwertyuiop[]12", "thegorsehill1"]
)
def test_a_weak_new_password_is_refused_with_a_sentence(author: User, password: str) -> None:
    Partner.objects.filter(slug="clued-up").update(name="The Gorse Hill", short_name="Gorse Hill")
    Client().post("/admin/password_reset/", {"email": author.email})
    link = re.findall(r"https?://[^/\s]+(/\S+)", sent_mails()[0].body)[0]
    client = Client()
    form = client.get(link, follow=True)
    at = form.redirect_chain[-1][0]
    page = client.post(at, {"new_password1": password, "new_password2": password}).content.decode()
    assert "This password is" in page or "too similar" in page
    author.refresh_from_db()
    assert author.check_password(PASSWORD)


def test_signing_out_leaves_nothing_in_the_browser_and_nothing_was_said_in_a_cookie(
    client: Client, author: User, tree: Tree
) -> None:
    client.force_login(author)
    client.post("/admin/account/", {})
    assert (
        client.get(f"/admin/pages/{tree.toolkit.pk}/edit/", follow=True).status_code == 200
    )  # she is told that she may not
    assert set(client.cookies) <= {"sessionid", "csrftoken", "hub_known"}
    assert client.post("/admin/logout/")["Clear-Site-Data"] == '"storage"'


def test_whoever_has_left_is_out_with_the_next_click(client: Client, author: User) -> None:
    client.post("/admin/login/", {"username": author.username, "password": PASSWORD})
    assert client.get("/admin/").status_code == 200
    User.objects.filter(pk=author.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_a_new_password_ends_every_other_session(client: Client, author: User) -> None:
    client.post("/admin/login/", {"username": author.username, "password": PASSWORD})
    author.set_password("another-kettle-jotter")
    author.save()
    assert client.get("/admin/").status_code == 302


def test_an_address_belongs_to_one_account_and_what_was_typed_stays(author: User, client: Client) -> None:
    client.force_login(User.objects.create_superuser("admin", email="admin@hub.example"))
    typed = {"username": "somebody", "first_name": "Ann", "last_name": "Lang", "email": "Author@hub.example"}
    secret = {"password1": PASSWORD, "password2": PASSWORD}
    page = client.post("/admin/users/new/", {**typed, **secret}).content.decode()
    assert "has this address already" in page
    assert 'value="Lang"' in page
    assert client.post("/admin/users/new/", {**typed, **secret, "email": "ann@hub.example"}).status_code == 302
    ann = User.objects.get(username="somebody")
    edited = {**typed, "is_active": "on", "email": "AUTHOR@hub.example"}
    assert "has this address already" in client.post(f"/admin/users/edit/{ann.pk}/", edited).content.decode()
    assert client.post(f"/admin/users/edit/{ann.pk}/", {**edited, "email": "ann@hub.example"}).status_code == 302

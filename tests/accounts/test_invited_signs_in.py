"""Whoever was invited signs in with her address; an invitation is no way round a second step she has."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from hub.accounts.colleagues import end_access
from hub.accounts.invitations import invite
from hub.accounts.models import SignIn
from hub.partners.models import Partner
from tests.factories import Tree
from tests.partners.test_invitations import HERS, link
from tests.second_steps import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_counted")]


@pytest.fixture
def clued_up(two_sections: Tree) -> Partner:
    return Partner.objects.get(slug="clued-up")


@pytest.mark.parametrize("name", ["worker@hub.example", "Worker@Hub.EXAMPLE", "clued-up-authors"])
def test_her_address_and_her_user_name_both_let_her_in(worker: User, client: Client, name: str) -> None:
    answer = client.post("/admin/login/", {"username": name, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert SignIn.objects.get(what=SignIn.What.PASSWORD).user == worker


def test_a_wrong_password_for_an_address_is_in_her_log_and_an_unknown_address_in_nobodys(
    worker: User, client: Client
) -> None:
    client.post("/admin/login/", {"username": worker.email, "password": "wrong"})
    client.post("/admin/login/", {"username": "nobody@hub.example", "password": "wrong"})
    noted = SignIn.objects.filter(what=SignIn.What.WRONG_PASSWORD).order_by("pk")
    assert [row.user for row in noted] == [worker, None]


def test_an_address_without_the_at_sign_is_only_a_user_name(worker: User, client: Client) -> None:
    User.objects.filter(pk=worker.pk).update(email="worker")
    assert client.post("/admin/login/", {"username": "worker", "password": PASSWORD}).status_code == 200


def test_who_comes_back_with_a_second_step_is_still_asked_for_it(
    worker: User, secret: str, clued_up_lead: User, clued_up: Partner
) -> None:
    end_access(worker, clued_up, by=clued_up_lead)
    invite(clued_up, worker.email, "authors", by=clued_up_lead)
    assert mail.outbox
    back = Client()
    answer = back.post(link(), HERS)
    assert answer["Location"] == "/admin/login/second-step/"
    assert back.get("/admin/").status_code == 302, "a link in a mailbox is no second step"

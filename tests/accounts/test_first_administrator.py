"""The first administrator comes in by a link from where the Hub was started; nobody else ever does by such a link."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from hub.accounts.first_administrator import new_address

pytestmark = pytest.mark.django_db
SAID = {"name": "Ann Other", "email": "Ann@Hub.example", "password": "harbour-kettle-jotter"}
SAID["again"] = SAID["password"]


def path() -> str:
    address = new_address()
    return address[address.index("/admin/") :]


def test_the_link_makes_one_administrator_and_leads_to_what_is_to_be_done(client: Client) -> None:
    out = StringIO()
    call_command("first_administrator", stdout=out)
    assert "/admin/begin/" in out.getvalue()
    link = path()
    assert "This Hub is new" in client.get(link).content.decode()
    assert not User.objects.exists(), "looking makes nobody"
    assert client.post(link, SAID).headers["Location"].endswith("/admin/")
    user = User.objects.get()
    assert (user.email, user.get_full_name(), user.is_superuser) == ("Ann@hub.example", "Ann Other", True)
    assert "What to do first" in client.get("/admin/", follow=True).content.decode()


def test_with_an_administrator_no_link_opens_and_none_is_said(client: Client) -> None:
    link = path()
    User.objects.create_superuser("root", "r@hub.example", "x")
    assert client.get(link).status_code == client.post(link, SAID).status_code == 404
    assert new_address() == ""
    out = StringIO()
    call_command("first_administrator", stdout=out)
    assert out.getvalue() == ""


def test_an_old_link_a_made_up_one_and_a_form_of_another_website_are_refused(client: Client) -> None:
    link = path()
    assert client.get("/admin/begin/abc:def:ghi/").status_code == 404
    assert client.post(link, SAID, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        assert client.get(link).status_code == 404
    assert not User.objects.exists()


def test_a_weak_password_is_refused_and_what_else_was_typed_is_still_there(client: Client) -> None:
    refused = client.post(path(), {**SAID, "password": "password1", "again": "password1"}).content.decode()
    assert 'value="Ann Other"' in refused
    assert "password1" not in refused
    assert not User.objects.exists()

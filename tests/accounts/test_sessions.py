"""Somebody is signed out everywhere, or everywhere else, and nobody else is."""

import time

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.accounts.sessions import SHOWN, sessions_of, sign_out_everywhere
from tests.factories import Tree

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


def test_signing_out_everywhere_ends_each_session_of_hers_and_nobody_elses(
    two_sections: Tree, clued_up_author: User, carf_author: User
) -> None:
    here, there, hers = signed_in(clued_up_author), signed_in(clued_up_author), signed_in(carf_author)
    assert len(sessions_of(clued_up_author)) == 2
    assert sign_out_everywhere(clued_up_author) == 2
    assert (is_in(here), is_in(there), is_in(hers)) == (False, False, True)


def test_the_session_she_is_in_can_be_kept(two_sections: Tree, clued_up_author: User) -> None:
    here, there = signed_in(clued_up_author), signed_in(clued_up_author)
    assert sign_out_everywhere(clued_up_author, but=here.session.session_key) == 1
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_session_ends_after_two_hours_without_her(client: Client, clued_up_author: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(clued_up_author)
        assert is_in(client)
        clock.shift(2 * 60 * 60 - 60)
        assert is_in(client), "she is here: it begins anew"
        clock.shift(2 * 60 * 60 - 60)
        assert is_in(client)
        clock.shift(2 * 60 * 60 + 60)
        assert sessions_of(clued_up_author) == []
        page = client.get("/admin/", follow=True)
        assert page.redirect_chain[0][0].startswith("/admin/login/")
        assert "nothing happened for 2 hours" in page.content.decode()


def test_an_editor_left_open_does_not_keep_her_signed_in(client: Client, clued_up_author: User, tree: Tree) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(clued_up_author)
        assert is_in(client)
        for _ in range(5):
            clock.shift(30 * 60)
            client.post(f"/admin/editing-sessions/ping/pages/guidancepage/{tree.guidance.pk}/1/")
        assert not is_in(client)


def test_a_session_ends_after_twelve_hours_however_busy_she_is(client: Client, clued_up_author: User) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.force_login(clued_up_author)
        for _ in range(12):
            assert is_in(client)
            clock.shift(60 * 60)
        clock.shift(60)
        assert "12 hours" in client.get("/admin/", follow=True).content.decode()


def test_a_session_ends_with_the_browser(client: Client, clued_up_author: User) -> None:
    clued_up_author.set_password("harbour-kettle-jotter")
    clued_up_author.save()
    form = {"username": clued_up_author.username, "password": "harbour-kettle-jotter", "remember": "on"}
    assert client.post("/admin/login/", form).cookies["sessionid"]["max-age"] == ""


def test_she_sees_where_she_is_signed_in_and_ends_the_others(client: Client, clued_up_author: User) -> None:
    here, there = signed_in(clued_up_author), signed_in(clued_up_author)
    assert is_in(there)
    windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"
    here.get("/admin/", headers={"User-Agent": windows})
    page = here.get("/admin/signing-in/").content.decode()
    assert "Firefox on Windows (this one)" in page
    assert here.get("/admin/signing-in/elsewhere/").status_code == 405
    session = here.session
    session[SHOWN] = time.time()  # with her password, a moment ago
    session.save()
    here.post("/admin/signing-in/elsewhere/")
    assert (is_in(here), is_in(there)) == (True, False)


def test_a_session_of_an_older_password_is_none(two_sections: Tree, clued_up_author: User) -> None:
    client = signed_in(clued_up_author)
    clued_up_author.set_password("another-kettle-jotter")
    clued_up_author.save()
    assert sessions_of(clued_up_author) == []
    assert not is_in(client)

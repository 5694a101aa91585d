"""Guessing gets slower, then stops for an hour; at once no more get through than in turn; nobody locks another out."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import F
from django.test import Client

from hub.accounts import guessing, limits
from hub.accounts.limits import forget_old
from hub.accounts.models import Tries
from hub.database_clock import database_now
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
PASSWORD = "harbour-kettle-jotter"
HERE, ELSEWHERE = "192.0.2.1", "203.0.113.9"


@pytest.fixture
def author(clued_up_author: User) -> User:
    clued_up_author.set_password(PASSWORD)
    clued_up_author.email = "author@hub.example"
    clued_up_author.save()
    return clued_up_author


def try_it(name: str, password: str, *, at: str = HERE, client: Client | None = None) -> str:
    """What the page says; IN when it lets in."""
    client = client or Client()
    answer = client.post("/admin/login/", {"username": name, "password": password}, REMOTE_ADDR=at)
    return "IN" if answer.status_code == 302 else answer.content.decode()


def time_passes(**how_much: float) -> None:
    """As if every try had been earlier: the counts go by the database's clock, which no test moves."""
    earlier = timedelta(**how_much)
    Tries.objects.update(began_at=F("began_at") - earlier, last_at=F("last_at") - earlier)


def guess_until_locked(name: str, at: str = HERE) -> None:
    for _ in range(guessing.MOST["one name from here"]):
        assert "do not belong together" in try_it(name, "wrong", at=at)
        time_passes(minutes=1)


def test_slower_and_slower_and_then_not_before_an_hour_has_passed(author: User, caplog: Any) -> None:
    for number in range(guessing.FREE["one name from here"]):
        name = author.email.upper() if number % 2 else author.username
        assert "do not belong together" in try_it(name, "wrong"), "two names of one account are counted together"
    page = try_it(author.username, PASSWORD)
    assert "Wait 4 seconds" in page
    assert f'value="{author.username}"' in page, "what was typed stays"
    time_passes(seconds=4)
    assert "do not belong together" in try_it(author.username, "wrong")
    assert "Wait 8 seconds" in try_it(author.username, PASSWORD)
    time_passes(seconds=8)
    assert try_it(author.username, PASSWORD) == "IN"
    guess_until_locked(author.username)
    assert "Wait an hour" in try_it(author.username, PASSWORD)
    assert try_it(author.username, PASSWORD, at=ELSEWHERE) == "IN"
    assert "too many wrong tries" in caplog.text
    assert author.username not in caplog.text
    assert HERE not in caplog.text
    time_passes(hours=1)
    assert try_it(author.username, PASSWORD) == "IN"
    forget_old(database_now() + timedelta(days=2))
    assert not Tries.objects.exists()


def test_one_guess_at_each_of_many_names_gets_nobody_far_also_by_many_addresses_of_one_network(
    author: User, settings: Any
) -> None:
    for number in range(guessing.MOST["from here"]):
        try_it(f"name-{number}", "wrong", at=f"2001:db8:1:2::{number:x}")
    assert "too many wrong tries" in try_it(author.username, PASSWORD, at="2001:db8:1:2:ffff::1")
    assert try_it(author.username, PASSWORD, at="2001:db8:1:3::1") == "IN"


def test_guesses_from_everywhere_stop_strangers_and_not_her(author: User) -> None:
    her_browser = Client()
    assert try_it(author.username, PASSWORD, client=her_browser) == "IN"
    her_browser.get("/admin/")
    her_browser.post("/admin/logout/")
    for name in (author.username, "nobody-at-all"):
        for number in range(guessing.MOST["one name"]):
            try_it(name, "wrong", at=f"198.51.100.{number}")
        assert "in many places" in try_it(name, PASSWORD, at=ELSEWHERE), "the same for a name that is nobody's"
    assert try_it(author.username, PASSWORD, client=her_browser, at=ELSEWHERE) == "IN"
    assert her_browser.cookies["hub_known"]["path"] == "/admin/"


def test_a_browser_is_known_until_the_password_changes_and_to_nobody_else(author: User, carf_author: User) -> None:
    client = Client()
    client.force_login(author)
    client.get("/admin/")
    request: Any = client.get("/admin/login/").wsgi_request
    assert "hub_known" in request.COOKIES
    assert len(guessing.ways_of_a_password(author.username, request)) == 1
    assert len(guessing.ways_of_a_password(carf_author.username, request)) == 3
    author.set_password("another-kettle-jotter")
    author.save()
    assert len(guessing.ways_of_a_password(author.username, request)) == 3


def test_a_reader_gets_no_cookie(client: Client, tree: Any) -> None:
    assert not client.get("/").cookies
    assert "hub_known" not in client.get("/admin/login/").cookies


def test_twice_as_many_kinds_as_a_cache_of_files_holds_are_all_remembered() -> None:
    assert limits.take("guess", "the one", most=1)
    for number in range(600):
        limits.take("guess", str(number), most=1)
    assert not limits.take("guess", "the one", most=1)


def test_of_twelve_at_once_no_more_get_through_than_in_turn(committed: None) -> None:
    taken: list[bool] = []
    raised = at_once(*[lambda: taken.append(limits.take("guess", "at once", most=5))] * 12)
    assert not raised
    assert sum(taken) == 5
    limits.give_back("guess", "at once")
    assert [limits.take("guess", "at once", most=5) for _ in range(2)] == [True, False]
    limits.forget("guess", "at once")

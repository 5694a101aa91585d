"""The cache's server is gone: pages are made all the same, it is said once, and it is asked again later."""

import time
from pathlib import Path
from typing import Any

import pytest
import redis
from django.core.cache import caches
from django.test import Client

from hub import passing_cache
from tests.factories import Tree
from tests.machines import a_cache

NOBODY_THERE = "redis://127.0.0.1:9/0"


@pytest.fixture
def gone(settings: Any) -> Any:
    passing_cache._gone_until.clear()
    settings.CACHES = {"default": {"BACKEND": "hub.passing_cache.PassingCache", "LOCATION": NOBODY_THERE}}
    yield caches["default"]
    passing_cache._gone_until.clear()


def test_everything_that_a_cache_is_asked_has_an_answer(gone: Any, caplog: Any, monkeypatch: Any) -> None:
    assert not passing_cache.is_gone()
    assert gone.get("a", "nothing") == "nothing"
    assert passing_cache.is_gone()
    gone.set("a", 1)
    assert (gone.get("a"), gone.add("a", 2), gone.incr("a"), gone.get_many(["a"])) == (1, False, 2, {"a": 2})
    assert "a" in gone
    assert gone.touch("a")
    assert gone.delete("a")
    assert gone.set_many({"b": 1}) == []
    gone.delete_many(["b"])
    gone.clear()
    assert [record.message for record in caplog.records] == [
        "The cache does not answer. Pages are made without it, and take longer."
    ], "said once, not at each question"
    later = time.monotonic() + 31
    monkeypatch.setattr(time, "monotonic", lambda: later)
    gone.set("c", 1)
    assert gone.get("c") == 1
    assert len(caplog.records) == 2


def test_it_may_be_a_socket_which_may_be_gone(settings: Any, tmp_path: Path) -> None:
    passing_cache._gone_until.clear()
    with a_cache(tmp_path, at="a socket") as place:
        if place:
            settings.CACHES = {"default": {"BACKEND": "hub.passing_cache.PassingCache", "LOCATION": place}}
            caches["default"].set("a", "kept there")
            assert redis.from_url(place).dbsize() == 1
            assert caches["default"].get("a") == "kept there"
            assert not passing_cache.is_gone()
            caches["default"].close()
    settings.CACHES = {
        "default": {"BACKEND": "hub.passing_cache.PassingCache", "LOCATION": f"unix://:word@{tmp_path}/none?db=0"}
    }
    assert caches["default"].get("a", "nothing") == "nothing"
    assert passing_cache.is_gone()
    passing_cache._gone_until.clear()


@pytest.mark.django_db
def test_pages_and_signing_in_do_without_it(gone: Any, client: Client, tree: Tree, moderator: Any) -> None:
    for address in ("/", tree.activity.url, "/search/?q=stigma", "/healthz"):
        assert client.get(address).status_code == 200, address
    for _ in range(6):
        page = client.post("/admin/login/", {"username": moderator.username, "password": "wrong"})
    assert "Wait 4 seconds" in page.content.decode(), "guesses are counted all the same"
    client.force_login(moderator)
    assert client.get("/admin/").status_code == 200

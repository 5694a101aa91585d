"""How the image begins: every step in its order, in one process, and the code loaded before workers are forked."""

import gc
import importlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import connections

from hub import image, workers
from hub.upkeep import health


@pytest.fixture(autouse=True)
def no_owner_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a reader's process begins. Here, not in a test: Django's setup takes a test's own handler off the log."""
    monkeypatch.delenv("HUB_AS_OWNER", raising=False)
    importlib.import_module("hub.wsgi")


class Begun:
    """What was done, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        monkeypatch.setattr(image, "call_command", self.done.append)
        monkeypatch.setattr(image, "load_before_forking", lambda: self.done.append("loaded"))
        monkeypatch.setattr(image, "workers", self.workers)

    def workers(self, address: str, port: int, *, number: int, **also: Any) -> "Begun":
        self.done.append(f"{number} on {port}")
        return self

    def serve(self) -> None:
        self.done.append("served")


def test_it_makes_ready_then_loads_then_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Begun(monkeypatch)
    monkeypatch.setenv("HUB_WORKERS", "3")
    image.main()
    assert begun.done == [
        "may_start", "first_pages", "provision", "withdraw_again", "first_administrator",
        "loaded", "3 on 8000", "served",
    ]  # fmt: skip


def test_at_a_socket_it_answers_and_is_asked_whether_it_is_well(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "hub.sock"
    place.write_text("left by one that was killed")
    monkeypatch.setenv("HUB_SOCKET", str(place))
    assert image.at_a_socket() == {"uds": place, "uds_permissions": 0o666}
    assert not place.exists()
    with pytest.raises(SystemExit, match="The Hub is unwell"):
        health.main([])
    monkeypatch.setenv("ALLOWED_HOSTS", "hub.example.org,another.example.org")
    for answer, is_well in ((b"200 OK", True), (b"503 Service Unavailable", False)):
        with answering_at(place, answer) as asked:
            if is_well:
                health.main([])
            else:
                with pytest.raises(SystemExit, match="503"):
                    health.main([])
        assert b"GET /healthz" in asked[0]
        assert b"Host: hub.example.org\r\n" in asked[0]


@contextmanager
def answering_at(place: Path, answer: bytes) -> Iterator[list[bytes]]:
    """A server of one answer."""
    asked: list[bytes] = []
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(place))
        door.listen()

        def once() -> None:
            line, _ = door.accept()
            with line:
                asked.append(line.recv(4096))
                line.sendall(b"HTTP/1.1 " + answer + b"\r\nContent-Length: 0\r\n\r\n")

        thread = threading.Thread(target=once)
        thread.start()
        yield asked
        thread.join(10)
    place.unlink()


NONSENSE = [("DATABASE_OWNER_URL", "postgres://hub"), ("HUB_WORKERS", "many"), ("HUB_SOCKET", "hub.sock")]


@pytest.mark.parametrize(("name", "value"), NONSENSE)
def test_what_makes_no_sense_ends_it_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    begun = Begun(monkeypatch)
    monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match=name):
        image.main()
    assert begun.done == []


def test_nothing_is_served_when_a_step_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = Begun(monkeypatch)

    def refuse(name: str) -> None:
        raise CommandError("A restore is not finished.")

    monkeypatch.setattr(image, "call_command", refuse)
    with pytest.raises(SystemExit, match="A restore is not finished"):
        image.main()
    assert begun.done == []


def test_a_page_is_made_and_every_connection_closed_before_anything_is_forked(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.HUB_ADDRESS = "http://localhost:8000"
    said: list[str] = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [])
        said.append(f"{environ['wsgi.url_scheme']} {environ['HTTP_HOST']}{environ['PATH_INFO']}")
        return [b"a page"]

    monkeypatch.setattr("hub.wsgi.application", application)
    monkeypatch.setattr(connections, "close_all", lambda: said.append("closed"))
    frozen = gc.get_freeze_count()
    try:
        workers.load_before_forking()
        assert said == ["http localhost:8000/", "closed"]
        assert gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()


def test_a_page_that_fails_stops_nobody_from_being_served(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise OSError

    monkeypatch.setattr("hub.wsgi.application", application)
    monkeypatch.setattr(connections, "close_all", lambda: None)
    try:
        workers.load_before_forking()
    finally:
        gc.unfreeze()
    assert "The first page could not be made." in caplog.text

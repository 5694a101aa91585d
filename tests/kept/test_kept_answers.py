"""The layer by itself, in front of an application of a few lines: what it keeps, for whom, how long and how much."""

import gzip
import itertools
import threading
import time
from collections.abc import Callable, Collection
from typing import Any

import brotli
import pytest

from hub.kept import Asked, Generation, KeptAnswers, Nudge, Proof, Store, Together, notes
from hub.kept.encodings import best
from hub.kept.requests import LONGEST_PATH, Readers
from hub.kept.turns import Turns

LIT: Proof = (7, 70, "hash")
Said = list[tuple[str, str]]
HTML: Said = [("Content-Type", "text/html"), ("Vary", "Cookie")]


class World:
    """What the database would say, and an application that says how often it was asked."""

    def __init__(self, **layer: Any) -> None:
        self.generation: int | None = 1
        self.standing = {LIT}
        self.made = 0
        self.status, self.headers, self.proofs, self.keep = "200 OK", HTML, set[Proof](), True
        self.while_it_is_made: Callable[[], None] = lambda: None
        self.lapses = float("inf")
        readers = Readers(hosts=frozenset({"hub.example"}), session_cookies=("sessionid",))
        self.layer = KeptAnswers(
            self.application,
            readers=readers,
            ask=self.ask,
            generation=Generation(lambda: self.generation, believed_for=0),
            good_until=lambda: self.lapses,
            **layer,
        )

    def ask(self, stories: Collection[int]) -> Asked | None:
        standing = frozenset(proof for proof in self.standing if proof[0] in stories)
        return None if self.generation is None else Asked(self.generation, standing)

    def application(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.made += 1
        if self.keep:
            notes.may_be_kept()
        for proof in self.proofs:
            notes.rests_on(proof)
        self.while_it_is_made()
        start_response(self.status, list(self.headers))
        return [b"<h1>", f"{environ['PATH_INFO']} {self.made}".encode(), b"</h1>" + b" " * 3_000]

    def get(self, path: str = "/", method: str = "GET", **environ: str) -> tuple[str, dict[str, str], bytes]:
        said: list[Any] = []
        query = environ.pop("query", "")
        asked = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method, "HTTP_HOST": "hub.example"}
        body = b"".join(self.layer(asked | environ, lambda *what: said.extend(what)))
        return said[0], dict(said[1]), body

    def is_kept(self, path: str = "/", **environ: str) -> bool:
        self.get(path, **environ)
        made = self.made
        self.get(path, **environ)
        return self.made == made


def test_the_second_reader_gets_what_the_first_got() -> None:
    world = World()
    assert world.get() == world.get()
    assert world.made == 1


@pytest.mark.parametrize(("accepted", "unpack"), [("gzip", gzip.decompress), ("gzip, br", brotli.decompress)])
def test_bodies_are_packed_once_and_say_so(accepted: str, unpack: Any) -> None:
    world = World()
    plain = world.get()[2]
    _, headers, body = world.get(HTTP_ACCEPT_ENCODING=accepted)
    assert unpack(body) == plain
    assert len(body) == int(headers["Content-Length"]) < len(plain)
    assert headers["Vary"] == "Cookie, Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "form"),
    [
        ("", ""),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("GZIP", "gzip"),
        ("gzip;q=nonsense", ""),
        ("gzip," * 5_000, ""),
    ],
)
def test_a_form_that_the_browser_rules_out_is_not_sent(accepted: str, form: str) -> None:
    assert best(accepted) == form


def test_who_has_it_already_gets_no_body() -> None:
    world = World()
    tags = {form: world.get(HTTP_ACCEPT_ENCODING=form)[1]["ETag"] for form in ("", "gzip", "br")}
    assert len(set(tags.values())) == 3
    assert not any(tag.startswith("W/") for tag in tags.values())
    for form, tag in tags.items():
        for condition in (tag, f'"other", W/{tag}', "*"):
            status, headers, body = world.get(HTTP_ACCEPT_ENCODING=form, HTTP_IF_NONE_MATCH=condition)
            assert (status, body, headers["ETag"]) == ("304 Not Modified", b"", tag)
            assert "Content-Length" not in headers
    assert world.get(HTTP_IF_NONE_MATCH='"other"')[0] == "200 OK"


def test_what_a_browser_may_not_keep_has_no_tag() -> None:
    world = World()
    world.headers = [*HTML, ("Cache-Control", "private, no-store")]
    assert world.is_kept()
    assert "ETag" not in world.get()[1]
    assert world.get(HTTP_IF_NONE_MATCH="*")[0] == "200 OK"


def test_head_is_answered_from_what_get_kept_and_keeps_nothing() -> None:
    world = World()
    world.get(method="HEAD")
    world.get()
    status, headers, body = world.get(method="HEAD")
    assert (status, body, world.made) == ("200 OK", b"", 2)
    assert int(headers["Content-Length"]) > 3_000


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "theme=dark; sessionid=abc"},
        {"query": "q=drink"},
        {"query": "page=0"},
        {"query": "page=2&x=1"},
        {"query": "page=12345"},
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": ""},
        {"path": "/a//b/"},
        {"path": "/" + "a" * LONGEST_PATH},
    ],
    ids=str,
)
def test_for_these_nothing_is_kept(environ: dict[str, str]) -> None:
    world = World()
    assert not world.is_kept(**environ)
    assert len(world.layer.store) == 0


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "theme=dark"},
        {"query": "page=2"},
        {"query": "kind=activity"},
        {"HTTP_RANGE": "bytes=0-9"},
        {"HTTP_IF_NONE_MATCH": '"' + "x" * 10_000 + '"'},
    ],
    ids=lambda e: str(e)[:40],
)
def test_for_these_it_is_and_all_of_it_is_sent(environ: dict[str, str]) -> None:
    world = World()
    assert world.is_kept(**environ)
    assert world.get(**environ)[0] == "200 OK"
    assert len(world.get(**environ)[2]) > 3_000


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        ("404 Not Found", HTML),
        ("301 Moved Permanently", [("Location", "/")]),
        ("200 OK", [*HTML, ("Set-Cookie", "csrftoken=1")]),
        ("200 OK", [*HTML, ("Content-Encoding", "gzip")]),
        ("200 OK", [*HTML, ("Content-Security-Policy", "script-src 'nonce-abc'")]),
    ],
)
def test_these_answers_are_not_kept(status: str, headers: Said) -> None:
    world = World()
    world.status, world.headers = status, headers
    assert not world.is_kept()


def test_nothing_is_kept_that_nobody_said_may_be() -> None:
    world = World()
    world.keep = False
    assert not world.is_kept()


def test_nothing_is_kept_that_came_without_its_proof() -> None:
    world = World()
    world.while_it_is_made = lambda: notes.rests_on(None)
    assert not world.is_kept()


def test_another_generation_ends_it() -> None:
    world = World()
    assert world.is_kept()
    world.generation = 2
    assert world.get()[2].startswith(b"<h1>/ 2")


def test_an_answer_begun_before_a_change_is_given_and_not_kept() -> None:
    world = World()
    generations = itertools.count(2)

    def change() -> None:
        world.generation = next(generations)

    world.while_it_is_made = change
    assert not world.is_kept()


def test_a_database_that_does_not_answer_lets_nothing_be_used() -> None:
    world = World()
    assert world.is_kept()
    world.generation = None
    assert not world.is_kept()


def test_a_proof_that_fell_ends_it_though_the_generation_stays() -> None:
    """Taking the check of proofs out of the layer fails this one."""
    world = World()
    world.proofs = {LIT}
    assert world.is_kept()
    world.standing = {(7, 71, "other words")}
    made = world.made
    world.get()
    assert world.made > made
    assert len(world.layer.store) == 0


def test_what_falls_while_it_is_made_is_made_again_before_anybody_sees_it() -> None:
    world = World()
    world.proofs = {LIT}
    world.while_it_is_made = world.standing.clear
    assert world.get()[2].startswith(b"<h1>/ 2")
    assert len(world.layer.store) == 0


def test_what_lapses_is_not_used_from_then_on() -> None:
    world = World()
    world.lapses = time.time() + 60
    assert world.is_kept()
    world.layer.store.get(("http", "hub.example", "/", ""))
    world.lapses = time.time() - 1
    world.generation = 2
    assert not world.is_kept()


def test_one_makes_it_and_the_others_wait() -> None:
    world = World()
    at_work = threading.Barrier(6)
    world.while_it_is_made = lambda: time.sleep(0.05)

    def read() -> None:
        at_work.wait()
        world.get()

    readers = [threading.Thread(target=read) for _ in range(6)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert world.made == 1


def test_nobody_waits_for_ever_for_one_who_is_stuck() -> None:
    turns = Turns(longest_wait=0.01)
    with turns.turn("/"), turns.turn("/") as somebody_was_there:
        assert somebody_was_there
    assert turns._taken == {}


def test_ten_thousand_addresses_take_no_more_than_the_bound() -> None:
    world = World(store=Store(most=100_000))
    for number in range(2_000):
        world.get(f"/page-{number}/")
    assert 0 < world.layer.store.weight <= 100_000
    assert world.layer.turns._taken == {}
    assert world.layer.store.get(("http", "hub.example", "/page-0/", "")) is None
    assert world.layer.store.get(("http", "hub.example", "/page-1999/", "")) is not None


def test_one_long_answer_does_not_push_the_others_out() -> None:
    world = World(store=Store(most=1_000_000, most_of_one=1_000))
    assert not world.is_kept()
    assert world.layer.store.weight == 0


def test_whoever_changes_something_hears_so_after_every_process_does(tmp_path: Any) -> None:
    numbers = iter(range(1, 100))
    mine, another = (Generation(lambda: next(numbers), Nudge(tmp_path / "nudge"), believed_for=60) for _ in range(2))
    assert (another.now(), another.now()) == (1, 1)
    mine.may_have_changed()
    assert (another.now(), another.now()) == (2, 2)


def test_in_a_crowd_one_asks_ahead_of_time_and_nobody_waits_for_her(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds, numbers, meanwhile = [0.0], iter([1, 2, 3]), list[int | None]()
    monkeypatch.setattr("hub.kept.generation.time.monotonic", lambda: seconds[0])

    def ask() -> int:
        if seconds[0]:
            meanwhile.append(known.now())  # somebody who comes while she asks
        return next(numbers)

    known = Generation(ask, believed_for=60)
    assert known.now() == 1
    seconds[0] = 29
    assert known.now() == 1
    seconds[0] = 31
    assert known.now() == 2
    assert meanwhile == [1]
    seconds[0] = 31 + 60  # nobody came in time: everybody asks
    monkeypatch.setattr(known, "_ask", lambda: next(numbers))
    assert known.now() == 3


def test_a_form_that_is_sent_tells_them() -> None:
    world = World()
    told: list[bool] = []
    world.layer.generation.may_have_changed = lambda: told.append(True)  # type: ignore[method-assign]
    world.get(method="POST")
    world.get()
    assert told == [True]


class Slow:
    """A database that answers when it is told to, and says what it was asked."""

    def __init__(self) -> None:
        self.questions: list[list[int]] = []
        self.put, self.may_answer = threading.Semaphore(0), threading.Semaphore(0)
        self.fails = False

    def __call__(self, stories: Collection[int]) -> Asked:
        self.questions.append(sorted(stories))
        number = len(self.questions)
        self.put.release()
        assert self.may_answer.acquire(timeout=10)
        if self.fails:
            raise RuntimeError
        return Asked(number, frozenset())


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.001)


def test_who_comes_while_a_question_is_on_its_way_waits_for_the_next_and_all_of_them_share_it() -> None:
    slow, heard = Slow(), dict[int, Asked | None]()
    together = Together(slow)
    readers = [threading.Thread(target=lambda n=n: heard.update({n: together([n])}), daemon=True) for n in range(4)]
    readers[0].start()
    assert slow.put.acquire(timeout=10)  # the first one's is on its way
    for reader in readers[1:]:
        reader.start()
    wait_until(lambda: len(together._waiting) == 3)
    slow.may_answer.release()
    assert slow.put.acquire(timeout=10)
    slow.may_answer.release()
    for reader in readers:
        reader.join(10)
    assert slow.questions == [[0], [1, 2, 3]]
    first, second = Asked(1, frozenset()), Asked(2, frozenset())
    assert heard == {0: first, 1: second, 2: second, 3: second}  # none from before she came


def test_a_question_that_fails_leaves_nobody_waiting_and_tells_nobody_that_something_stands() -> None:
    slow, heard = Slow(), list[object]()
    together = Together(slow)
    holding = threading.Thread(target=lambda: together([0]), daemon=True)
    holding.start()
    assert slow.put.acquire(timeout=10)

    def ask() -> None:
        try:
            heard.append(together([1]))
        except RuntimeError:
            heard.append("raised")

    others = [threading.Thread(target=ask, daemon=True) for _ in range(3)]
    for other in others:
        other.start()
    wait_until(lambda: bool(together._waiting))
    slow.may_answer.release()
    holding.join(10)
    slow.fails = True
    for _ in range(4):  # as many as may be put: whoever came too late for the second asks by herself
        slow.may_answer.release()
    for other in others:
        other.join(10)
    assert "raised" in heard
    assert set(heard) <= {"raised", None}
    assert len(heard) == 3

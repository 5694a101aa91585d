"""A stranger's file is read in a process of its own: what it may take is bounded, and each bound has its name."""

import os
import time
from typing import Any

import pytest

from hub.bounded_process import Broke, Declined, LimitReached, Limits, run
from tests import bounded_examples as example

SMALL = Limits(seconds=5, megabytes=200, answer_megabytes=2)
SHORT = Limits(seconds=1, megabytes=200, answer_megabytes=2)


def test_what_a_function_says_and_makes_comes_back_whole() -> None:
    answer = run(example.backwards, b"one\ntwo\x00", {"times": 3}, limits=SMALL)
    assert answer.value == {"letters": 8, "word": "wee ☕"}
    assert answer.blobs == (b"\x00owt\neno", b"\n\n\n", b"")


def test_a_no_comes_back_as_the_sentence_it_was() -> None:
    with pytest.raises(Declined, match=r"^Not “a letter”\.$"):
        run(example.declines, b"a letter", limits=SMALL)


@pytest.mark.parametrize("function", [example.never_ends, example.sleeps])
def test_nothing_takes_longer_than_it_may(function: Any) -> None:
    began = time.monotonic()
    with pytest.raises(LimitReached) as reached:
        run(function, b"", limits=SHORT)
    assert reached.value.limit == "seconds"
    assert time.monotonic() - began < 4


def test_nothing_takes_more_memory_than_it_may() -> None:
    assert run(example.takes, b"", {"megabytes": 20}, limits=SMALL).value
    with pytest.raises(LimitReached) as reached:
        run(example.takes, b"", {"megabytes": 300}, limits=SMALL)
    assert reached.value.limit == "megabytes"


def test_nothing_answers_with_more_than_it_may() -> None:
    assert run(example.says, b"", {"megabytes": 1}, limits=SMALL).blobs
    with pytest.raises(LimitReached) as reached:
        run(example.says, b"", {"megabytes": 3}, limits=SMALL)
    assert reached.value.limit == "answer"


def test_a_mistake_says_where_and_no_word_of_the_file() -> None:
    with pytest.raises(Broke, match=r"KeyError in fails, bounded_examples\.py") as broke:
        run(example.fails, b"somebody's name", limits=SMALL)
    assert "somebody" not in str(broke.value)


def test_a_reader_that_crashes_leaves_the_hub_standing() -> None:
    with pytest.raises(Broke):
        run(example.crashes, b"", limits=SMALL)


def test_it_knows_no_secret_and_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "x")
    known = run(example.surroundings, b"", limits=SMALL).value
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(known["names"])
    assert not known["django"]
    with pytest.raises(ProcessLookupError):
        os.kill(known["pid"], 0)

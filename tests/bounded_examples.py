"""What tests let run in a process of its own: good, slow, greedy, talkative and broken functions."""

import os
import signal
import sys
import time
from typing import Any

from hub.bounded_process import MEGABYTE, Answer, Declined


def backwards(data: bytes, *, times: int = 1) -> Answer:
    print("a library that prints")  # noqa: T201 - on purpose: it must not become part of the answer
    return Answer({"letters": len(data), "word": "wee ☕"}, (data[::-1], b"\n" * times, b""))


def declines(data: bytes) -> Answer:
    raise Declined(f"Not “{data.decode()}”.")


def never_ends(data: bytes) -> Answer:
    while True:
        pass


def sleeps(data: bytes) -> Answer:
    time.sleep(60)
    return Answer(None)


def takes(data: bytes, *, megabytes: int) -> Answer:
    return Answer(len(bytearray(megabytes * MEGABYTE)))


def says(data: bytes, *, megabytes: int) -> Answer:
    return Answer(None, (bytes(megabytes * MEGABYTE),))


def fails(data: bytes) -> Answer:
    raise KeyError(data.decode())


def crashes(data: bytes) -> Answer:
    os.kill(os.getpid(), signal.SIGSEGV)
    return Answer(None)


def surroundings(data: bytes) -> Answer:
    known: dict[str, Any] = {"names": sorted(os.environ), "django": "django" in sys.modules, "pid": os.getpid()}
    return Answer(known)

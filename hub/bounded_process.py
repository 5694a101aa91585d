"""Runs one function of ours on a stranger's bytes in a process of its own, so that no file can stop the Hub.

Refuses to run longer, to take more memory or to answer with more than it was told: that is `LimitReached`, never a
Hub that hangs. The process gets no settings, no secrets and no database, and is gone when the answer is there.

    def colours(data: bytes, *, most: int) -> Answer:          # at the top of a module that needs no Django
        ...
        raise Declined("This picture is cut off.")             # a sentence for whoever brought the file
        return Answer({"width": 3}, (new_bytes,))              # anything JSON can hold, and bytes

    answer = run(colours, data, {"most": 3}, limits=Limits(seconds=10, megabytes=400, answer_megabytes=20))

`run` raises `Declined` with the same sentence, `LimitReached` (`.limit` is "seconds", "megabytes" or "answer") or
`Broke` (a mistake of ours or of a library; says where, never what the file held). Linux keeps all limits; macOS has no
limit on memory.
"""

import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

MEGABYTE = 1024 * 1024
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds that a file waits for the one before it
OPEN_FILES = 64
OUT_OF_MEMORY = b'{"limit": "megabytes"}\n'
_one_at_a_time = threading.Lock()  # in each worker: a machine has as many such processes as workers


@dataclass(frozen=True)
class Limits:
    """The most that one run may take. Memory is all that the process maps, Python itself (about 40 MB) among it."""

    seconds: int
    megabytes: int
    answer_megabytes: int


@dataclass(frozen=True)
class Answer:
    """What a function says (JSON) and the bytes it made."""

    value: Any
    blobs: tuple[bytes, ...] = ()


class Declined(Exception):
    """The function says no: a sentence for whoever brought the file."""


class LimitReached(Exception):
    """It took too long, too much memory, or said too much."""

    def __init__(self, limit: str) -> None:
        super().__init__(f"Reached its limit of {limit}.")
        self.limit = limit


class Broke(Exception):
    """It failed in a way nobody meant. Says which error at which line, without a word of the file."""


def run(
    function: Callable[..., Answer],
    data: bytes,
    options: Mapping[str, Any] | None = None,
    *,
    limits: Limits,
    patience: float = PATIENCE,
) -> Answer:
    """What `function(data, **options)` answers in a fresh process. It must stand at the top of a module.

    Waits `patience` seconds for the one before it.
    """
    order: dict[str, Any] = {"module": function.__module__, "name": function.__qualname__}
    order |= {"options": dict(options or {}), "seconds": limits.seconds}
    order |= {"megabytes": limits.megabytes, "answer_megabytes": limits.answer_megabytes}
    if not _one_at_a_time.acquire(timeout=patience):
        raise LimitReached("seconds")
    try:
        with tempfile.TemporaryFile() as said:
            ended = _ended(json.dumps(order).encode() + b"\n" + data, said, seconds=limits.seconds)
            said.seek(0)
            return _understood(said.read(), ended=ended)
    finally:
        _one_at_a_time.release()


def _ended(given: bytes, said: IO[bytes], *, seconds: int) -> int:
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", __file__],
        stdin=subprocess.PIPE,
        stdout=said,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        start_new_session=True,
    )
    with process:
        try:
            process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired:
            raise LimitReached("seconds") from None
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)  # also what it may have started
            process.wait()
    return process.returncode


def _understood(said: bytes, *, ended: int) -> Answer:
    if ended in {-signal.SIGXCPU, -signal.SIGALRM}:
        raise LimitReached("seconds")
    if ended == -signal.SIGKILL:
        raise LimitReached("megabytes")  # by the system, which had none left
    head, _, rest = said.partition(b"\n")
    if ended or not head:
        raise Broke(f"The process ended with {ended} and without an answer.")
    answer: dict[str, Any] = json.loads(head)
    if "limit" in answer:
        raise LimitReached(answer["limit"])
    if "declined" in answer:
        raise Declined(answer["declined"])
    if "broke" in answer:
        raise Broke(answer["broke"])
    blobs, place = [], 0
    for length in answer["lengths"]:
        blobs.append(rest[place : place + length])
        place += length
    return Answer(answer["value"], tuple(blobs))


# From here on: what the fresh process does.


def _main() -> NoReturn:
    said = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # what a library prints is no answer
    order = json.loads(sys.stdin.buffer.readline())
    most = order["answer_megabytes"] * MEGABYTE
    gc.disable()  # it is over before there is anything to collect, and looking for it takes a third of its time
    _limit(seconds=order["seconds"], memory=order["megabytes"] * MEGABYTE, written=most + MEGABYTE)
    try:
        head, blobs = _answer(order, sys.stdin.buffer.read())
    except MemoryError:
        os.write(said.fileno(), OUT_OF_MEMORY)  # ready before: there may be none left to make it of
        os._exit(0)
    if len(head) + sum(len(blob) for blob in blobs) > most:
        head, blobs = _line(limit="answer"), ()
    said.write(head)
    for blob in blobs:
        said.write(blob)
    said.flush()
    os._exit(0)  # nothing a library left behind may hold it up


def _limit(*, seconds: int, memory: int, written: int) -> None:
    wanted = {
        resource.RLIMIT_CPU: seconds + 1,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: written,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in wanted.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit on memory
            resource.setrlimit(which, (most, most))
    signal.alarm(seconds + 1)  # also without whoever waits for it


def _answer(order: dict[str, Any], data: bytes) -> tuple[bytes, tuple[bytes, ...]]:
    sys.path.insert(0, str(ROOT))
    names = importlib.import_module("hub.bounded_process")  # this file once more, under the name that others import
    try:
        function = getattr(importlib.import_module(order["module"]), order["name"])
        answer = function(data, **order["options"])
        return _line(value=answer.value, lengths=[len(blob) for blob in answer.blobs]), answer.blobs
    except names.Declined as sentence:
        return _line(declined=str(sentence)), ()
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - said to whoever asked, as Broke
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return _line(broke=f"{type(error).__name__} in {frame.name}, {Path(frame.filename).name}:{frame.lineno}"), ()


def _line(**said: Any) -> bytes:
    return json.dumps(said).encode() + b"\n"


if __name__ == "__main__":
    _main()

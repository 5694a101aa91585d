"""Two hubs on machines that share a database, a cache and a storage of files alone, and who stands before them."""

import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Self
from urllib.parse import quote

import boto3
from django.conf import settings
from django.db import connection
from moto.server import ThreadedMotoServer

from hub.leaving import ADDRESS
from tests.imports import ROOT

HOST = "127.0.0.1"
NONE_HERE = "\n*** NO valkey-server, NO redis-server: NOT TRIED WITH A REAL ONE. apt-get install redis-tools ***\n"
KEY, SECRET = "a-key-of-tests", "a-secret/of+tests"


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def is_heard(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex((HOST, port)) == 0


def until(true: Callable[[], bool], what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def as_this_process() -> dict[str, str]:
    """The variables of a hub on the database that tests work on, with their keys."""
    where = connection.settings_dict
    return {
        "DATABASE_URL": f"postgres://{where['USER']}:any@{where['HOST']}/{where['NAME']}".replace("@/", "@//", 1),
        "SECRET_KEY": settings.SECRET_KEY,
        "HUB_LINK_KEYS": ",".join(settings.HUB_LINK_KEYS),
        "HUB_ENCRYPTION_KEYS": ",".join(settings.HUB_ENCRYPTION_KEYS),
    }


class Machines:
    """Begins hubs, all told the same `variables`."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        own = {"HUB_VAR_DIR": str(folder), "PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "hub.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.one_machine"],
            cwd=ROOT, env=own | variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.begun: list[Machine] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        for each in self.begun:
            each.kill()
        self.process.communicate()

    def begin(self, folder: Path, port: int = 0) -> "Machine":
        folder.mkdir(exist_ok=True)
        port = port or free_port()
        self.begun.append(Machine(self, folder, port, self.told("begin", folder, port)))
        return self.begun[-1]

    def told(self, *line: object) -> int:
        assert self.process.stdin
        assert self.process.stdout
        print(*line, file=self.process.stdin, flush=True)
        return int(self.process.stdout.readline())


class Machine:
    """One of them: a process with workers, and a folder of its own."""

    def __init__(self, machines: Machines, folder: Path, port: int, number: int) -> None:
        self.machines, self.folder, self.port, self.number = machines, folder, port, number
        self.has_ended = False

    def stop(self) -> None:
        os.kill(self.number, signal.SIGTERM)

    def kill(self) -> None:
        if not self.has_ended:
            os.killpg(self.number, signal.SIGKILL)

    def ended(self) -> int:
        """How it ended: 0 is well. Waits for it."""
        status = self.machines.told("wait", self.number)
        self.has_ended = True
        return status

    def takes_readers(self) -> bool:
        try:
            return self.ask("GET", ADDRESS)[0] == 200
        except OSError:
            return False

    def ask(self, method: str, path: str, body: str = "", seconds: float = 30) -> tuple[int, bytes]:
        """On a connection of its own. Raises ConnectionRefusedError when nobody listens."""
        line = HTTPConnection(HOST, self.port, timeout=seconds)
        try:
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if method == "POST" else {}
            line.request(method, path, body or None, {"Host": "localhost", **kind})
            answer = line.getresponse()
            return answer.status, answer.read()
        finally:
            line.close()

    def get(self, path: str) -> tuple[int, str]:
        status, body = self.ask("GET", path)
        return status, body.decode(errors="replace")

    def said(self) -> str:
        return (self.folder / "log").read_text()


class Balancer:
    """As Caddy does by the Hub's own Caddyfile: each in turn, of those who say that they take readers; whoever cannot
    be reached at all is passed over, and what was handed to one is handed to nobody else."""

    def __init__(self, *machines: Machine) -> None:
        self.machines = list(machines)
        self.open = list(machines)
        self.over = threading.Event()
        self.answered: list[int] = []
        self.lost: list[str] = []

    def look(self) -> None:
        while not self.over.wait(0.1):
            self.open = [each for each in list(self.machines) if each.takes_readers()]

    def ask(self, turn: int, method: str, path: str, body: str) -> int:
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if now := self.open:
                try:
                    return now[turn % len(now)].ask(method, path, body)[0]
                except ConnectionRefusedError:
                    pass
            time.sleep(0.02)
            turn += 1
        raise TimeoutError("nobody takes readers")

    def readers(self, number: int, requests: list[tuple[str, str, str]]) -> None:
        turn = number
        while not self.over.is_set():
            method, path, body = requests[turn % len(requests)]
            try:
                self.answered.append(self.ask(turn, method, path, body))
            except Exception as error:  # noqa: BLE001 - each is a reader who got nothing
                self.lost.append(f"{method} {path}: {error!r}")
            turn += 1
            self.over.wait(0.02)

    @contextmanager
    def under_load(self, requests: list[tuple[str, str, str]], readers: int) -> Iterator[None]:
        threads = [threading.Thread(target=self.look)]
        threads += [threading.Thread(target=self.readers, args=(each, requests)) for each in range(readers)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join(40)


@contextmanager
def a_cache(folder: Path, at: str = "a port") -> Iterator[str]:
    """The address of a real Valkey or Redis, with a password `at` “a socket”; empty where none is: it says so."""
    names = ("valkey-server", "redis-server", "redis-check-rdb")  # the last is the same program, called otherwise
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        print(NONE_HERE, file=sys.__stderr__)
        yield ""
        return
    port, place = free_port(), folder / "cache.sock"
    told = ["--port", str(port), "--bind", HOST, "--save", "", "--dir", str(folder)]
    if at == "a socket":
        told[1:4] = ["0", "--unixsocket", str(place), "--requirepass", "a-word"]
    running = subprocess.Popen(["redis-server", *told], executable=program, stdout=subprocess.DEVNULL)
    try:
        until(lambda: place.exists() or is_heard(port), "the cache does not begin", 10)
        yield f"unix://:a-word@{place}?db=0" if at == "a socket" else f"redis://{HOST}:{port}/0"
    finally:
        running.terminate()
        running.wait(10)


class Bucket:
    """The storage: its address, and what anybody may be told there."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.url = f"s3+http://{KEY}:{quote(SECRET, safe='')}@{address.removeprefix('http://')}/hub"
        self.client = boto3.client(
            "s3", endpoint_url=address, aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name="us-east-1"
        )
        self.client.create_bucket(Bucket="hub")


@contextmanager
def a_bucket() -> Iterator[Bucket]:
    """A server of storage with an empty bucket, while it is needed."""
    running = ThreadedMotoServer(ip_address=HOST, port=0, verbose=False)
    running.start()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    yield Bucket("http://{}:{}".format(*running.get_host_and_port()))
    running.stop()

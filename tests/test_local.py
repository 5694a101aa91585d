"""The journey on one's own machine: it finds a port, prepares once, serves, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from hub import local
from tests.database import Server
from tests.demo_database import SAID, copy_of_demo

ROOT = Path(__file__).parent.parent
SECONDS = 300
pytestmark = pytest.mark.xdist_group("local")  # one worker runs them all, so that one database serves them


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


def test_a_taken_port_that_was_asked_for_is_refused_with_what_to_do(taken_port: int) -> None:
    with pytest.raises(SystemExit, match=f"Port {taken_port} is taken or not allowed. Choose another"):
        local.choose_port("127.0.0.1", taken_port)


def test_a_number_that_is_no_port_is_refused() -> None:
    with pytest.raises(SystemExit, match="70000 is not a port"):
        local.choose_port("127.0.0.1", 70000)


def test_without_a_wish_the_next_free_port_is_used_and_said(
    taken_port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(local, "FIRST_PORT", taken_port)
    chosen = local.choose_port("127.0.0.1", None)
    assert chosen > taken_port
    assert f"Port {taken_port} is taken by another program, so the Hub uses {chosen}." in capsys.readouterr().out


def test_a_demo_that_is_not_there_is_refused_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["hub.local", "demo"])
    monkeypatch.setenv("HUB_DEMO", "wales")
    assert local._arguments().demo == "wales"
    monkeypatch.setenv("HUB_DEMO", "narnia")
    with pytest.raises(SystemExit, match=r"There is no demo “narnia”[.] There are: fife, wales[.]"):
        local._arguments()


def test_it_is_refused_in_production(tmp_path: Path) -> None:
    variables = {
        "HUB_MODE": "production", "SECRET_KEY": "abcdefghijkl" * 4, "HUB_LINK_KEYS": "bcdefghijklm" * 4,
        "HUB_ENCRYPTION_KEYS": "bWFkZSB1cCBmb3IgdGVzdHMsIDMyIGJ5dGVzIGxvbmc=",
        "ALLOWED_HOSTS": "hub.example.org", "HUB_ADDRESS": "https://hub.example.org",
        "DATABASE_URL": "postgres://hub@127.0.0.1:9/hub", "HUB_VAR_DIR": str(tmp_path), "PATH": os.environ["PATH"],
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "hub.local", "demo"],
        cwd=ROOT,
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "docs/running.md" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "ending", [signal.SIGINT, signal.SIGTERM, pytest.param(signal.SIGHUP, marks=pytest.mark.thorough)]
)
def test_stopping_leaves_no_process_behind(var: Path, ending: signal.Signals) -> None:
    with started("run", var) as (process, port):
        assert status_of(f"http://127.0.0.1:{port}/healthz") == 200
        assert processes_using(var)
        process.send_signal(ending)
        assert process.wait(20) == 0
    for _ in range(250):  # PostgreSQL writes down what it holds before it ends
        if not processes_using(var):
            return
        time.sleep(0.1)
    pytest.fail(f"still running: {processes_using(var)}")


def test_the_demo_starts_twice_and_the_second_time_changes_nothing(
    database_server: Server, demo_template: tuple[str, Path], tmp_path: Path
) -> None:
    first = (demo_template[1] / SAID).read_text()
    assert "The demo is loaded." in first
    assert "Packing" in first
    with (
        copy_of_demo(database_server, demo_template, tmp_path / "var") as demo,
        started("demo", demo.var, demo.environment) as (process, port),
    ):
        assert status_of(f"http://127.0.0.1:{port}/") == 200
        again = stop(process)
    assert "Staff:" in again
    assert "administrator" in again
    assert "Making the database" not in again
    assert "Packing" not in again
    assert "Nothing changed." in again


def test_beside_the_running_hub_manage_py_works_and_a_reset_is_refused(var: Path) -> None:
    with started("run", var) as (process, port):
        assert "Stop them first" in reset(var, refused=True)
        beside = subprocess.run(
            [sys.executable, "manage.py", "check", "--database", "default"],
            cwd=ROOT, env=environment(var), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert beside.returncode == 0, beside.stderr
        assert status_of(f"http://127.0.0.1:{port}/healthz") == 200
        stop(process)


def test_a_reset_forgets_what_was_written_and_keeps_the_keys(var: Path) -> None:
    (var / "media").mkdir(exist_ok=True)
    assert (var / "postgres").exists()
    assert "Forgotten" in reset(var)
    assert not {"postgres", *local.WRITTEN} & {left.name for left in var.iterdir()}
    assert (var / "secret_key").exists()


def test_a_reset_leaves_a_database_with_an_address_alone(var: Path) -> None:
    assert "does not touch" in reset(var, refused=True, DATABASE_URL="postgres://hub@127.0.0.1:9/hub")


def reset(var: Path, *, refused: bool = False, **more: str) -> str:
    """What it says."""
    words = [sys.executable, "-m", "hub.local", "reset"]
    done = subprocess.run(
        words, cwd=ROOT, env={**environment(var), **more}, capture_output=True, text=True, check=False
    )
    assert done.returncode == refused, done.stderr
    return done.stderr if refused else done.stdout


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hub")


def environment(var: Path) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HUB_VAR_DIR": str(var), "PYTHONWARNINGS": "error"}


class started:  # noqa: N801 - reads as a sentence in a with statement
    """A Hub of its own under `var`, ready to be asked. Killed at the end if the test did not stop it."""

    def __init__(self, what: str, var: Path, variables: dict[str, str] | None = None) -> None:
        self.what, self.variables = what, variables or environment(var)

    def __enter__(self) -> tuple["subprocess.Popen[str]", int]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hub.local", self.what, "--port", str(port)],
            cwd=ROOT, env=self.variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        for _ in range(SECONDS * 5):
            assert self.process.poll() is None, self.process.communicate()[0]
            if status_of(f"http://127.0.0.1:{port}/healthz") == 200:
                return self.process, port
            time.sleep(0.2)
        raise AssertionError("the Hub did not start")

    def __exit__(self, *exception: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        if self.process.stdout:
            self.process.stdout.close()


def stop(process: "subprocess.Popen[str]") -> str:
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0, said
    return said


def status_of(address: str) -> int | None:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return None


def processes_using(var: Path) -> list[str]:
    found = []
    for process in psutil.process_iter():
        try:
            words = process.cmdline()
            if str(var) in " ".join(words) or process.environ().get("HUB_VAR_DIR") == str(var):
                found.append(f"{process.pid} {words[:3]}")
        except psutil.Error:
            continue
    return found

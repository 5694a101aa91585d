"""The Hub as `make demo` starts it, and a real browser in front of it. One server for all browser tests."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
START_SECONDS = 240
expect.set_options(timeout=20_000)  # milliseconds: two workers and a browser share two slow cores

RUNS_COMMANDS = """
import contextlib, io, json, sys, traceback
import django
django.setup()
from django.core.management import call_command
for line in sys.stdin:
    (command, *words), typed = json.loads(line)
    said, mistake = io.StringIO(), ""
    try:
        with contextlib.redirect_stdout(said):
            call_command(command, *words, **({"command": typed} if command == "shell" else {}))
    except BaseException:
        mistake = traceback.format_exc()
    print(json.dumps([said.getvalue(), mistake]), flush=True)
"""


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
            if os.environ.get("HUB_NO_BROWSER") or CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="NO BROWSER: Chromium is not installed"))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ends with the last browser test: while it runs, this process has an event loop, and Django other connections."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    silent = ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*quiet, *silent])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own for each test."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def hub_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where that demo keeps its database, its files and its mail."""
    return tmp_path_factory.mktemp("hub") / "var"


@pytest.fixture(scope="package")
def mails(hub_var: Path) -> Path:
    """Where the demo puts its mails, one file each."""
    return hub_var / "mail"


def environment_of(hub_var: Path) -> dict[str, str]:
    """What a command needs to work on that demo and on nothing else."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "DJANGO_", "DATABASE_"))}
    return {**kept, "HUB_VAR_DIR": str(hub_var), "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="package")
def manage(hub: str, hub_var: Path) -> Iterator[Callable[..., str]]:
    """Runs a management command on that demo, with `typed` as its input, and returns what it said.

    One process runs them all: starting Django for each takes longer than the command.
    """
    words = [sys.executable, "-c", RUNS_COMMANDS]
    environment = environment_of(hub_var) | {"HUB_ADDRESS": hub, "DJANGO_SETTINGS_MODULE": "hub.settings"}
    process = subprocess.Popen(
        words, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout

    def run(*command: str, typed: str = "") -> str:
        assert process.stdin
        assert process.stdout
        process.stdin.write(json.dumps([command, typed]) + "\n")
        process.stdin.flush()
        said, mistake = json.loads(process.stdout.readline())
        assert not mistake, mistake
        return str(said)

    yield run
    process.communicate(timeout=30)  # closes its input, which ends it


@pytest.fixture(scope="package")
def hub(hub_var: Path) -> Iterator[str]:
    """The address of a demo that runs in a process and a folder of its own."""
    log = hub_var.parent / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "hub.local", "demo", "--port", _own_port()],
            cwd=ROOT,
            env=environment_of(hub_var),
            stdout=output,
            stderr=output,
        )
    try:
        yield _address(server, log)
    finally:
        server.terminate()
        server.wait(30)


def _own_port() -> str:
    """A port nobody listens on: two servers that look for one themselves at the same moment can take the same."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _address(server: "subprocess.Popen[bytes]", log: Path) -> str:
    import time
    import urllib.request

    for _ in range(START_SECONDS * 2):
        if server.poll() is not None:
            pytest.fail(f"The demo ended before it served:\n{log.read_text()}")
        found = re.search(r"http://(?:localhost|127\.0\.0\.1):\d+", log.read_text())
        if found:
            try:
                urllib.request.urlopen(found[0] + "/healthz", timeout=2)
            except OSError:
                pass
            else:
                return found[0]
        time.sleep(0.5)
    pytest.fail(f"The demo did not serve within {START_SECONDS} seconds:\n{log.read_text()}")

"""The Hub as `make demo` starts it, and a real browser in front of it. Each process of pytest has one server."""

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

from hub.demo.folders import FIRST
from tests.database import Server
from tests.demo_database import Demo, TemplateOf, copy_of_demo
from tests.e2e.cast import Cast, cast_of

ROOT = Path(__file__).parent.parent.parent
# the shell opens a window in a quarter of the time that a whole Chromium takes, and draws the same
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
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
            item.add_marker(pytest.mark.xdist_group(f"browser-{_which_demo(item) or item.path.stem}"))
            if os.environ.get("HUB_NO_BROWSER") or CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="NO BROWSER: Chromium is not installed"))


def _which_demo(item: pytest.Item) -> str | None:
    """The demo that a test asks for: those of another than the first stand together, so that it is started once."""
    asked: str | None = item.callspec.params.get("demo") if hasattr(item, "callspec") else None
    return asked


@pytest.fixture(scope="package")
def browser(demo: Demo) -> Iterator[Browser]:
    """Begins after the demo is there and ends with the last browser test of this process.

    While it runs, this process has an event loop, and Django other connections.
    """
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    silent = ["--disable-background-networking", "--disable-component-update", "--font-render-hinting=none"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*quiet, *silent])
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def windows_are_shut(request: pytest.FixtureRequest) -> Iterator[None]:
    """Those that a test opened: an editor that stays open goes on asking the server, and slows every later test."""
    browser = request.getfixturevalue("browser") if "browser" in request.fixturenames else None
    open_before = list(browser.contexts) if browser else []
    yield
    for context in list(browser.contexts) if browser else []:
        if context not in open_before:
            context.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of its own for each test."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="package")
def demo(
    request: pytest.FixtureRequest,
    database_server: Server,
    template_of: TemplateOf,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Demo]:
    """This process's own copy of the demo; browser tests that another process runs see nothing of it.

    The first one, unless a test asks for another (tests/e2e/cast.py).
    """
    which = getattr(request, "param", None) or FIRST
    var = tmp_path_factory.mktemp("hub") / "var"
    with copy_of_demo(database_server, template_of(which), var, which=which) as demo:
        yield demo


@pytest.fixture(scope="package")
def cast(demo: Demo) -> Cast:
    """Who plays which part in that demo, and where."""
    return cast_of(demo.which)


@pytest.fixture(scope="package")
def hub_var(demo: Demo) -> Path:
    """Where that demo keeps its files and its mail."""
    return demo.var


@pytest.fixture(scope="package")
def mails(demo: Demo) -> Path:
    """Where the demo puts its mails, one file each."""
    return demo.var / "mail"


@pytest.fixture(scope="package")
def manage(hub: str, demo: Demo) -> Iterator[Callable[..., str]]:
    """Runs a management command on that demo, with `typed` as its input, and returns what it said.

    One process runs them all: starting Django for each takes longer than the command.
    """
    words = [sys.executable, "-c", RUNS_COMMANDS]
    environment = demo.environment | {"HUB_ADDRESS": hub}
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
def hub(demo: Demo) -> Iterator[str]:
    """The address of that demo, which runs in processes of its own."""
    log = demo.var.parent / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "hub.local", "demo", "--port", _own_port()],
            cwd=ROOT,
            env=demo.environment,
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

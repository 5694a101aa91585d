"""Journey 8, from an empty Hub: somebody begins, names it, opens a partner, invites its lead; a page is public."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.database import Server
from tests.demo_database import PACKED, environment_of
from tests.e2e.conftest import ROOT, _address, _own_port

PASSWORD = "harbour-kettle-jotter"
MOST_CLICKS = 18  # two of them for the example


@dataclass
class Empty:
    address: str
    log: Path


@pytest.fixture
def empty_hub(
    browser: Browser, database_server: Server, migrated: str, demo_template: tuple[str, Path], tmp_path: Path
) -> Iterator[Empty]:
    """`make run` on a database in which nothing is, with the static files of the demo."""
    copy, log = database_server.copy(migrated), tmp_path / "log"
    environment = {**environment_of(copy, tmp_path / "var"), "HUB_STATIC_DIR": str(demo_template[1] / PACKED)}
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "hub.local", "run", "--port", _own_port()],
            cwd=ROOT, env=environment, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        yield Empty(_address(server, log), log)
    finally:
        server.terminate()
        server.wait(30)
        database_server.drop(copy)


class Clicks:
    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, what: Locator) -> None:
        what.click()
        self.count += 1

    def button(self, name: str) -> None:
        self.on(self.page.get_by_role("button", name=name, exact=True).first)

    def home(self) -> None:
        self.on(self.page.locator(".sidebar-custom-branding"))
        expect(self.page.get_by_role("heading", name="What to do first")).to_be_visible()


def fill(page: Page, **values: str) -> None:
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)


def test_from_make_run_to_a_first_public_page(page: Page, empty_hub: Empty) -> None:
    hub, clicks = empty_hub.address, Clicks(page)
    page.goto(re.findall(r"http://\S+/admin/begin/\S+", empty_hub.log.read_text())[0])
    fill(page, name="Ann Other", email="ann@hub.example", password=PASSWORD, again=PASSWORD)
    clicks.button("Begin")

    clicks.button("Name it")
    fill(page, name="Valley Together", place="the valley", email="hello@valley.example")
    clicks.button("Save")
    expect(page.locator(".messages")).to_contain_text("updated")
    clicks.home()

    clicks.button("Open a partner")
    fill(page, name="Hill Street Kitchen", short_name="Hill Street", slug="hill-street", summary="Soup on a Tuesday.")
    clicks.on(page.locator("[name=strand][value=kelp]"))
    clicks.button("Open a partner")
    expect(page.locator(".messages")).to_contain_text("Hill Street Kitchen is open")
    clicks.home()

    clicks.button("Invite")
    fill(page, email="lead@hill.example")
    clicks.on(page.get_by_label("Lead", exact=False).first)
    clicks.on(page.locator("form [type=submit]").last)
    expect(page.locator(".messages")).to_contain_text("lead@hill.example")
    clicks.home()
    expect(page.locator(".morning__done")).to_have_count(3)

    clicks.button("Show me an example")
    expect(page.get_by_role("heading", name="An example: who sits where")).to_be_visible()
    page.goto(hub + "/admin/")
    clicks.button("Take the example out")
    expect(page.locator(".messages")).to_contain_text("The example is gone")

    clicks.button("Write a module")
    page.locator("[name=title]").fill("Knocking first")
    clicks.on(page.get_by_role("button", name="Insert a block").first)
    clicks.on(page.get_by_role("option", name="Text"))
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Wait for the door to open.")
    page.wait_for_timeout(500)  # the editor hands over what was typed a quarter of a second later
    clicks.button("Publish")
    expect(page.locator(".messages")).to_contain_text("published")

    page.context.clear_cookies()
    page.goto(hub + "/toolkit/knocking-first/")
    expect(page.locator("main")).to_contain_text("Wait for the door to open.")
    expect(page).to_have_title("Knocking first – Valley Together")
    assert clicks.count <= MOST_CLICKS, clicks.count

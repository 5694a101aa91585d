"""Journey 6: find an activity, put it into a pack with a story, take it away; and the pack says when it is old.

All of it on a phone without JavaScript; the pages are looked at with axe afterwards.
"""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.e2e.looking import Phone, no_barriers
from tests.surfaces import text_of

STORY = "Sunday dinners"
WITHDRAW = """
from hub.stories.models import StoryPage
from hub.stories.withdrawal.stopping import withdraw
withdraw(StoryPage.objects.get(title={title!r}).participations.filter(consent_needed=True).first())
"""


def taken(page: Page, button: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path())


def add(page: Page, what: str) -> None:
    """Opens the fold that this is in, and presses it."""
    button = page.locator(".pack__offers button", has_text=what)
    page.locator(".fold", has=button).locator("summary").click()
    button.click()


def test_a_pack_is_made_taken_away_and_asked_about(browser: Browser, hub: str, manage: Callable[..., str]) -> None:
    phone = Phone(browser, hub, java_script=False)
    page = phone.page
    page.goto(f"{hub}/search/?q=20 minutes, 8 people, language")
    page.get_by_role("link", name="Label swap").first.click()
    page.get_by_role("link", name="Add to a pack").click()
    expect(page.locator(".pack__title")).to_have_text(["Label swap"])
    add(page, "Module: Words and labels")
    add(page, f"Story: {STORY}")
    page.get_by_role("button", name="Up: Words and labels").click()
    expect(page.locator(".pack__title")).to_have_text(["Words and labels", "Label swap", STORY])
    page.get_by_label("A title of your own").fill("Tuesday #1 *group*")
    page.get_by_label("The day of your session").fill("1/12/2026")
    page.get_by_label("How many copies").fill("8")
    page.get_by_role("button", name="Up: Label swap").click()
    expect(page.get_by_label("A title of your own")).to_have_value("Tuesday #1 *group*")
    expect(page.get_by_label("How many copies")).to_have_value("8")
    phone.look()

    text = text_of(taken(page, "PDF to print").read_bytes())
    for said in ("Tuesday #1 *group*", "1 December 2026", STORY, "Cards to cut out", "Is this pack still current?"):
        assert said in text
    html = taken(page, "One file for any browser").read_text()
    assert STORY in html
    found = re.search(r"Pack ([A-Z0-9]{4}-[A-Z0-9]{4}), made", text)
    assert found
    page.goto(f"{hub}/pack/")
    page.get_by_label("The code on your pack").fill(found[1].lower().replace("-", ""))
    page.get_by_role("button", name="Is it still current?").click()
    expect(page.locator("h1")).to_have_text("Yes, this pack is still current")

    manage("shell", typed=WITHDRAW.format(title=STORY))
    page.reload()
    expect(page.locator("h1")).to_have_text("Not all of this pack is current")
    expect(page.locator("main")).to_contain_text("Take out")
    expect(page.locator("main")).not_to_contain_text(STORY)
    phone.look()


def test_the_pages_of_a_pack_have_no_barrier(browser: Browser, hub: str, tmp_path: Path) -> None:
    phone = Phone(browser, hub)
    page = phone.page
    for address in ("/pack/", "/pack/?items=1&signed=x", "/pack/AAAA-AAAA/", "/toolkit/words-and-labels/label-swap/"):
        page.goto(hub + address)
        no_barriers(page)
    page.get_by_role("link", name="Add to a pack").click()
    phone.look()
    file = tmp_path / "pack.html"
    file.write_bytes(taken(page, "One file for any browser").read_bytes())
    page.get_by_label("A title of your own").evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label("A title of your own").fill("x" * 200)
    page.get_by_role("button", name="PDF to print").click()
    expect(page.get_by_role("alert")).to_contain_text("There is room for 120")
    phone.look()
    page.goto(file.as_uri())
    expect(page.locator("h1")).to_have_text("Activity pack")
    no_barriers(page)
    page.goto(hub + "/toolkit/words-and-labels/label-swap/")
    page.get_by_role("link", name="Add to a pack").click()
    page.locator(".pack__title a").click()
    page.locator(".crumbs a", has_text="Words and labels").click()
    page.locator(".crumbs a", has_text="Learn").click()
    page.get_by_role("link", name="Words and labels").first.click()
    page.get_by_role("link", name="Add to a pack").click()
    expect(page.locator(".pack__title")).to_have_text(["Label swap", "Words and labels"])  # three pages on, still known

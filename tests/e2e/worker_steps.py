"""What a worker does on the way to a story: writes it, adds its people, asks them, notes what they said."""

import io
import re
import tomllib
from dataclasses import dataclass
from datetime import datetime

import pypdf
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from hub.demo.people import SignIn
from tests.e2e.conftest import ROOT
from tests.e2e.test_staff import sign_in
from tests.e2e.time_steps import Manage, days_to_think_pass, was_written_long_ago

WORDINGS = ROOT / "hub/stories/consent/wordings.toml"
THE_WORDS = "They put the kettle on before they asked me anything."
SIGNED_IN: dict[tuple[str, str], StorageState] = {}
EDITOR_HANDS_OVER = 500  # milliseconds until what was typed is in the form


@dataclass(frozen=True)
class Asked:
    """What stands on the sheet and the card."""

    address: str
    code: str


def signed_in(browser: Browser, hub: str, who: SignIn) -> Page:
    """A window of their own, in which `who` is signed in. Signs in once, and stays signed in for later windows."""
    page = browser.new_context(storage_state=SIGNED_IN.get((hub, who.username))).new_page()
    page.goto(hub + "/admin/")
    if "/login/" in page.url:
        sign_in(page, hub, who)
        SIGNED_IN[hub, who.username] = page.context.storage_state()
    return page


def open_a_new_story(page: Page, hub: str) -> None:
    page.goto(hub + "/admin/pages/")
    section = page.locator("a[href*='/add_subpage/']").first.get_attribute("href") or ""
    page.goto(f"{hub}/admin/pages/add/stories/storypage/{re.findall(r'[0-9]+', section)[0]}/")


def write_a_story(page: Page, hub: str, title: str) -> str:
    """Saves a draft, and returns its number."""
    open_a_new_story(page, hub)
    return fill_it_in(page, title)


def gather_and_ask(page: Page, hub: str, title: str, uses: list[str]) -> tuple[str, Asked]:
    """From her first screen to the sheet and card for the first person; nothing but what she would click."""
    page.goto(hub + "/admin/")
    page.get_by_role("link", name="Start a story").click()
    number = fill_it_in(page, title)
    page.locator("main").get_by_role("link", name="People and consent").first.click()
    expect(page.locator("main")).to_contain_text("nobody is in it yet. Add the people next")
    page.get_by_label("Age", exact=True).select_option("18 or over")
    page.get_by_role("button", name="Add and ask by link or card").click()
    asked = make_the_link(page, uses)
    assert pages_on_paper(page) == 2
    return number, asked


def fill_it_in(page: Page, title: str) -> str:
    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill("About being asked in.")
    page.locator("[name=told_by]").fill("a grandmother")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text").click()
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type(THE_WORDS)
    save(page)
    return str(re.findall(r"/pages/(\d+)/edit/", page.url)[0])


def save(page: Page) -> None:
    page.wait_for_timeout(EDITOR_HANDS_OVER)
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(page.locator(".messages")).to_contain_text(re.compile("has been updated|created"))


def end_with(page: Page, hub: str, number: str, words: str, *, without: str = "") -> None:
    """Takes `without` from the end of the text, types `words` there, and saves the draft."""
    page.goto(f"{hub}/admin/pages/{number}/edit/")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.press("Control+End")
    for _ in without:
        page.keyboard.press("Backspace")
    page.keyboard.type(words)
    save(page)


def people_of(page: Page, hub: str, number: str) -> None:
    page.goto(f"{hub}/admin/stories/{number}/people/")


def add_somebody(page: Page, hub: str, number: str, *, age: str = "18 or over", asked_again_on: str = "") -> None:
    people_of(page, hub, number)
    page.get_by_label("Age", exact=True).select_option(age)
    if asked_again_on:
        day = page.get_by_label(re.compile("^The day they turn"))
        put_the_calendar_away(page, day)
        day.fill(asked_again_on)
    page.get_by_role("button", name="Add this person").click()
    expect(page.locator(".messages")).to_contain_text("is in the story")


def put_the_calendar_away(page: Page, box: Locator) -> None:
    """It opens when the box is pressed, goes at Escape, comes when the box is pressed again, goes when she types."""
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    box.click()
    expect(calendar).to_have_count(1)
    page.keyboard.press("Escape")
    expect(calendar).to_have_count(0)
    box.click()
    expect(calendar).to_have_count(1)
    page.keyboard.type("1")
    expect(calendar).to_have_count(0)


def ask(page: Page, hub: str, number: str, uses: list[str], *, place: int = 0) -> Asked:
    """Asks whoever stands at `place` about `uses`, and reads the address and the code from the sheet."""
    people_of(page, hub, number)
    page.get_by_role("link", name="Ask by link or card").nth(place).click()
    return make_the_link(page, uses)


def make_the_link(page: Page, uses: list[str]) -> Asked:
    """The form with the uses, and what stands on the page it makes."""
    expect(page.locator("input[type=checkbox]:checked")).to_have_count(0)
    if not page.get_by_label("The person").is_checked():  # a child's guardian is asked too
        page.get_by_label("The person").check()
    for use in uses:
        page.get_by_label(use).check()
    page.get_by_role("button", name="Make the link and the card").click()
    return Asked(page.locator("#address").input_value(), page.locator(".sheet__code").inner_text())


def pages_on_paper(page: Page) -> int:
    """Of the sheet and card on the screen, with the words that take most lines: each is to be one."""
    words = tomllib.loads(WORDINGS.read_text())["texts"]["easy_read"].split("\n\n")
    lines = "(box, all) => { box.innerHTML = all.map(words => `<p>${words}</p>`).join(''); }"
    page.locator(".sheet__words").evaluate(lines, words)
    return len(pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)


def hand_in(page: Page, hub: str, number: str) -> None:
    """The one button that stands on the screen of its people when everybody has agreed."""
    people_of(page, hub, number)
    page.get_by_role("button", name="Hand it in").click()
    expect(page.locator(".messages")).to_contain_text("Handed in")


def note_a_yes(
    page: Page,
    hub: str,
    number: str,
    said_at: datetime,
    uses: list[str],
    *,
    manage: Manage,
    place: int = 0,
    who: str = "The person",
) -> None:
    """Notes that whoever stands at `place` said yes on paper, to words that were there then; the days to think pass."""
    was_written_long_ago(manage, number)
    people_of(page, hub, number)
    page.get_by_role("link", name="Note an answer").nth(place).click()
    expect(page.locator("main")).to_contain_text(re.compile(r"What to read out first: .+, version \d"))
    page.get_by_label(who).check()
    page.get_by_label("On paper").check()
    page.get_by_label("When they said it").fill(said_at.strftime("%d/%m/%Y 12:30"))
    page.keyboard.press("Tab")  # the calendar closes
    for use in uses:
        page.get_by_label(use).select_option("Yes")
    page.get_by_role("button", name="Keep these answers").click()
    expect(page.locator(".messages")).to_contain_text("are noted")
    days_to_think_pass(manage, number)

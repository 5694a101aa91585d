"""What all partners share: proposed by one partner's editor, read as a difference and approved by another's.

Two who edit at once lose nothing.
"""

import re

from playwright.sync_api import Browser, Page, expect

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e.looking import accessible
from tests.e2e.worker_steps import save, signed_in

OF_FIRST = next(who for who in DEMO_SIGN_INS if who.username == "toolkit-editor")
OF_CARF = next(who for who in DEMO_SIGN_INS if who.username == "toolkit-editor-carf")
MODULE = "Words and labels"
ADDRESS = "/toolkit/words-and-labels/"


def open_module(page: Page, hub: str) -> str:
    """As an editor finds it: from her first screen. Returns its address in the editor."""
    page.goto(hub + "/admin/")
    page.get_by_role("link", name="Modules and activities of the toolkit").click()
    page.locator("main td").get_by_role("link", name=MODULE, exact=True).click()
    expect(page.locator("[name=title]")).to_have_value(MODULE)
    return page.url


def test_one_proposes_another_reads_the_difference_and_approves(browser: Browser, hub: str) -> None:
    proposer, approver = signed_in(browser, hub, OF_FIRST), signed_in(browser, hub, OF_CARF)
    open_module(proposer, hub)
    summary = proposer.locator("[name=summary]")
    before = summary.input_value()
    summary.fill(before + " Ask what somebody would like to be called.")
    expect(proposer.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    proposer.get_by_role("button", name=re.compile("^Submit")).click()
    expect(proposer.locator(".messages")).to_contain_text("submitted for moderation")

    reader = browser.new_context().new_page()
    reader.goto(hub + ADDRESS)
    expect(reader.locator("main")).not_to_contain_text("would like to be called")

    approver.goto(hub + "/admin/")
    expect(approver.locator("main")).to_contain_text("Waiting for you to approve")
    accessible(approver)
    approver.get_by_role("link", name="Read what changed").first.click()
    expect(approver.locator(".comparison .addition")).to_contain_text("would like to be called")
    approver.goto(hub + "/admin/")
    approver.locator("#pages-desk ~ ul").first.get_by_role("link", name=MODULE).click()
    approver.get_by_role("button", name=re.compile("^Approve and publish", re.IGNORECASE)).first.click()
    expect(approver.locator(".messages")).to_contain_text("has been updated")

    reader.reload()
    expect(reader.locator("main")).to_contain_text("would like to be called")


def test_two_edit_at_once_and_neither_loses_a_word(browser: Browser, hub: str) -> None:
    one, other = signed_in(browser, hub, OF_FIRST), signed_in(browser, hub, OF_CARF)
    address = open_module(one, hub)
    other.goto(address)
    one.locator("[name=summary]").fill("What one of them wrote.")
    other.locator("[name=summary]").fill("What the other wrote.")
    nothing_is_sent_while_the_line_is_dead(one)
    save(one)
    other.wait_for_timeout(500)
    other.get_by_role("button", name="Save draft").click()
    expect(other.locator("main")).to_contain_text("Somebody else has saved this page since you opened it")
    expect(other.locator("[name=summary]")).to_have_value("What the other wrote.")
    save(other)
    other.goto(address.replace("/edit/", "/history/"))
    versions = other.locator("main tbody")
    expect(versions).to_contain_text("Toolkit editor of CARF")
    expect(versions).to_contain_text(re.compile("Toolkit editor(?! of)"))


def nothing_is_sent_while_the_line_is_dead(page: Page) -> None:
    """And the button can be pressed again as soon as it is not."""
    button = page.get_by_role("button", name="Save draft")
    page.context.set_offline(True)
    button.click()
    expect(page.locator(".messages")).to_contain_text("Nothing was sent, and nothing is lost")
    expect(button).to_be_enabled()
    page.context.set_offline(False)
    expect(page.locator(".messages")).to_contain_text("You are connected again")

"""Staff sign in to the demo and see what is theirs."""

import re

import pytest
from playwright.sync_api import Page, expect

from hub.demo.people import DEMO_SIGN_INS, SignIn
from tests.e2e.cast import Cast, in_each_demo
from tests.e2e.looking import accessible, at_most

MOST_CLICKS = 8  # from her first screen to guidance that everybody reads


def sign_in(page: Page, hub: str, who: SignIn) -> None:
    page.goto(hub + "/admin/")
    page.get_by_label("Username").fill(who.username)
    page.get_by_label("Password").fill(who.password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{hub}/admin/")


@pytest.mark.parametrize("who", DEMO_SIGN_INS, ids=lambda who: who.username)
def test_every_printed_sign_in_works(page: Page, hub: str, who: SignIn) -> None:
    sign_in(page, hub, who)
    expect(page.locator("h1").first).to_be_visible()


def test_an_author_lands_in_her_own_section(page: Page, hub: str) -> None:
    sign_in(page, hub, DEMO_SIGN_INS[0])
    page.goto(hub + "/admin/pages/")
    expect(page).to_have_title(re.compile("Clued Up"))
    expect(page.locator("main")).not_to_contain_text("Fife Gingerbread")


@in_each_demo
def test_an_author_writes_guidance_and_publishes_it_herself(page: Page, hub: str, cast: Cast) -> None:
    """Journey 1: written with a help-lines block, linked to a module, public in the section and under the module."""
    sign_in(page, hub, cast.author)
    expect(page.get_by_role("link", name="Start a story")).to_be_visible()
    with at_most(MOST_CLICKS, page):
        write_and_publish(page, cast.module)

    page.context.clear_cookies()
    page.goto(hub + cast.section)
    page.get_by_role("link", name="When somebody comes in cold").click()
    expect(page.locator("main")).to_contain_text("Put the kettle on.")
    page.goto(hub + cast.module_address)
    expect(page.locator("main")).to_contain_text("When somebody comes in cold")


def write_and_publish(page: Page, module: str) -> None:
    """From her first screen to a page that everybody reads."""
    page.get_by_role("link", name="Write guidance").click()
    page.locator("[name=title]").fill("When somebody comes in cold")
    page.locator("[name=summary]").fill("A warm drink first, and the form afterwards.")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text").click()
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Say hello. Put the kettle on.")
    page.wait_for_timeout(500)  # the editor hands over what was typed a quarter of a second later
    page.get_by_label(module).check()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")


def test_our_own_parts_of_the_first_screens_can_be_used_by_everyone(page: Page, hub: str) -> None:
    sign_in(page, hub, DEMO_SIGN_INS[0])
    for address in ("/admin/", "/admin/guidance/check/", "/admin/guidance/bring-in/"):
        page.goto(hub + address)
        accessible(page)

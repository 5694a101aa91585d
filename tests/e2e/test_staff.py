"""Staff sign in to the demo and see what is theirs."""

import re

import pytest
from playwright.sync_api import Page, expect

from hub.demo.people import DEMO_SIGN_INS, SignIn


def sign_in(page: Page, hub: str, who: SignIn) -> None:
    page.goto(hub + "/admin/")
    page.get_by_label("Username").fill(who.username)
    page.get_by_label("Password").fill(who.password)
    page.get_by_role("button", name="Sign in").click()
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

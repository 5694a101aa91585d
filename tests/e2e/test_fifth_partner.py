"""Journey 8: a fifth partner is opened, its lead signs in and publishes guidance, and it is closed again."""

import re

from playwright.sync_api import Page, expect

from hub.demo.people import DEMO_SIGN_INS, PASSWORD, SignIn
from tests.e2e.test_staff import sign_in

ADMINISTRATOR = next(who for who in DEMO_SIGN_INS if who.is_superuser)
LEAD = SignIn("Kelty lead", "kelty-lead", PASSWORD)
ABOUT = {"name": "Kelty Kitchen", "short_name": "Kelty", "slug": "kelty", "summary": "Soup on a Tuesday."}


def make_a_lead(page: Page, hub: str) -> None:
    page.goto(hub + "/admin/users/new/")
    for name, value in {"username": LEAD.username, "email": "lead@hub.example"}.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=first_name]").fill("Kim")
    page.locator("[name=last_name]").fill("Lead")
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=password2]").fill(PASSWORD)
    page.get_by_role("tab", name="Roles").first.click()
    page.get_by_label("Kelty: leads").check()
    page.get_by_role("button", name="Create").click()
    expect(page.locator(".messages")).to_contain_text("created")


def write_guidance(page: Page, hub: str) -> None:
    page.goto(hub + "/admin/pages/")
    section = page.locator("a[href*='/add_subpage/']").first.get_attribute("href") or ""
    page.goto(f"{hub}/admin/pages/add/pages/guidancepage/{re.findall(r'[0-9]+', section)[0]}/")
    page.locator("[name=title]").fill("Soup comes first")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text").click()
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Then the form.")
    page.wait_for_timeout(500)  # the editor hands over what was typed a quarter of a second later
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")


def test_a_fifth_partner_is_opened_publishes_and_is_closed(page: Page, hub: str) -> None:
    sign_in(page, hub, ADMINISTRATOR)
    page.goto(hub + "/admin/partners/open/")
    for name, value in ABOUT.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=strand][value=haar]").check()
    page.get_by_role("button", name="Open a partner").click()
    expect(page.locator(".messages")).to_contain_text("Kelty Kitchen is open")
    make_a_lead(page, hub)

    page.context.clear_cookies()
    sign_in(page, hub, LEAD)
    write_guidance(page, hub)
    page.context.clear_cookies()
    page.goto(hub + "/partners/kelty/soup-comes-first/")
    expect(page.locator("main")).to_contain_text("Then the form.")
    expect(page.locator(".masthead .plait__s6").first).to_be_attached()

    sign_in(page, hub, ADMINISTRATOR)
    page.goto(hub + "/admin/partners/")
    page.get_by_role("link", name="Close Kelty").click()
    page.get_by_role("button", name="Close Kelty").click()
    expect(page.locator(".messages")).to_contain_text("Kelty Kitchen is closed")
    for address in ("/partners/kelty/", "/partners/kelty/soup-comes-first/"):
        assert (page.request.get(hub + address)).status == 404

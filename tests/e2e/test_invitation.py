"""A lead invites a colleague, who joins with her phone; then her access ends, and her next click is outside."""

import os
import re
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e.looking import accessible, no_barriers_in_our_part
from tests.e2e.test_staff import sign_in

LEAD = next(who for who in DEMO_SIGN_INS if who.username == "clued-up-lead")
ADDRESS = "kim.baird@clued-up.example"
WORDS = "kettle-harbour-jotter-7"
PHONE = {"width": 320, "height": 700}


def link_in_the_mail(mails: Path, hub: str) -> str:
    """The address in the latest mail to her, at the demo's own address."""
    for _ in range(40):
        sent = [file for file in sorted(mails.glob("*.log"), key=os.path.getmtime) if ADDRESS in file.read_text()]
        if sent:
            found = re.search(r"/join/[\w-]+/", sent[-1].read_text())
            assert found
            return hub + found[0]
        time.sleep(0.25)
    raise AssertionError("No mail has been written.")


def invite(page: Page) -> None:
    """The lead asks a colleague in; a slip of the finger is noticed."""
    page.get_by_role("link", name="Colleagues").click()
    page.get_by_role("link", name="Invite a colleague").click()
    page.get_by_label("e-mail address").fill("kim.baird@gmial.com")
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator("main")).to_contain_text("Did you mean kim.baird@gmail.com?")
    no_barriers_in_our_part(page)
    page.get_by_label("e-mail address").fill(ADDRESS)
    page.get_by_role("button", name="Send the link").click()
    expect(page.locator(".messages")).to_contain_text(f"A link is on its way to {ADDRESS}")
    accessible(page)


def write(page: Page, name: str, password: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("A password").fill(password)
    page.get_by_label("The same password again").fill(password)
    page.get_by_role("button", name="Join Clued Up").click()


def end_her_access(page: Page, hub: str) -> None:
    page.goto(hub + "/admin/colleagues/")
    page.get_by_role("link", name="Roles and access of Kim Baird").click()
    end = page.get_by_role("link", name="End the access of Kim Baird")
    expect(end).to_be_visible()
    no_barriers_in_our_part(page)
    end.click()
    sure = page.get_by_role("button", name="End the access of Kim Baird")
    expect(sure).to_be_visible()
    no_barriers_in_our_part(page)
    sure.click()
    expect(page.locator(".messages")).to_contain_text("Kim Baird has no access to Clued Up")
    page.get_by_role("link", name="What happened").click()
    expect(page.locator("main")).to_contain_text("Kim Baird")


def test_a_lead_invites_a_colleague_and_later_ends_her_access(
    browser: Browser, page: Page, hub: str, mails: Path
) -> None:
    sign_in(page, hub, LEAD)
    invite(page)
    link = link_in_the_mail(mails, hub)
    phone = browser.new_context(viewport=PHONE, bypass_csp=True)  # type: ignore[arg-type]
    hers = phone.new_page()
    hers.goto(link)
    assert phone.cookies() == []
    no_barriers_in_our_part(hers)
    write(hers, "Kim Baird", "short")
    expect(hers.get_by_role("alert")).to_contain_text("at least 12 characters")
    expect(hers.get_by_label("Your name")).to_have_value("Kim Baird")
    no_barriers_in_our_part(hers)
    write(hers, "Kim Baird", WORDS)
    hers.wait_for_url(f"{hub}/admin/")
    hers.goto(hub + "/admin/pages/")
    expect(hers).to_have_title(re.compile("Clued Up"))
    expect(hers.locator("main")).not_to_contain_text("Fife Gingerbread")
    hers.goto(hub + "/admin/")

    end_her_access(page, hub)
    hers.get_by_role("link", name="Write guidance").click()
    hers.wait_for_url("**/admin/login/**")
    expect(hers.get_by_role("button", name="Sign in", exact=True)).to_be_visible()
    phone.close()


def test_she_can_join_without_javascript(browser: Browser, page: Page, hub: str, mails: Path) -> None:
    sign_in(page, hub, LEAD)
    invite(page)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    hers = context.new_page()
    hers.goto(link_in_the_mail(mails, hub))
    write(hers, "Kim Baird", WORDS)
    hers.wait_for_url(f"{hub}/admin/")
    context.close()

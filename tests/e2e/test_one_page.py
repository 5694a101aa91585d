"""Wagtail saves by itself half a second after somebody typed. Whoever presses the button just then gets one page."""

import re

from playwright.sync_api import Browser, expect

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e import worker_steps

JUST_THEN = (400, 450, 480, 510, 560)  # milliseconds after the last key


def test_saving_while_wagtail_saves_makes_one_page(browser: Browser, hub: str) -> None:
    page = worker_steps.signed_in(browser, hub, DEMO_SIGN_INS[0])
    for pause in JUST_THEN:
        title = f"The coat at {pause}"
        worker_steps.open_a_new_story(page, hub)
        page.wait_for_timeout(2_200)  # from then on Wagtail notices what is typed
        page.locator("[name=told_by]").fill("a grandmother")
        page.locator("[name=title]").press_sequentially(title)
        page.wait_for_timeout(pause)
        page.get_by_role("button", name="Save draft").click()
        page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
        expect(page.locator(".messages")).to_contain_text(re.compile("has been updated|created"))
        expect(page.locator("[name=title]")).to_have_value(title)
        page.goto(f"{hub}/admin/pages/search/?q=coat")
        expect(page.get_by_role("link", name=title, exact=True)).to_have_count(1)

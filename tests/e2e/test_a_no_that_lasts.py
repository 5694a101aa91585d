"""A tired worker makes honest mistakes in the browser: each gets a sentence, loses nothing typed, lights nothing."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e import family_steps, moderator_steps, worker_steps
from tests.e2e.looking import Phone, accessible
from tests.e2e.time_steps import Manage
from tests.stories.consent.test_evidence import photo

AUTHOR, _, _, MODERATOR = DEMO_SIGN_INS[:4]
ADMINISTRATOR = next(who for who in DEMO_SIGN_INS if who.is_superuser)
WEBSITE = "Read on this website"
SCOTLAND = ZoneInfo("Europe/London")


def typed(page: Page, said_at: datetime) -> None:
    page.get_by_label("The person").check()
    page.get_by_label("On paper").check()
    page.get_by_label("When they said it").fill(said_at.strftime("%d/%m/%Y %H:%M:%S"))
    page.get_by_label(WEBSITE).select_option("Yes")
    page.get_by_role("button", name="Keep these answers").click()


def test_a_paper_yes_after_a_no_and_a_story_taken_off(
    browser: Browser, hub: str, manage: Manage, tmp_path: Path
) -> None:
    worker = worker_steps.signed_in(browser, hub, AUTHOR)
    number = worker_steps.write_a_story(worker, hub, "The green bench")
    worker_steps.add_somebody(worker, hub, number)
    now = datetime.now(SCOTLAND)
    worker_steps.note_a_yes(worker, hub, number, now - timedelta(days=40), [WEBSITE], manage=manage)
    moderator = worker_steps.signed_in(browser, hub, MODERATOR)
    worker_steps.hand_in(worker, hub, number)
    moderator_steps.approve(moderator, number)
    reader = browser.new_context().new_page()
    reader.goto(hub + "/stories/")
    story = reader.get_by_role("link", name="The green bench").get_attribute("href") or ""
    assert reader.request.get(hub + story).status == 200

    administrator = worker_steps.signed_in(browser, hub, ADMINISTRATOR)
    administrator.goto(f"{hub}/admin/pages/{number}/unpublish/")
    administrator.get_by_role("button", name="unpublish").click()
    manage("tick")
    assert reader.request.get(hub + story).status == 404, "no job shows what somebody took off"
    worker_steps.people_of(worker, hub, number)
    worker.get_by_role("button", name="Show it again").click()
    assert reader.request.get(hub + story).status == 200

    phone = Phone(browser, hub)
    family_steps.open_with_code(phone, hub, worker_steps.ask(worker, hub, number, [WEBSITE]).code)
    family_steps.do(phone, "Take it down", "Yes, take it down")
    worker_steps.people_of(worker, hub, number)
    worker.get_by_role("link", name="Note an answer").click()
    typed(worker, now - timedelta(days=3))
    expect(worker.locator("main")).to_contain_text("they said to stop. What was said last counts")
    expect(worker.get_by_label("On paper")).to_be_checked()
    expect(worker.get_by_label(WEBSITE)).to_have_value("given")
    accessible(worker)
    worker.wait_for_timeout(1000)  # a later second than theirs
    typed(worker, datetime.now(SCOTLAND))
    expect(worker.locator("main")).to_contain_text("when you add what shows it and somebody from another partner")
    expect(worker.get_by_label("On paper")).to_be_checked()
    sheet = tmp_path / "sheet.jpg"
    sheet.write_bytes(photo())
    worker.get_by_label("What shows it").set_input_files(sheet)
    typed(worker, datetime.now(SCOTLAND))
    expect(worker.locator(".messages")).to_contain_text("are noted")
    expect(worker.locator("main")).to_contain_text("Somebody from another partner has to see what shows this yes")
    manage("tick")
    assert reader.request.get(hub + story).status == 404
    moderator.goto(hub + "/admin/")
    moderator.get_by_role("link", name="has a yes after a no to confirm").click()
    moderator.get_by_role("link", name="The green bench", exact=True).click()
    accessible(moderator)
    moderator.get_by_role("button", name="I have looked at it").click()
    expect(moderator.locator(".messages")).to_be_visible()

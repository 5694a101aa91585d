"""Journey 5: partners are told 90 and 30 days before; at the moment itself it goes dark, and no job has run."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from playwright.sync_api import Browser, expect

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e import family_steps, moderator_steps, worker_steps
from tests.e2e.looking import Phone, accessible
from tests.e2e.time_steps import Manage, both_end_in

AUTHOR, _, _, MODERATOR = DEMO_SIGN_INS[:4]
WEBSITE = ["Read on this website"]
LASTS = timedelta(days=730)
SECONDS = 12  # long enough to read two pages once more


def days_ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def mails(hub_var: Path) -> str:
    """Every mail of the demo so far, as text."""
    files = sorted((hub_var / "mail").glob("*")) if (hub_var / "mail").exists() else []
    return "\n".join(str(message_from_bytes(file.read_bytes()).get_payload()) for file in files)


def test_a_yes_that_is_about_to_end_is_asked_for_again_and_the_story_stays(
    browser: Browser, hub: str, hub_var: Path, manage: Manage
) -> None:
    worker = worker_steps.signed_in(browser, hub, AUTHOR)
    number = worker_steps.write_a_story(worker, hub, "The long table")
    worker_steps.add_somebody(worker, hub, number)
    worker_steps.note_a_yes(worker, hub, number, days_ago(LASTS.days - 23), WEBSITE, manage=manage)
    worker_steps.hand_in(worker, hub, number)
    moderator_steps.approve(worker_steps.signed_in(browser, hub, MODERATOR), number)
    worker_steps.people_of(worker, hub, number)
    expect(worker.locator("main")).to_contain_text("Shown to everyone, until")

    later = worker_steps.write_a_story(worker, hub, "The short table")
    worker_steps.add_somebody(worker, hub, later)
    worker_steps.note_a_yes(worker, hub, later, days_ago(LASTS.days - 80), WEBSITE, manage=manage)
    manage("tick")
    told = mails(hub_var)
    assert f"story {number}" in told.lower()
    assert f"story {later}" in told.lower()
    assert "table" not in told
    manage("tick")
    assert mails(hub_var) == told, "nobody is told twice"

    worker.goto(hub + "/admin/stories/consents/")
    worker.locator("select[name=due]").select_option("30")
    worker.get_by_role("button", name="Show").click()
    expect(worker.locator("main")).to_contain_text(f"{number}, Clued Up")
    expect(worker.locator("main")).not_to_contain_text(f"{later}, Clued Up")
    asked = worker_steps.ask(worker, hub, number, WEBSITE)
    phone = Phone(browser, hub)
    phone.page.goto(asked.address)
    family_steps.read(phone)
    family_steps.answer(phone, ["No name", "Yes", "No"])
    expect(phone.page.locator("main")).to_contain_text(re.compile(r"Wording: Adult, version \d"))
    worker.goto(hub + "/admin/stories/consents/?due=30")
    expect(worker.locator("main")).not_to_contain_text(f"{number}, Clued Up")
    phone.page.goto(hub + "/stories/")
    expect(phone.page.locator("main")).to_contain_text("The long table")


def test_a_yes_ends_and_a_child_turns_twelve_and_no_job_has_run(browser: Browser, hub: str, manage: Manage) -> None:
    worker = worker_steps.signed_in(browser, hub, AUTHOR)
    moderator = worker_steps.signed_in(browser, hub, MODERATOR)
    ends = worker_steps.write_a_story(worker, hub, "The old bus")
    worker_steps.add_somebody(worker, hub, ends)
    worker_steps.note_a_yes(worker, hub, ends, days_ago(40), WEBSITE, manage=manage)
    worker_steps.hand_in(worker, hub, ends)
    moderator_steps.approve(moderator, ends)
    grows = worker_steps.write_a_story(worker, hub, "The new scooter")
    birthday = (datetime.now(UTC) + timedelta(days=300)).date().isoformat()
    worker_steps.add_somebody(worker, hub, grows, age="Under 12", asked_again_on=birthday)
    worker_steps.note_a_yes(worker, hub, grows, days_ago(40), WEBSITE, manage=manage)
    worker_steps.people_of(worker, hub, grows)
    expect(worker.locator("main")).to_contain_text("Still to say yes: the parent or guardian.")
    worker_steps.note_a_yes(worker, hub, grows, days_ago(40), WEBSITE, who="A parent or guardian", manage=manage)
    worker_steps.hand_in(worker, hub, grows)
    moderator_steps.approve(moderator, grows)

    reader = browser.new_context().new_page()
    reader.goto(hub + "/stories/")
    addresses = [
        reader.get_by_role("link", name=one).get_attribute("href") for one in ("The old bus", "The new scooter")
    ]
    both_end_in(manage, SECONDS, yes_ends=ends, turns_twelve=grows)
    assert [reader.request.get(f"{hub}{one}").status for one in addresses] == [200, 200]
    reader.wait_for_timeout(SECONDS * 1000)
    assert [reader.request.get(f"{hub}{one}").status for one in addresses] == [404, 404]
    reader.goto(hub + "/stories/")
    expect(reader.locator("main")).not_to_contain_text("The old bus")
    expect(reader.locator("main")).not_to_contain_text("The new scooter")

    worker_steps.people_of(worker, hub, ends)
    expect(worker.locator("main")).to_contain_text("Their yes ran out on")
    worker_steps.people_of(worker, hub, grows)
    expect(worker.locator("main")).to_contain_text("at which they must be asked again.")
    worker.get_by_role("link", name="How to reach them").click()
    accessible(worker)
    worker.get_by_label("Age", exact=True).select_option("12 to 15")
    worker.get_by_label("The day they turn 12, 16 or 18").fill(
        (datetime.now(UTC) + timedelta(days=1400)).date().isoformat()
    )
    worker.get_by_role("button", name="Note their age").click()
    expect(worker.locator(".messages")).to_contain_text("is noted. Ask them next.")
    phone = Phone(browser, hub)
    phone.page.goto(worker_steps.ask(worker, hub, grows, WEBSITE).address)
    expect(phone.page.locator("main")).to_contain_text("Nobody can say yes for you")
    family_steps.read(phone)
    family_steps.answer(phone, ["No name", "Yes", "No"])
    expect(phone.page.locator("main")).to_contain_text(re.compile(r"Wording: 12 to 15, version \d"))
    assert reader.request.get(f"{hub}{addresses[1]}").status == 200, "the same words, and now the child’s own yes"

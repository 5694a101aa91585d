"""Journey 5: partners are told 90 and 30 days before; at the moment itself it goes dark, and no job has run."""

import re
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e import family_steps, moderator_steps, worker_steps
from tests.e2e.cast import Cast, in_each_demo
from tests.e2e.looking import Phone, accessible
from tests.e2e.time_steps import Manage, both_end_in

WEBSITE = ["Read on this website"]
SECONDS = 12  # long enough to read two pages once more


def days_ago(days: int) -> datetime:
    return datetime.now(UTC) - timedelta(days=days)


def mails(hub_var: Path) -> str:
    """Every mail of the demo so far, as text."""
    files = sorted((hub_var / "mail").glob("*")) if (hub_var / "mail").exists() else []
    return "\n".join(str(message_from_bytes(file.read_bytes()).get_payload()) for file in files)


@in_each_demo
def test_a_yes_that_is_about_to_end_is_asked_for_again_and_the_story_stays(
    browser: Browser, hub: str, hub_var: Path, manage: Manage, cast: Cast
) -> None:
    worker = worker_steps.signed_in(browser, hub, cast.author)
    number = worker_steps.write_a_story(worker, hub, "The long table")
    worker_steps.add_somebody(worker, hub, number)
    worker_steps.note_a_yes(worker, hub, number, days_ago(cast.law.lasting.days - 23), WEBSITE, manage=manage)
    worker_steps.hand_in(worker, hub, number)
    moderator_steps.approve(worker_steps.signed_in(browser, hub, cast.moderator), number)
    worker_steps.people_of(worker, hub, number)
    expect(worker.locator("main")).to_contain_text("Shown to everyone, until")

    later = worker_steps.write_a_story(worker, hub, "The short table")
    worker_steps.add_somebody(worker, hub, later)
    worker_steps.note_a_yes(worker, hub, later, days_ago(cast.law.lasting.days - 80), WEBSITE, manage=manage)
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
    expect(worker.locator("main")).to_contain_text(f"{number}, {cast.partner}")
    expect(worker.locator("main")).not_to_contain_text(f"{later}, {cast.partner}")
    asked = worker_steps.ask(worker, hub, number, WEBSITE)
    phone = Phone(browser, hub)
    phone.page.goto(asked.address)
    family_steps.read(phone)
    family_steps.answer(phone, ["No name", "Yes", "No"])
    expect(phone.page.locator("main")).to_contain_text(re.compile(r"Wording: Adult, version \d"))
    worker.goto(hub + "/admin/stories/consents/?due=30")
    expect(worker.locator("main")).not_to_contain_text(f"{number}, {cast.partner}")
    phone.page.goto(hub + "/stories/")
    expect(phone.page.locator("main")).to_contain_text("The long table")


@in_each_demo
def test_a_yes_ends_and_a_child_is_old_enough_and_no_job_has_run(
    browser: Browser, hub: str, manage: Manage, cast: Cast
) -> None:
    young, older = (age.band.label for age in cast.law.ages[:2])
    worker = worker_steps.signed_in(browser, hub, cast.author)
    moderator = worker_steps.signed_in(browser, hub, cast.moderator)
    ends = worker_steps.write_a_story(worker, hub, "The old bus")
    worker_steps.add_somebody(worker, hub, ends)
    worker_steps.note_a_yes(worker, hub, ends, days_ago(40), WEBSITE, manage=manage)
    worker_steps.hand_in(worker, hub, ends)
    moderator_steps.approve(moderator, ends)
    grows = worker_steps.write_a_story(worker, hub, "The new scooter")
    birthday = (datetime.now(UTC) + timedelta(days=300)).date().isoformat()
    worker_steps.add_somebody(worker, hub, grows, age=young, asked_again_on=birthday)
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
    worker.get_by_label("Age", exact=True).select_option(older)
    worker.get_by_label(re.compile("^The day they turn")).fill(
        (datetime.now(UTC) + timedelta(days=700)).date().isoformat()
    )
    worker.get_by_role("button", name="Note their age").click()
    expect(worker.locator(".messages")).to_contain_text("is noted. Ask them next.")
    phone = Phone(browser, hub)
    phone.page.goto(worker_steps.ask(worker, hub, grows, WEBSITE).address)
    expect(phone.page.locator("main")).to_contain_text(re.compile("[Nn]obody can (say yes|make it) for you"))
    family_steps.read(phone)
    family_steps.answer(phone, ["No name", "Yes", "No"])
    expect(phone.page.locator("main")).to_contain_text(re.compile(rf"Wording: {older}, version \d"))
    assert reader.request.get(f"{hub}{addresses[1]}").status == 200, "the same words, and now the child’s own yes"

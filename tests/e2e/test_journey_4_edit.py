"""Journey 4: the agreed words stay public; a slip of the pen is carried over, and more than that is not."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect

from tests.e2e import moderator_steps, worker_steps
from tests.e2e.cast import Cast, in_each_demo
from tests.e2e.looking import accessible
from tests.e2e.time_steps import Manage

MORE = " Just like that"


@in_each_demo
def test_a_public_story_is_edited_a_slip_carried_over_and_more_asked_about(
    browser: Browser, hub: str, manage: Manage, cast: Cast
) -> None:
    worker = worker_steps.signed_in(browser, hub, cast.author)
    number = worker_steps.write_a_story(worker, hub, "The red jotter")
    worker_steps.add_somebody(worker, hub, number)
    worker_steps.note_a_yes(
        worker, hub, number, datetime.now(UTC) - timedelta(days=40), ["Read on this website"], manage=manage
    )
    moderator = worker_steps.signed_in(browser, hub, cast.moderator)
    worker_steps.hand_in(worker, hub, number)
    moderator_steps.approve(moderator, number)
    reader = browser.new_context().new_page()
    reader.goto(hub + "/stories/")
    reader.get_by_role("link", name="The red jotter").click()

    worker_steps.end_with(worker, hub, number, MORE)
    worker_steps.people_of(worker, hub, number)
    expect(worker.locator("main")).to_contain_text("The agreed words are shown. The newer draft is not")
    worker.get_by_role("link", name="What changed since people agreed").click()
    expect(worker.locator("ins")).to_contain_text("Just like that")
    expect(worker.locator("main")).to_contain_text("They have to be asked again")
    expect(worker.get_by_role("button", name="Propose a small correction")).to_have_count(0)
    accessible(worker)
    reader.reload()
    expect(reader.locator("main")).to_contain_text(worker_steps.THE_WORDS)
    expect(reader.locator("main")).not_to_contain_text("Just like that")

    worker_steps.end_with(worker, hub, number, ".", without=MORE)
    worker.goto(f"{hub}/admin/stories/{number}/changes/")
    worker.get_by_label("What did you put right?").fill("The end of the sentence.")
    worker.get_by_role("button", name="Propose a small correction").click()
    expect(worker.locator(".messages")).to_contain_text("A moderator will look at it")

    moderator.get_by_role("link", name="Stories to review").click()
    moderator.locator("a[href*='/carry-over/']").last.click()
    accessible(moderator)
    moderator.get_by_label("Carried over").check()
    moderator.get_by_role("button", name="Decide").click()
    expect(moderator.locator(".messages")).to_contain_text("Carried over")
    moderator_steps.approve(moderator, number)
    reader.reload()
    expect(reader.locator("main")).to_contain_text("anything..")

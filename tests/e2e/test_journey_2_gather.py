"""Journey 2: a story is written, two people are asked and answer in two ways, and a moderator approves it."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e import family_steps, moderator_steps, worker_steps
from tests.e2e.looking import Phone, accessible
from tests.e2e.time_steps import Manage, days_to_think_pass

AUTHOR, _, _, MODERATOR, _, ADMINISTRATOR, *_ = DEMO_SIGN_INS
TITLE = "A cup of tea first"
ASKED = ["Read on this website", "On social media"]


def test_two_people_are_asked_and_answer_and_the_story_is_shown(browser: Browser, hub: str, manage: Manage) -> None:
    worker = worker_steps.signed_in(browser, hub, AUTHOR)
    number = worker_steps.write_a_story(worker, hub, TITLE)
    worker_steps.people_of(worker, hub, number)
    expect(worker.locator("main")).to_contain_text("nobody is in it yet. Add the people next")
    accessible(worker)
    worker_steps.add_somebody(worker, hub, number)
    worker_steps.add_somebody(worker, hub, number)
    by_link = worker_steps.ask(worker, hub, number, ASKED, place=0)
    accessible(worker)
    by_card = worker_steps.ask(worker, hub, number, ASKED, place=1)

    first = Phone(browser, hub)
    first.page.goto(by_link.address)
    family_steps.read(first)
    family_steps.forget_to_choose(first)
    family_steps.answer(first, ["No name", "Yes", "Not now", "No"])
    first.page.goto(by_link.address)
    expect(first.page.locator("h1")).to_have_text("We have your answers")
    first.look()
    worker_steps.people_of(worker, hub, number)
    expect(worker.locator("main")).to_contain_text("their time to think it over is not finished")
    expect(worker.locator("main")).to_contain_text("There is no answer yet")

    # Whoever noted an answer may not approve, and is told why.
    administrator = worker_steps.signed_in(browser, hub, ADMINISTRATOR)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    worker_steps.note_a_yes(administrator, hub, number, yesterday, ["Read out in training"], place=1)
    moderator_steps.open_review(administrator, number)
    expect(administrator.locator("main")).to_contain_text("You recorded an answer in this story.")
    expect(administrator.get_by_role("button", name="Decide")).to_have_count(0)

    # The second has a card, and a browser without scripts.
    second = Phone(browser, hub, java_script=False)
    family_steps.open_with_code(second, hub, by_card.code)
    second.page.get_by_role("link", name="Read it and answer").click()
    family_steps.read(second)
    family_steps.forget_to_choose(second)
    family_steps.answer(second, ["No name", "Yes", "No", "No"])

    moderator = worker_steps.signed_in(browser, hub, MODERATOR)
    moderator_steps.open_review(moderator, number)
    moderator.get_by_label("Approved").check()
    moderator.get_by_label("Ordinary").check()
    moderator.get_by_role("button", name="Decide").click()
    expect(moderator.locator("main")).to_contain_text("To approve it, check every line")
    accessible(moderator)
    moderator_steps.approve(moderator, number)
    expect(moderator.locator(".messages")).to_contain_text("Shown once everyone agrees")
    first.page.goto(hub + "/stories/")
    expect(first.page.locator("main")).not_to_contain_text(TITLE)

    days_to_think_pass(manage, number)
    first.page.reload()
    first.page.get_by_role("link", name=TITLE).click()
    expect(first.page.locator("main")).to_contain_text(worker_steps.THE_WORDS)
    first.look()

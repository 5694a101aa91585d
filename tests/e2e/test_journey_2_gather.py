"""Journey 2: a story is written, two people are asked and answer in two ways, and a moderator approves it."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, expect

from tests.e2e import family_steps, moderator_steps, worker_steps
from tests.e2e.cast import Cast, in_each_demo
from tests.e2e.looking import Phone, accessible, at_most
from tests.e2e.time_steps import Manage, days_to_think_pass

TITLE = "A cup of tea first"
WORKERS_CLICKS = 12  # from her first screen to the sheet for the first person, for three uses
MOST_TAPS = 8  # from the link to the receipt, for three uses
MOST_CLICKS = 5  # of a moderator, from her first screen; the lines of the list have keys
ASKED = ["Read on this website", "Printed in an activity pack", "On social media"]


@in_each_demo
def test_two_people_are_asked_and_answer_and_the_story_is_shown(
    browser: Browser, hub: str, manage: Manage, cast: Cast
) -> None:
    worker = worker_steps.signed_in(browser, hub, cast.author)
    with at_most(WORKERS_CLICKS, worker):
        number, by_link = worker_steps.gather_and_ask(worker, hub, TITLE, ASKED)
    accessible(worker)
    worker_steps.add_somebody(worker, hub, number)
    accessible(worker)
    by_card = worker_steps.ask(worker, hub, number, ASKED, place=1)

    first = Phone(browser, hub)
    with at_most(MOST_TAPS, first.page):
        first.page.goto(by_link.address)
        family_steps.read(first)
        family_steps.answer(first, ["No name", "Yes", "Yes", "Not now", "No"], forgets=False)
    first.page.goto(by_link.address)
    expect(first.page.locator("h1")).to_have_text("We have your answers")
    first.look()
    first.page.get_by_role("button", name="Gàidhlig").click()
    expect(first.page.locator("html")).to_have_attribute("lang", "gd")
    expect(first.page.locator("h1")).to_have_text("Tha na freagairtean agad againn")
    first.look()
    worker_steps.people_of(worker, hub, number)
    expect(worker.locator("main")).to_contain_text("They said yes, and can think it over until")
    expect(worker.locator("main")).to_contain_text("There is no answer yet")

    # Whoever noted an answer may not approve, and is told why.
    administrator = worker_steps.signed_in(browser, hub, cast.administrator)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    worker_steps.note_a_yes(administrator, hub, number, yesterday, ["Read out in training"], place=1, manage=manage)
    moderator_steps.open_review(administrator, number, is_handed_in=False)
    expect(administrator.locator("main")).to_contain_text("You recorded an answer in this story.")
    expect(administrator.get_by_role("button", name="Decide")).to_have_count(0)

    # The second has a card, and a browser without scripts.
    second = Phone(browser, hub, java_script=False)
    family_steps.open_with_code(second, hub, by_card.code)
    second.page.get_by_role("link", name="Read it and answer").click()
    family_steps.read(second)
    family_steps.answer(second, ["No name", "Yes", "No", "No", "No"])

    worker_steps.hand_in(worker, hub, number)
    moderator = worker_steps.signed_in(browser, hub, cast.moderator)
    moderator_steps.open_review(moderator, number)
    moderator.get_by_label("Ordinary").check()
    moderator.get_by_role("button", name="Approve").click()
    expect(moderator.locator("main")).to_contain_text("To approve it, check every line")
    accessible(moderator)
    with at_most(MOST_CLICKS, moderator):
        moderator_steps.approve(moderator, number, with_keys=True)
    expect(moderator.locator(".messages")).to_contain_text("Shown once everyone agrees")
    first.page.goto(hub + "/stories/")
    expect(first.page.locator("main")).not_to_contain_text(TITLE)

    days_to_think_pass(manage, number)
    first.page.reload()
    first.page.get_by_role("link", name=TITLE).click()
    expect(first.page.locator("main")).to_contain_text(worker_steps.THE_WORDS)
    first.look()

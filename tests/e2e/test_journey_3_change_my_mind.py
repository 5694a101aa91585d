"""Journey 3: a pause, one use stopped, and all of it taken down by the code of a card. Gone on the next request."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.e2e import family_steps, moderator_steps, worker_steps
from tests.e2e.cast import Cast, in_each_demo
from tests.e2e.looking import Phone, accessible
from tests.e2e.time_steps import Manage, add_a_picture

TITLE = "The blue door"
USES = ["Read on this website", "On social media"]
LONG_AGO = timedelta(days=40)


def public_story(browser: Browser, hub: str, worker: Page, manage: Manage, cast: Cast) -> tuple[str, str]:
    """A story with a picture that anybody can read; its number, and the code of the card of whoever is in it."""
    number = worker_steps.write_a_story(worker, hub, TITLE)
    add_a_picture(manage, number)
    worker_steps.add_somebody(worker, hub, number)
    worker_steps.note_a_yes(worker, hub, number, datetime.now(UTC) - LONG_AGO, USES, manage=manage)
    worker_steps.hand_in(worker, hub, number)
    moderator_steps.approve(worker_steps.signed_in(browser, hub, cast.moderator), number)
    return number, worker_steps.ask(worker, hub, number, USES).code


@in_each_demo
def test_a_story_is_paused_goes_on_and_is_taken_down_by_the_card(
    browser: Browser, hub: str, manage: Manage, cast: Cast
) -> None:
    worker = worker_steps.signed_in(browser, hub, cast.author)
    number, code = public_story(browser, hub, worker, manage, cast)
    reader = browser.new_context().new_page()
    reader.goto(hub + "/stories/")
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.locator("main")).to_contain_text(worker_steps.THE_WORDS)
    story = reader.url
    pictures = reader.locator("article img, main img").evaluate_all("all => all.map(one => one.currentSrc || one.src)")
    assert pictures
    assert all(reader.request.get(one).status == 200 for one in pictures)
    ways_out = ["/stories/", cast.section, "/search/?q=blue+door"]
    words = {way: (reader.request.get(hub + way)).text() for way in ways_out}
    address = re.sub("^https?://[^/]+", "", story)
    assert [way for way, text in words.items() if address not in text] == []

    phone = Phone(browser, hub)
    family_steps.open_with_code(phone, hub, code)
    expect(phone.page.locator("#use-website")).to_contain_text("Showing")
    family_steps.do(phone, "Pause it", "Yes, pause it")
    assert reader.request.get(story).status == 404
    phone.page.get_by_role("link", name="See where my words are").click()
    family_steps.do(phone, "End the pause", "Yes, end the pause")
    assert reader.request.get(story).status == 200

    phone.page.get_by_role("link", name="See where my words are").click()
    family_steps.do(phone, "Pause (On social media)", "Yes, pause it")
    expect(phone.page.locator("#use-social")).to_contain_text("Paused")
    family_steps.do(phone, "Stop this (On social media)", "Yes, stop this")
    expect(phone.page.locator("#use-social")).to_contain_text("You told us to stop")
    assert reader.request.get(story).status == 200

    family_steps.do(phone, "Take it down", "Yes, take it down")
    expect(phone.page.locator("h1")).to_have_text("It is down")
    reader.goto(hub + "/")
    reader.go_back()
    expect(reader.locator("main")).not_to_contain_text("kettle")
    expect(reader.locator("h1")).to_have_text("That page is not here")
    gone = [story, *pictures]
    assert [reader.request.get(one).status for one in gone] == [404] * len(gone)
    assert [way for way in ways_out if address in reader.request.get(hub + way).text()] == []

    work_off_the_case(worker, worker_steps.signed_in(browser, hub, cast.lead), hub, number)


def work_off_the_case(worker: Page, lead: Page, hub: str, number: str) -> None:
    """The worker does what is left to do; the lead closes the case."""
    worker.goto(hub + "/admin/stories/withdrawals/")
    rows = worker.locator("tr").filter(has_text=f"{number},")
    rows.first.get_by_role("link").click()
    case = worker.url
    expect(worker.locator("main")).to_contain_text("Never say who it was")
    accessible(worker)
    while worker.get_by_role("button", name="It is done").count():
        worker.get_by_role("button", name="It is done").first.click()
        expect(worker.locator(".messages")).to_contain_text("Noted")
    expect(worker.get_by_role("button", name="Close this case")).to_have_count(0)
    lead.goto(case)
    lead.get_by_role("button", name="Close this case").click()
    expect(lead.locator("main")).to_contain_text("Closed on")
    worker_steps.people_of(worker, hub, number)
    expect(worker.locator("main")).to_contain_text("and withdrew it on")


@in_each_demo
def test_somebody_asks_for_a_change_and_to_be_asked_again(browser: Browser, hub: str, cast: Cast) -> None:
    """A wish reaches the worker, and nothing is different until other words are agreed to."""
    worker = worker_steps.signed_in(browser, hub, cast.author)
    number = worker_steps.write_a_story(worker, hub, "The green bench")
    worker_steps.add_somebody(worker, hub, number)
    asked = worker_steps.ask(worker, hub, number, USES)
    phone = Phone(browser, hub)
    phone.page.goto(asked.address)
    family_steps.read(phone)
    family_steps.answer(phone, ["No name", "Yes", "No", "No"])
    phone.page.get_by_role("link", name="See where my words are").click()
    family_steps.do(phone, "Ask me again (On social media)", "Yes, ask me again")
    expect(phone.page.locator("#use-social")).to_contain_text("You would like us to ask you again")
    phone.page.get_by_role("link", name="Ask us to change some words, or a name").click()
    phone.look()
    phone.page.get_by_role("button", name="Send it").click()
    expect(phone.page.locator(".errors")).to_contain_text("A few words are enough")
    phone.look()
    phone.page.get_by_label("What should we change?").fill("Leave out the bench")
    phone.page.get_by_role("button", name="Send it").click()
    expect(phone.page.locator("h1")).to_have_text("We have it")
    phone.look()
    phone.page.get_by_role("link", name="See where my words are").click()
    expect(phone.page.locator("#use-website")).to_contain_text("You said yes")
    worker_steps.people_of(worker, hub, number)
    expect(worker.locator("main")).to_contain_text("Leave out the bench")
    expect(worker.locator("main")).to_contain_text("Ask me again about: On social media")
    family_steps.do(phone, "Ask us to erase everything", "Yes, erase it")
    expect(phone.page.locator("h1")).to_have_text("It is down, and we will erase it")

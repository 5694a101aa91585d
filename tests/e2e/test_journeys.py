"""Journeys 2 to 5 in a browser: a worker asks, a family answers on a phone, a moderator approves, it is stopped."""

import re
from datetime import UTC, datetime, timedelta

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e.test_readers import WCAG
from tests.e2e.test_staff import sign_in

AUTHOR, _, _, MODERATOR, *_ = DEMO_SIGN_INS
PHONE = {"width": 320, "height": 640}
TITLE = "A cup of tea first"


def no_barriers(page: Page) -> None:
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), page.url


def write_a_story(page: Page, hub: str, title: str = TITLE) -> str:
    """As the worker: a draft, and the address of its page of people."""
    page.goto(hub + "/admin/pages/")
    section = page.locator("a[href*='/add_subpage/']").first.get_attribute("href") or ""
    page.goto(f"{hub}/admin/pages/add/stories/storypage/{re.findall(r'[0-9]+', section)[0]}/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=summary]").fill("About being asked in.")
    page.locator("[name=told_by]").fill("a grandmother in Cowdenbeath")
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text").click()
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("They put the kettle on before they asked me anything.")
    page.wait_for_timeout(500)  # the editor hands over what was typed a quarter of a second later
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    number = re.findall(r"/pages/(\d+)/edit/", page.url)[0]
    return f"{hub}/admin/stories/{number}/people/"


def ask_somebody(page: Page, people: str) -> tuple[str, str]:
    """As the worker: adds an adult and asks; returns the address and the code of the card."""
    page.goto(people)
    expect(page.locator("main")).to_contain_text("nobody is in it yet")
    page.get_by_label("Age", exact=True).select_option("18 or over")
    page.get_by_role("button", name="Add this person").click()
    page.get_by_role("link", name="Ask by link or card").click()
    expect(page.locator("input:checked")).to_have_count(0)
    page.get_by_label("The person").check()
    page.get_by_label("Read on this website").check()
    page.get_by_label("On social media").check()
    page.get_by_role("button", name="Make the link and the card").click()
    return page.locator("#address").input_value(), page.locator(".sheet__code").inner_text()


def answer_on_a_phone(page: Page, address: str) -> None:
    page.goto(address)
    no_barriers(page)
    page.get_by_role("link", name="Read it first").click()
    expect(page.locator("main")).to_contain_text("They put the kettle on")
    no_barriers(page)
    page.get_by_role("link", name="I have read it").click()
    page.get_by_role("button", name="Go on").click()  # forgot to choose
    expect(page).to_have_title(re.compile("^Error:"))
    no_barriers(page)
    for answer in ["No name", "Yes", "Not now", "No"]:
        expect(page.locator("input:checked")).to_have_count(0)
        page.get_by_label(answer, exact=True).check()
        no_barriers(page)
        page.get_by_role("button", name="Go on").click()
    expect(page.locator("h1")).to_have_text("Check your answers")
    no_barriers(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    no_barriers(page)


def approve(page: Page, hub: str, number: str) -> None:
    page.get_by_role("link", name="Stories to review").click()
    page.get_by_role("link", name=f"Story {number}", exact=True).click()
    expect(page.locator("main")).to_contain_text("They put the kettle on")
    page.get_by_label("Approved").check()
    page.get_by_label("Ordinary").check()
    for box in page.locator("input[name=checklist]").all():
        box.check()
    page.get_by_role("button", name="Decide").click()
    expect(page.locator(".messages")).to_contain_text("Approved")


def test_a_story_is_asked_about_answered_approved_and_stopped(browser: Browser, hub: str) -> None:
    worker = browser.new_context().new_page()
    sign_in(worker, hub, AUTHOR)
    people = write_a_story(worker, hub)
    number = re.findall(r"\d+", people.split("/stories/")[1])[0]
    address, code = ask_somebody(worker, people)

    phone = browser.new_context(viewport=PHONE, java_script_enabled=True, bypass_csp=True).new_page()  # type: ignore[arg-type]
    answer_on_a_phone(phone, address)
    assert phone.context.cookies() == []

    worker.goto(people)
    expect(worker.locator("main")).to_contain_text("their time to think it over is not finished")

    moderator = browser.new_context().new_page()
    sign_in(moderator, hub, MODERATOR)
    approve(moderator, hub, number)
    phone.goto(hub + "/stories/")
    expect(phone.locator("main")).not_to_contain_text(TITLE)

    phone.goto(hub + "/yours/")
    no_barriers(phone)
    phone.get_by_label("Your code").fill(code.lower())
    phone.get_by_role("button", name="Go on").click()
    expect(phone.locator("h1")).to_have_text("Where my words are")
    no_barriers(phone)
    phone.get_by_role("link", name="Take it down").click()
    no_barriers(phone)
    phone.get_by_role("button", name="Yes, take it down").click()
    expect(phone.locator("h1")).to_have_text("It is down")
    no_barriers(phone)
    phone.goto(address + "read/")
    expect(phone.locator("main")).not_to_contain_text("kettle")
    worker.goto(people)
    expect(worker.locator("main")).to_contain_text("have since withdrawn it")


def note_an_old_yes(page: Page, people: str) -> None:
    """As the worker: an adult said yes on paper, so long ago that it ends in some three weeks."""
    page.goto(people)
    page.get_by_label("Age", exact=True).select_option("18 or over")
    page.get_by_role("button", name="Add this person").click()
    page.get_by_role("link", name="Note an answer").click()
    expect(page.locator("main")).to_contain_text(re.compile(r"Adult, version \d"))
    page.get_by_label("The person").check()
    page.get_by_label("On paper").check()
    page.get_by_label("When").fill((datetime.now(UTC) - timedelta(days=707)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Read on this website").select_option("Yes")
    page.get_by_role("button", name="Keep these answers").click()
    expect(page.locator(".messages")).to_contain_text("are noted")


def test_a_yes_that_is_about_to_end_is_asked_for_again_and_the_story_stays(browser: Browser, hub: str) -> None:
    """Journey 5: the register says whom to ask, the family answers on a phone, nothing goes dark in between."""
    worker = browser.new_context().new_page()
    sign_in(worker, hub, AUTHOR)
    people = write_a_story(worker, hub, "The long table")
    number = re.findall(r"\d+", people.split("/stories/")[1])[0]
    note_an_old_yes(worker, people)
    moderator = browser.new_context().new_page()
    sign_in(moderator, hub, MODERATOR)
    approve(moderator, hub, number)
    worker.goto(people)
    expect(worker.locator("main")).to_contain_text("Shown to everyone, until")

    worker.goto(hub + "/admin/stories/consents/")
    worker.locator("select[name=due]").select_option("30")
    worker.get_by_role("button", name="Show").click()
    expect(worker.locator("main")).to_contain_text(number)

    worker.goto(people)
    worker.get_by_role("link", name="Ask by link or card").click()
    worker.get_by_label("The person").check()
    worker.get_by_label("Read on this website").check()
    worker.get_by_role("button", name="Make the link and the card").click()
    phone = browser.new_context(viewport=PHONE, bypass_csp=True).new_page()
    phone.goto(worker.locator("#address").input_value())
    no_barriers(phone)
    phone.get_by_role("link", name="Read it first").click()
    phone.get_by_role("link", name="I have read it").click()
    for answer in ["No name", "Yes", "No"]:
        phone.get_by_label(answer, exact=True).check()
        phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("button", name="Send my answers").click()
    expect(phone.locator("main")).to_contain_text(re.compile(r"Wording: Adult, version \d"))
    no_barriers(phone)

    worker.goto(hub + "/admin/stories/consents/?due=30")
    expect(worker.locator("main")).not_to_contain_text(f"{number}, Clued Up")
    phone.goto(hub + "/stories/")
    expect(phone.locator("main")).to_contain_text("The long table")


def end_with(page: Page, hub: str, number: str, words: str) -> None:
    """As the worker: types `words` at the end of the story's text, and saves the draft."""
    page.goto(f"{hub}/admin/pages/{number}/edit/")
    expect(page.get_by_role("button", name="Publish")).to_have_count(0)
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    page.wait_for_timeout(500)  # the editor hands over what was typed a quarter of a second later
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text("has been updated")


def accessible(page: Page) -> None:
    """Our own part of a staff screen, at the width of a desk and of a phone."""
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(400)  # the menu slides in, and half-way its colours are mixed
        found = Axe().run(page, context="main").response["violations"]
        assert [(rule["id"], node["target"]) for rule in found for node in rule["nodes"]] == [], page.url
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_public_story_is_edited_a_slip_carried_over_and_more_asked_about(browser: Browser, hub: str) -> None:
    """Journey 4: the agreed words stay public; a slip of the pen is carried over, and more than that is not."""
    worker = browser.new_context().new_page()
    sign_in(worker, hub, AUTHOR)
    people = write_a_story(worker, hub, "The red jotter")
    number = re.findall(r"\d+", people.split("/stories/")[1])[0]
    note_an_old_yes(worker, people)
    moderator = browser.new_context().new_page()
    sign_in(moderator, hub, MODERATOR)
    approve(moderator, hub, number)
    reader = browser.new_context().new_page()
    reader.goto(hub + "/stories/")
    reader.get_by_role("link", name="The red jotter").click()

    end_with(worker, hub, number, " Just like that")
    worker.goto(people)
    worker.get_by_role("link", name="What changed since people agreed").click()
    expect(worker.locator("ins")).to_contain_text("Just like that")
    expect(worker.locator("main")).to_contain_text("They have to be asked again")
    expect(worker.get_by_role("button", name="Propose a small correction")).to_have_count(0)
    accessible(worker)
    reader.reload()
    expect(reader.locator("main")).not_to_contain_text("Just like that")

    end_with(worker, hub, number, "")
    worker.locator("[contenteditable=true]").first.click()
    worker.keyboard.press("Control+End")
    for _ in " Just like that":
        worker.keyboard.press("Backspace")
    worker.keyboard.type("!")
    worker.wait_for_timeout(500)
    worker.get_by_role("button", name="Save draft").click()
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
    approve(moderator, hub, number)
    reader.reload()
    expect(reader.locator("main")).to_contain_text("anything.!")

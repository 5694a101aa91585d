"""One of three wants her words out: two taps on her phone, the worker's screen, and her card says that it is done."""

import json

from playwright.sync_api import Browser, Page, expect

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e import family_steps, worker_steps
from tests.e2e.looking import Phone, accessible
from tests.e2e.time_steps import Manage
from tests.leaving_steps import HERS

AUTHOR = DEMO_SIGN_INS[0]
MAKE_A_STORY = """
import json
from types import SimpleNamespace
from hub.pages.models import ModulePage, PartnerSectionPage
from hub.stories.family.links import issue
from tests.factories import wording
from tests.leaving_steps import new_story_of_three, people_of
section = PartnerSectionPage.objects.get(organisation__slug="clued-up")
story = new_story_of_three(SimpleNamespace(section=section, module=ModulePage.objects.first()))
codes = [issue(person, "keep", wording_id=wording().pk).spoken_code for person in people_of(story)]
print(json.dumps([story.pk, story.url, *codes]))
"""


def test_her_words_go_and_the_others_go_on(browser: Browser, hub: str, manage: Manage) -> None:
    number, url, theirs, hers, _ = json.loads(manage("shell", typed=MAKE_A_STORY).strip().splitlines()[-1])
    reader = browser.new_context().new_page()
    assert reader.request.get(hub + url).status == 200

    phone = Phone(browser, hub)
    family_steps.open_with_code(phone, hub, hers)
    family_steps.do(phone, "Leave my words out", "Yes, leave my words out")
    expect(phone.page.locator("h1")).to_have_text("It is down, and your words go")
    assert reader.request.get(hub + url).status == 404

    worker = worker_steps.signed_in(browser, hub, AUTHOR)
    worker_steps.people_of(worker, hub, str(number))
    worker.get_by_role("link", name="Take their words out").click()
    accessible(worker)
    write_the_new_one(worker)
    new = worker.get_by_role("link", name="People in the new story").get_attribute("href") or ""
    worker.get_by_label("I have read the new story").check()
    worker.get_by_role("button", name="Erase the old story").click()
    expect(worker).to_have_url(hub + new)
    expect(worker.locator(".messages")).to_contain_text(f"Story {number} is erased")
    expect(worker.locator("main")).to_contain_text("2 people have still to be asked")
    accessible(worker)

    family_steps.open_with_code(phone, hub, theirs)
    expect(phone.page.locator("main")).to_contain_text("This story is being looked at again")
    phone.page.goto(hub + "/yours/")
    phone.page.get_by_label("Your code").fill(hers)
    phone.page.get_by_role("button", name="Go on").click()
    expect(phone.page.locator("h1")).to_have_text("Your words are out")
    phone.look()


def write_the_new_one(worker: Page) -> None:
    """Forgets the ticks first, is told so, and finds what she typed where she typed it."""
    expect(worker.get_by_role("textbox").filter(has_text=HERS)).to_have_count(0)
    worker.get_by_role("textbox", name="Title").fill("The wee room")
    worker.get_by_role("textbox", name="Summary").fill("About tea.")
    worker.locator("[contenteditable=true]").last.click()
    worker.keyboard.press("Control+A")
    worker.keyboard.type("I was tired.")
    worker.wait_for_timeout(worker_steps.EDITOR_HANDS_OVER)
    worker.get_by_role("button", name="Make the new story").click()
    expect(worker.locator("main")).to_contain_text("look at each line and tick it")
    expect(worker.locator("[contenteditable=true]").last).to_have_text("I was tired.")
    expect(worker.get_by_role("textbox", name="Title")).to_have_value("The wee room")
    for box in worker.locator("[name=looked]").all():
        box.check()
    worker.get_by_role("button", name="Make the new story").click()
    expect(worker.locator("main")).to_contain_text("The new story is there")
    accessible(worker)

"""Journey 7: somebody says what would make a module better, an editor answers, and the answer stands on the module."""

from playwright.sync_api import Browser, Page, expect

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e.looking import PHONE, no_barriers
from tests.e2e.test_staff import sign_in

MODULE = "/toolkit/many-stigmas-at-once/"
EDITOR = next(who for who in DEMO_SIGN_INS if who.username == "toolkit-editor")


def test_you_said_we_did(browser: Browser, page: Page, hub: str) -> None:
    context = browser.new_context(viewport=PHONE, bypass_csp=True)  # type: ignore[arg-type]
    reader = context.new_page()
    reader.goto(hub + MODULE)
    no_barriers(reader)
    reader.get_by_role("link", name="Tell us what would make it better").click()
    expect(reader.get_by_role("button", name="Send")).to_be_visible()
    no_barriers(reader)
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("alert")).to_contain_text("write a few words")
    no_barriers(reader)
    reader.locator("label[for=id_useful_1]").click()
    reader.locator("#id_words").fill("Say more about being young. My number is 01632 960456.")
    reader.wait_for_timeout(3_100)  # nobody writes a sentence in three seconds
    reader.get_by_role("button", name="Send").click()
    expect(reader.locator("h1")).to_have_text("Thank you")
    no_barriers(reader)
    assert context.cookies() == []

    sign_in(page, hub, EDITOR)
    page.get_by_role("link", name="wait for an answer").click()
    page.get_by_role("link", name="Say more about being young").click()
    expect(page.locator("main")).to_contain_text("This may tell who somebody is (1)")
    page.get_by_role("button", name="Take it out").click()
    expect(page.locator("main")).to_contain_text("My number is [taken out].")
    page.locator("[name=you_said]").fill("Say more about being young.")
    page.locator("[name=outcome][value=could_not]").check()
    page.locator("[name=our_words]").fill("we have not yet asked enough young people.")
    page.get_by_role("button", name="See how it will read").click()
    expect(page.locator(".desk__preview")).to_contain_text("We could not, because")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("is published")

    for address in (MODULE, "/you-said/"):
        reader.goto(hub + address)
        expect(reader.locator("main")).to_contain_text("we have not yet asked enough young people.")
        expect(reader.locator("main")).not_to_contain_text("My number")
        no_barriers(reader)
    assert context.cookies() == []
    context.close()

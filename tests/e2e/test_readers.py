"""What every reader is promised, tried in a browser on each kind of page of the demo."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.looking import COLOURS, barriers, spills_over

ADDRESSES = [
    "/",
    "/toolkit/",
    "/partners/",
    "/stories/",
    "/search/",
    "/search/?q=door&kind=activity&people=8",
    "/search/?q=zzzz",
    "/search/?q=suicidal",
    "/search/?q=lables",
    "/activities/",
    "/activities/?minutes=1&people=8",
    "/activities/?minutes=30&language=gd",
    "/search/?q=suicidal&language=gd",
    "/search/?minutes=soon&people=-4&partner=nobody",
    "/nowhere/",
    "/tell-yours/?with=clued-up",
]
FIRST_OF = {
    "module": "/toolkit/",
    "activity": "/activities/",
    "guidance": "/search/?kind=guidance",
    "story": "/stories/",
    "section": "/partners/",
    "info": "/",
}
LINKS = {
    "module": "main a[href^='/toolkit/']",
    "activity": "main h2 a[href^='/toolkit/'], main h3 a[href^='/toolkit/']",
    "guidance": "main h2 a[href^='/partners/'], main h3 a[href^='/partners/']",
    "story": "main a[href*='/s-']",
    "section": "main a[href^='/partners/']",
    "info": "footer a[href]:not([href='/'])",
}
SIZES = {"phone": {"width": 320, "height": 700}, "desktop": {"width": 1280, "height": 900}}


@pytest.fixture(scope="package")
def addresses(browser: Browser, hub: str) -> list[str]:
    """One of each kind of page, found as a reader would: by following links."""
    page = browser.new_page()
    found = list(ADDRESSES)
    for kind, start in FIRST_OF.items():
        page.goto(hub + start)
        href = page.locator(LINKS[kind]).first.get_attribute("href")
        assert href, f"no {kind} to be found on {start}"
        found.append(href)
    page.close()
    return found


@pytest.mark.parametrize("size", list(SIZES))
def test_pages_have_no_known_barrier_by_day_and_in_the_dark(
    browser: Browser, hub: str, addresses: list[str], size: str
) -> None:
    """In the dark everything stands where it stood, and only colours are others. Nothing spills over a phone."""
    context = browser.new_context(viewport=SIZES[size], reduced_motion="reduce", bypass_csp=True)  # type: ignore[arg-type]
    page, found, wide = context.new_page(), {}, []
    for address in addresses:
        page.emulate_media(color_scheme="light")
        page.goto(hub + address)
        found[address] = barriers(page)
        wide += [address] if spills_over(page) else []
        page.emulate_media(color_scheme="dark")
        found[address] += barriers(page, rules=COLOURS)
    context.close()
    assert found == {address: [] for address in addresses}
    assert wide == []


def test_readers_get_no_cookie_no_storage_and_no_third_party(browser: Browser, hub: str, addresses: list[str]) -> None:
    context = browser.new_context()
    page, elsewhere = context.new_page(), []
    page.on("request", lambda r: None if r.url.startswith((hub, "data:")) else elsewhere.append(r.url))
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security Policy" in m.text else None)
    for address in addresses:
        page.goto(hub + address)
        assert page.evaluate("localStorage.length + sessionStorage.length") == 0, address
    assert context.cookies() == []
    assert elsewhere == []
    assert refused == []
    context.close()


def test_everything_can_be_read_without_javascript(browser: Browser, hub: str, addresses: list[str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for address in addresses:
        page.goto(hub + address)
        expect(page.locator("main h1").first).to_be_visible()
    context.close()


def test_a_reader_finds_an_activity_by_time_and_people(page: Page, hub: str) -> None:
    page.goto(hub + "/search/?q=label&kind=activity&minutes=30&people=8")
    expect(page.locator("main")).to_contain_text("Label swap")


def test_exit_hides_the_page_and_takes_its_place_in_history(page: Page, hub: str) -> None:
    def weather(route: Route) -> None:
        route.fulfill(body="<title>Weather</title>dull", content_type="text/html")

    page.route("https://www.bbc.co.uk/**", weather)
    page.goto(hub + "/stories/")
    page.locator(LINKS["story"]).first.click()
    page.wait_for_url("**/s-*/")
    page.wait_for_load_state("networkidle")
    story = page.url
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/**", timeout=10_000)
    page.go_back()
    assert page.url != story


def test_the_skip_links_come_first(page: Page, hub: str) -> None:
    page.goto(hub + "/stories/")
    page.locator(LINKS["story"]).first.click()
    page.wait_for_url("**/s-*/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Exit this page")

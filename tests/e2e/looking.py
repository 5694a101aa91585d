"""What is looked at on every step: no known barrier, nothing that spills over, no cookie, nobody else asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 320, "height": 640}
AXE = Axe().axe_script
COLOURS = ["color-contrast", "link-in-text-block"]  # axe's rules that look at colours

STANDS_STILL = """() => new Promise(requestAnimationFrame).then(() => document.getAnimations().every(
    one => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity))"""
COUNTS = """addEventListener('pointerdown', () => window.countOne(), true)
addEventListener('change', one => { if (one.target.matches('select')) window.countOne() }, true)"""


@contextmanager
def at_most(clicks: int, page: Page) -> Iterator[None]:
    """Fails when somebody taps or clicks more often in this window meanwhile, or chooses from a list, which is a click
    however a test does it. Keys are not counted.
    """
    counted: list[None] = []
    page.expose_function("countOne", lambda: counted.append(None))
    page.add_init_script(COUNTS)
    page.evaluate(COUNTS)
    yield
    assert len(counted) <= clicks


class Phone:
    """A family's phone: 320 pixels wide. Remembers whom it asked for anything, and what it said while doing so."""

    def __init__(self, browser: Browser, hub: str, *, java_script: bool = True) -> None:
        self.java_script, self.elsewhere = java_script, list[str]()
        context = browser.new_context(viewport=PHONE, java_script_enabled=java_script, bypass_csp=java_script)  # type: ignore[arg-type]
        self.page = context.new_page()
        self.page.on("request", lambda r: None if r.url.startswith((hub, "data:")) else self.elsewhere.append(r.url))

    def look(self) -> None:
        """Fails when this step has a barrier, spills over, kept a cookie or asked somebody else for something."""
        if self.java_script:  # axe is a script
            no_barriers(self.page)
        assert self.page.context.cookies() == []
        assert self.elsewhere == []


def barriers(page: Page, within: str | None = None, *, rules: list[str] | None = None) -> list[str]:
    """What is known to keep somebody out, by WCAG 2.2 AA; of a staff screen, `within` which all of axe's rules hold.

    `rules` asks for these alone, where nothing that the others look at can have changed.
    """
    options: dict[str, Any] = {"resultTypes": ["violations"]}  # the others only take time
    if rules or not within:
        options["runOnly"] = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    try:
        found = _asked(page, within, options)
    except Error:  # a link was pressed just before: the old page was left, and the new one was not there yet
        page.wait_for_load_state()
        page.locator(within or "main").first.wait_for()
        found = _asked(page, within, options)
    if found["violations"]:  # a message that came in meanwhile had half of its colours; a barrier is still there
        stands_still(page)
        found = _asked(page, within, options)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def _asked(page: Page, within: str | None, options: dict[str, Any]) -> dict[str, Any]:
    """What axe says. Its half a megabyte is read once for each page, however often the page is asked about."""
    if not page.evaluate("'axeOfTests' in window"):
        page.evaluate(f"{AXE}; window.axeOfTests = window.axe")
    found: dict[str, Any] = page.evaluate(
        "([within, options]) => axeOfTests.run(within || document, options)", [within, options]
    )
    return found


def stands_still(page: Page) -> None:
    """Waits until what moves has arrived: half-way its colours are mixed."""
    page.wait_for_function(STANDS_STILL)


def spills_over(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def no_barriers(page: Page) -> None:
    """The whole page, and no wider than the screen."""
    assert barriers(page) == [], page.url
    assert not spills_over(page), page.url


def no_barriers_in_our_part(page: Page) -> None:
    """Our own part of a staff screen; the frame around it is Wagtail's."""
    stands_still(page)
    found = barriers(page, within="main")
    assert found == [], (page.url, found)
    assert not spills_over(page), page.url


def accessible(page: Page) -> None:
    """Our own part of a staff screen, at the width of a phone and of a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        no_barriers_in_our_part(page)

"""What is looked at on every step: no known barrier, nothing that spills over, no cookie, nobody else asked."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"width": 320, "height": 640}


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


def barriers(page: Page, within: str | None = None) -> list[str]:
    """What is known to keep somebody out, by WCAG 2.2 AA; of a staff screen, `within` which all of axe's rules hold."""
    rules = {} if within else {"runOnly": {"type": "tag", "values": WCAG}}
    options = {"resultTypes": ["violations"], **rules}  # the others only take time
    try:
        found = Axe().run(page, context=within, options=options)
    except Error:  # a link was pressed just before: the old page was left, and the new one was not there yet
        page.wait_for_load_state()
        page.locator(within or "main").first.wait_for()
        found = Axe().run(page, context=within, options=options)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def spills_over(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def no_barriers(page: Page) -> None:
    """The whole page, and no wider than the screen."""
    assert barriers(page) == [], page.url
    assert not spills_over(page), page.url


def no_barriers_in_our_part(page: Page) -> None:
    """Our own part of a staff screen; the frame around it is Wagtail's."""
    assert barriers(page, within="main") == [], page.url
    assert not spills_over(page), page.url


def accessible(page: Page) -> None:
    """Our own part of a staff screen, at the width of a phone and of a desk."""
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(400)  # the menu slides in, and half-way its colours are mixed
        no_barriers_in_our_part(page)

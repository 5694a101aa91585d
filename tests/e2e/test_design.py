"""How the site looks and weighs: components as they looked before, and every reader's way of looking at a page.

Pictures of the page of components are kept small and grey beside this file. With `HUB_NEW_SNAPSHOTS=yes` they are taken
anew, once somebody has looked at the page.
"""

import os
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Page

from hub.demo.people import DEMO_SIGN_INS
from tests.e2e.looking import barriers, spills_over
from tests.e2e.test_staff import sign_in

KEPT = Path(__file__).parent / "snapshots"
WIDTHS = (320, 768, 1280)
SMALL = 160  # points wide: enough to see what moved, went or lost its colour
MOST_DIFFERENT = 3.0  # of 255, on average: letters are drawn a little otherwise by each machine
READ = ["/", "/toolkit/", "/toolkit/words-and-labels/", "/toolkit/pl/slowa-i-etykiety/", "/activities/", "/stories/",
        "/search/?q=label", "/help/", "/partners/clued-up/"]  # fmt: skip
MOST_KB, MOST_REQUESTS = 60, 8

BARE = """() => [...document.querySelectorAll('.card, .callout, .help li, .result, .button, .note')]
    .filter(e => e.offsetParent && parseFloat(getComputedStyle(e).borderTopWidth) === 0).map(e => e.className)"""
NOT_FOR_PAPER = """() => [...document.querySelectorAll('.nav, .button, .skip, .exit, .versions')]
    .filter(e => e.offsetParent).map(e => e.className)"""
COVERED = """() => {
    const seen = document.activeElement.getClientRects()[0];
    const style = getComputedStyle(document.activeElement);
    const ring = parseFloat(style.outlineWidth) > 0 && style.outlineStyle !== 'none';
    const at = document.elementFromPoint(seen.left + Math.min(seen.width, innerWidth) / 2, seen.top + seen.height / 2);
    const inside = at && (document.activeElement.contains(at) || at.contains(document.activeElement));
    return ring && inside ? '' : document.activeElement.outerHTML.slice(0, 120);
}"""


def test_components_look_as_they_did(browser: Browser, hub: str, tmp_path: Path) -> None:
    context = browser.new_context(color_scheme="light", reduced_motion="reduce", bypass_csp=True)
    page, found = context.new_page(), {}
    sign_in(page, hub, DEMO_SIGN_INS[0])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{hub}/design/")
        page.evaluate("document.fonts.ready")
        assert barriers(page) == []
        assert not spills_over(page)
        page.screenshot(path=tmp_path / "now.png", full_page=True)
        found[width] = _difference(tmp_path / "now.png", KEPT / f"design-{width}.png")
    context.close()
    assert {width: much for width, much in found.items() if much > MOST_DIFFERENT} == {}


def _difference(now: Path, before: Path) -> float:
    """How different two pictures are, from 0 to 255; 255 when they are not of one size, a hundredth apart."""
    with Image.open(now) as taken:
        small = taken.convert("L").resize((SMALL, round(taken.height * SMALL / taken.width)), Image.Resampling.BOX)
    if os.environ.get("HUB_NEW_SNAPSHOTS") == "yes":
        before.parent.mkdir(exist_ok=True)
        small.quantize(16).save(before, optimize=True)
    with Image.open(before) as kept:
        old = kept.convert("L")
    if abs(old.height - small.height) > old.height / 100:
        return 255.0
    size = (SMALL, min(old.height, small.height))
    return float(ImageStat.Stat(ImageChops.difference(old.crop((0, 0, *size)), small.crop((0, 0, *size)))).mean[0])


def test_a_first_view_is_small_and_every_way_of_looking_works(browser: Browser, hub: str) -> None:
    wrong: dict[str, Any] = {}
    for address in READ:
        said = {
            "weight": _weight(browser, hub + address),
            "zoomed": _at_400_percent(browser, hub + address),
            "forced": _in_forced_colours(browser, hub + address),
            "printed": _on_paper(browser, hub + address),
        }
        wrong |= {f"{address} {how}": what for how, what in said.items() if what}
    assert wrong == {}


def _weight(browser: Browser, address: str) -> str:
    """Of all that is fetched for somebody who was never here, as it comes over the wire."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    wire.send("Network.enable")
    page.goto(address, wait_until="networkidle")
    context.close()
    kb = sum(sizes) / 1024
    return "" if kb <= MOST_KB and 0 < len(sizes) <= MOST_REQUESTS else f"{kb:.1f} KB in {len(sizes)} requests"


def _at_400_percent(browser: Browser, address: str) -> list[str]:
    """1280 by 1024 points at 400 %: nothing spills over, and what has the focus is seen, with its ring."""
    page = _opened(browser, address, viewport={"width": 320, "height": 256}, reduced_motion="reduce")
    said = ["it spills over"] if spills_over(page) else []
    for _ in range(12):
        page.keyboard.press("Tab")
        said += [covered] if (covered := page.evaluate(COVERED)) else []
    page.context.close()
    return said


def _in_forced_colours(browser: Browser, address: str) -> list[str]:
    """Whatever is told apart by paper alone has a line round it when the reader's own colours are used."""
    page = _opened(browser, address, forced_colors="active")
    said: list[str] = page.evaluate(BARE)
    page.context.close()
    return said


def _on_paper(browser: Browser, address: str) -> list[str]:
    """No menu, no button, nothing folded; the words, and where they are from."""
    page = _opened(browser, address)
    page.emulate_media(media="print")
    said: list[str] = page.evaluate(NOT_FOR_PAPER)
    if not page.locator("main h1").first.is_visible():
        said.append("no heading")
    page.context.close()
    return said


def _opened(browser: Browser, address: str, **how: Any) -> Page:
    page = browser.new_context(**how).new_page()
    page.goto(address)
    return page

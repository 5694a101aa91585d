"""Takes the pictures in docs/pictures from a running demo: `make pictures`. Needs Chromium.

HUB is the demo's address, as it says when it starts. OTHER_HUB, if it is given, is that of another demo: then the two
stand side by side in one more picture. Refuses to go on when a page answers with an error.
"""

import io
import os
import shutil
import sys
from pathlib import Path

from docx import Document
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

HUB = os.environ.get("HUB", "http://localhost:8000")
OTHER_HUB = os.environ.get("OTHER_HUB", "")
HERE = Path(os.environ.get("PICTURES", Path(__file__).parent / "pictures"))
PASSWORD = os.environ.get("DEMO_PASSWORD", "harbour-kettle-jotter")
# The picture's name, who takes it, where, and the text of a link to follow there.
SCREENS = (
    ("home", "clued-up-author", "/admin/", ""),
    ("check", "clued-up-author", "/admin/guidance/check/", ""),
    ("story", "clued-up-author", "/admin/", "People and consent"),
    ("brought-in", "clued-up-author", "/admin/guidance/bring-in/", ""),
    ("beside", "clued-up-author", "/admin/guidance/bring-in/", ""),
    ("feedback", "toolkit-editor", "/admin/feedback/", ""),
    ("colleagues", "clued-up-lead", "/admin/colleagues/", ""),
    ("queue", "moderator", "/admin/stories/review/", ""),
    ("review", "moderator", "/admin/stories/review/", "Colour of the walls"),
    ("register", "moderator", "/admin/stories/consents/", ""),
    ("withdrawals", "moderator", "/admin/stories/withdrawals/", ""),
    ("sign-in", "", "/admin/login/", ""),
)
# the names that tests/e2e looks for, too
BROWSERS = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
WIDTH, HEIGHT, TALLEST = 1280, 900, 1500
ALL_OF_IT = "Math.max(...[...document.querySelectorAll('html, main')].map(one => one.scrollHeight))"  # main scrolls
GAP = 16
BESIDE = ("/", "/help/")  # what is looked at in two demos


def main() -> None:
    HERE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=next(filter(None, map(shutil.which, BROWSERS)), None),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--font-render-hinting=none"],
        )
        for name, who, address, link in SCREENS:
            page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}).new_page()
            if who:
                sign_in(page, who)
            go(page, address)
            if name in {"brought-in", "beside"}:
                bring_in(page)
                if name == "beside":
                    page.get_by_role("link", name="Compare it with the file").click()
            elif link:
                page.locator("main").get_by_role("link", name=link).first.click()
            take(page, name)
        if OTHER_HUB:
            side_by_side(browser)
        browser.close()


def side_by_side(browser: Browser) -> None:
    """Each page of the one demo beside the same of the other, half as large."""
    page = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT}).new_page()
    whole, half = (
        Image.new("RGB", (WIDTH + GAP, (HEIGHT // 2 + GAP) * len(BESIDE) - GAP), "white"),
        (WIDTH // 2, HEIGHT // 2),
    )
    for row, address in enumerate(BESIDE):
        for column, hub in enumerate((HUB, OTHER_HUB)):
            page.goto(hub + address)
            page.wait_for_timeout(600)
            with Image.open(io.BytesIO(page.screenshot())) as taken:
                whole.paste(
                    taken.resize(half, Image.Resampling.LANCZOS), (column * (half[0] + GAP), row * (half[1] + GAP))
                )
    keep(whole, "two-partnerships")


def sign_in(page: Page, who: str) -> None:
    go(page, "/admin/login/")
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{HUB}/admin/")


def go(page: Page, address: str) -> None:
    answer = page.goto(HUB + address)
    if answer is None or not answer.ok:
        sys.exit(f"{HUB}{address} did not answer as it should. Is the demo running?")


def bring_in(page: Page) -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    files: list[FilePayload] = [
        {"name": "kettle.docx", "mimeType": "", "buffer": a_word_file()},
        {"name": "old.doc", "mimeType": "", "buffer": old},
    ]
    page.get_by_label("Word files").set_input_files(files)
    page.get_by_role("button", name="Bring them in").click()
    page.get_by_text("files looked at").wait_for()


def a_word_file() -> bytes:
    document = Document()
    document.add_heading("Before the kettle boils", 0)
    lines = document.add_paragraph("What to say in the first ")
    lines.add_run("five ").font.strike = True
    lines.add_run("minutes.")
    document.add_paragraph().add_run("If nobody speaks").bold = True
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.row_cells(0), *table.row_cells(1)], ["Who", "When", "The wee room", "Tuesdays"], strict=True
    ):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def take(page: Page, name: str) -> None:
    """The page without the menu's movement, no taller than a reader would scroll."""
    page.wait_for_timeout(600)
    tall = min(int(page.evaluate(ALL_OF_IT)), TALLEST)
    page.set_viewport_size({"width": WIDTH, "height": max(tall, 600)})
    page.wait_for_timeout(300)
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        keep(taken, name)


def keep(picture: Image.Image, name: str) -> None:
    """Flat colours need no more than these, and a third of the bytes."""
    picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        HERE / f"{name}.png", optimize=True
    )


if __name__ == "__main__":
    main()

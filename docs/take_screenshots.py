"""Takes the pictures in docs/pictures from a running demo: `make pictures`. Needs Chromium.

HUB is the demo's address, as it says when it starts. Refuses to go on when a page answers with an error.
"""

import io
import os
import shutil
import sys
from pathlib import Path

from docx import Document
from playwright.sync_api import Page, sync_playwright

HUB = os.environ.get("HUB", "http://localhost:8000")
HERE = Path(os.environ.get("PICTURES", Path(__file__).parent / "pictures"))
PASSWORD = os.environ.get("DEMO_PASSWORD", "harbour-kettle-jotter")
SCREENS = {
    "home": ("clued-up-author", "/admin/"),
    "check": ("clued-up-author", "/admin/guidance/check/"),
    "bring-in": ("clued-up-author", "/admin/guidance/bring-in/"),
    "moderator": ("moderator", "/admin/"),
    "toolkit-editor": ("toolkit-editor", "/admin/"),
}
WIDTHS = {"": 1280, "-phone": 360}


def main() -> None:
    HERE.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name, (who, address) in SCREENS.items():
            page = browser.new_context().new_page()
            sign_in(page, who)
            go(page, address)
            take(page, name)
            if name == "bring-in":
                page.set_viewport_size({"width": 1280, "height": 900})
                bring_in(page)
                take(page, "brought-in")
        browser.close()


def sign_in(page: Page, who: str) -> None:
    go(page, "/admin/login/")
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{HUB}/admin/")


def go(page: Page, address: str) -> None:
    answer = page.goto(HUB + address)
    if answer is None or not answer.ok:
        sys.exit(f"{HUB}{address} did not answer as it should. Is the demo running?")


def bring_in(page: Page) -> None:
    page.get_by_label("Word files").set_input_files(
        [
            {"name": "kettle.docx", "mimeType": "", "buffer": a_word_file()},
            {"name": "old.doc", "mimeType": "", "buffer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
        ]
    )
    page.get_by_role("button", name="Bring them in").click()
    page.get_by_text("files looked at").wait_for()


def a_word_file() -> bytes:
    document = Document()
    document.add_heading("Before the kettle boils", 0)
    document.add_paragraph("What to say in the first minute.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.row_cells(0), *table.row_cells(1)], ["Who", "When", "The wee room", "Tuesdays"], strict=True
    ):
        cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def take(page: Page, name: str) -> None:
    for suffix, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(400)
        page.screenshot(path=HERE / f"{name}{suffix}.png", full_page=True)


if __name__ == "__main__":
    main()

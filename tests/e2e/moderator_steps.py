"""What a moderator does: finds the story in the queue, reads it, decides."""

from playwright.sync_api import Page, expect

from tests.e2e.worker_steps import THE_WORDS


def open_review(page: Page, number: str) -> None:
    page.get_by_role("link", name="Stories to review").click()
    page.get_by_role("link", name=f"Story {number}", exact=True).click()
    expect(page.locator("main")).to_contain_text(THE_WORDS[:-1])


def approve(page: Page, number: str) -> None:
    open_review(page, number)
    page.get_by_label("Approved").check()
    page.get_by_label("Ordinary").check()
    for box in page.locator("input[name=checklist]").all():
        box.check()
    page.get_by_role("button", name="Decide").click()
    expect(page.locator(".messages")).to_contain_text("Approved")

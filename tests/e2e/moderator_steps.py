"""What a moderator does: finds the story in the queue, reads it, decides."""

from playwright.sync_api import Page, expect

from tests.e2e.worker_steps import THE_WORDS


def open_review(page: Page, number: str, *, is_handed_in: bool = True) -> None:
    page.get_by_role("link", name="Stories to review").click()
    if not is_handed_in:
        page.get_by_role("link", name="Show stories that nobody has handed in yet").click()
    page.locator(f"a[href='/admin/stories/{number}/review/']").click()
    expect(page.locator("main")).to_contain_text(THE_WORDS[:-1])


def approve(page: Page, number: str, *, with_keys: bool = False) -> None:
    open_review(page, number)
    page.get_by_label("Ordinary").check()
    for box in page.locator("input[name=checklist]").all():
        if with_keys:
            box.press("Space")
        else:
            box.check()
        expect(box).to_be_checked()
    page.get_by_role("button", name="Approve").click()
    expect(page.locator(".messages")).to_contain_text("Approved")

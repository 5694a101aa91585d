"""What somebody in a story does on their own pages: reads, answers, looks after their words."""

import re

from playwright.sync_api import expect

from tests.e2e.looking import Phone
from tests.e2e.worker_steps import THE_WORDS


def open_with_code(phone: Phone, hub: str, code: str) -> None:
    """Types the code of the card, as somebody would who does not care for capitals and dashes."""
    phone.page.goto(hub + "/yours/")
    phone.look()
    phone.page.get_by_label("Your code").fill(code.lower().replace("-", " "))
    phone.page.get_by_role("button", name="Go on").click()
    expect(phone.page.locator("h1")).to_have_text("Where my words are")
    phone.look()


def read(phone: Phone) -> None:
    phone.look()
    phone.page.get_by_role("link", name="Read it first").click()
    expect(phone.page.locator("main")).to_contain_text(THE_WORDS)
    phone.look()
    phone.page.get_by_role("link", name="I have read it").click()


def _forget_the_words(phone: Phone) -> None:
    """Wants a change and does not say which, is told so, and follows the way to where it is said."""
    phone.page.get_by_text("Yes", exact=True).click()
    phone.look()
    phone.page.get_by_role("button", name="Go on").click()
    expect(phone.page).to_have_title(re.compile("^Error:"))
    expect(phone.page.locator(".errors")).to_be_focused()
    phone.look()
    phone.page.locator(".errors a").click()
    expect(phone.page.get_by_label("What should we change?")).to_be_in_viewport()


def answer(phone: Phone, answers: list[str], *, forgets: bool = True) -> None:
    """Answers every question in turn, a tap each, checks, and sends."""
    for place, said in enumerate(answers, start=1):
        expect(phone.page.get_by_text("(you chose this)")).to_have_count(0)
        if forgets and place == len(answers):
            _forget_the_words(phone)
        else:
            phone.look()
        phone.page.get_by_role("button", name=said, exact=True).click()
    expect(phone.page.locator("h1")).to_have_text("Check your answers")
    phone.look()
    phone.page.get_by_role("button", name="Send my answers").click()
    expect(phone.page.locator("h1")).to_have_text("Thank you")
    phone.look()


def do(phone: Phone, what: str, sure: str) -> None:
    """Two taps: the act, and yes."""
    phone.page.get_by_role("link", name=what, exact=True).click()
    phone.look()
    phone.page.get_by_role("button", name=sure).click()
    phone.look()

"""Somebody new sets up an app and a passkey, signs in with each, and loses both. A real browser, a made-up passkey."""

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.e2e.looking import accessible

PASSWORD = "harbour-kettle-jotter"
NEW, ADDRESS = "somebody-new", "new@hub.example"


def code_of(key: str, *, later: int = 0) -> str:
    """What an authenticator app shows for `key`, `later` half minutes from now: reckoned here anew, from RFC 6238."""
    counter = struct.pack(">Q", int(time.time()) // 30 + later)
    digest = hmac.new(base64.b32decode(key), counter, hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in(page: Page, hub: str, name: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{hub}/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


@pytest.fixture(scope="module")
def somebody_new(browser: Browser, hub: str) -> Iterator[str]:
    """An account that no other test uses, made by an administrator."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, hub, "administrator")
    page.goto(f"{hub}/admin/users/new/")
    for field, value in {
        "username": NEW,
        "email": ADDRESS,
        "first_name": "New",
        "last_name": "Person",
    }.items():
        page.locator(f"[name={field}]").fill(value)
    for field in ("password1", "password2"):
        page.locator(f"[name={field}]").fill(PASSWORD)
    page.locator("#tab-label-roles").click()
    page.get_by_label("Fife Gingerbread: authors").check()
    page.locator("main form [type=submit]").last.click()
    expect(page.locator(".messages")).to_contain_text("created")
    yield NEW
    context.close()


@pytest.fixture
def keys(page: Page) -> tuple[CDPSession, str]:
    """A device in `page` that keeps passkeys, and its number."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def take_away(page: Page, hub: str) -> None:
    sign_in(page, hub, "administrator")
    page.goto(f"{hub}/admin/signing-in/everybody/")
    accessible(page)
    page.get_by_role("link", name=f"Take away the second step of {ADDRESS}").click()
    accessible(page)
    page.get_by_role("button", name="Take it away").click()
    expect(page.locator(".messages")).to_contain_text(f"{ADDRESS} has no second step now")


def test_an_app_is_set_up_asked_for_and_lost(page: Page, hub: str, somebody_new: str) -> None:
    page.goto(f"{hub}/admin/")
    expect(page.locator("main")).to_contain_text("a password alone is enough here")
    accessible(page)
    sign_in(page, hub, somebody_new)
    page.goto(f"{hub}/admin/account/")
    page.locator("#tab-label-actions").click()
    page.get_by_role("link", name="Signing in and security").click()
    accessible(page)
    page.get_by_role("link", name="Set up a second step").click()
    accessible(page)
    page.get_by_role("link", name="Use an app").click()
    page.get_by_text("I cannot scan it").click()
    accessible(page)
    key = page.locator("#key").inner_text().replace(" ", "")
    page.get_by_label("The six figures your app shows").fill("12")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator("main")).to_contain_text("That code is not right")
    page.get_by_label("The six figures your app shows").fill(code_of(key))
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="10 of 10 not used yet")).to_be_visible()
    accessible(page)
    recovery = page.locator(".entrance__codes li").first.inner_text()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a file").click()
    assert recovery in saved.value.path().read_text()
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(f"{hub}/admin/")

    sign_in(page, hub, somebody_new)
    expect(page.locator("main")).to_contain_text(f"signing in as {ADDRESS}")
    accessible(page)
    page.get_by_label("Code").fill(now := code_of(key, later=1))
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{hub}/admin/")
    sign_in(page, hub, somebody_new)
    page.get_by_label("Code").fill(now)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("main")).to_contain_text("used already")
    accessible(page)
    page.get_by_label("Code").fill(recovery)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{hub}/admin/")
    page.goto(f"{hub}/admin/signing-in/")
    expect(page.locator("main")).to_contain_text("You have 9 left")
    accessible(page)
    take_away(page, hub)
    sign_in(page, hub, somebody_new)
    page.wait_for_url(f"{hub}/admin/")


def test_a_passkey_is_added_cancelled_used_and_removed(
    page: Page, hub: str, somebody_new: str, keys: tuple[CDPSession, str]
) -> None:
    session, device = keys
    sign_in(page, hub, somebody_new)
    page.goto(f"{hub}/admin/signing-in/set-up/")
    page.get_by_role("link", name="Use a passkey").click()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("was cancelled, or it took too long")
    accessible(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_label("What do you want to call it?").fill("My phone")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")

    sign_in(page, hub, somebody_new)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert").filter(has_text="Nothing was sent")).to_be_visible()
    accessible(page)
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{hub}/admin/")

    page.context.clear_cookies()
    page.goto(f"{hub}/admin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{hub}/admin/")
    page.goto(f"{hub}/admin/signing-in/")
    expect(page.locator("main")).to_contain_text("Signed in with a passkey")
    expect(page.locator("main")).to_contain_text("Signed in with a password and a passkey")
    page.get_by_role("link", name="Rename the passkey My phone").click()
    accessible(page)
    page.get_by_label("Name").fill("My new phone")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Remove the passkey My new phone").click()
    accessible(page)
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.locator("main")).to_contain_text("You have none")

    page.context.clear_cookies()
    page.goto(f"{hub}/admin/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("main")).to_contain_text("That passkey does not fit")
    sign_in(page, hub, somebody_new)
    page.wait_for_url(f"{hub}/admin/")

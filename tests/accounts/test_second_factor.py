"""A second step: nobody sees anything of the Hub's on a server without one, and whoever has one is asked everywhere."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import User
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from hub.accounts import codes, guessing, second_factor
from hub.accounts.screens import SignInView
from hub.partners.models import Partner
from hub.partners.roles import ROLES
from tests.factories import Tree, lit_story
from tests.personas import in_group
from tests.second_steps import PASSWORD, code_of, lines, password, recovery_codes, second_step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_counted")]
CONSENT_RECORDS = [
    "/admin/", "/admin/account/", "/admin/signing-in/", "/admin/signing-in/recovery-codes/",
    "/admin/signing-in/everybody/", "/admin/users/", "/admin/pages/", "/admin/api/main/pages/",
    "/admin/stories/review/", "/admin/stories/consents/", "/admin/stories/consents.csv",
    "/admin/stories/consents/ask-again/", "/admin/stories/flags/", "/admin/stories/requests/", "/admin/stories/uses/",
    "/admin/stories/withdrawals/", "/admin/stories/wordings/", "/admin/stories/{story}/people/",
    "/admin/stories/{story}/review/", "/admin/stories/{story}/flags/", "/admin/stories/{story}/changes/",
    "/admin/stories/{story}/uses/", "/admin/stories/{story}/people/{person}/details/", "/admin/pages/{story}/edit/",
    "/admin/pages/{story}/history/",
]  # fmt: skip


# --- Who must


def people() -> list[str]:
    return [role.group_name(Partner(short_name="Clued Up") if role.of_partner else None) for role in ROLES]


@pytest.mark.parametrize("who", [*people(), "administrator"])
def test_no_role_sees_anything_on_a_server_without_a_second_step(
    client: Client, two_sections: Tree, settings: Any, who: str
) -> None:
    story = lit_story(two_sections)
    user = User.objects.create_superuser(who) if who == "administrator" else in_group(who)
    client.force_login(user)
    assert client.get("/admin/").status_code == 200, "on one's own machine a password is enough"
    settings.HUB_MODE = "production"
    numbers = {"story": story.pk, "person": story.participations.first().pk}
    answers = {at.format(**numbers): client.get(at.format(**numbers)) for at in CONSENT_RECORDS}
    led = {at for at, answer in answers.items() if answer.headers.get("Location") == "/admin/signing-in/set-up/"}
    assert led == set(answers)
    assert client.post(f"/admin/stories/{story.pk}/hold/", {}).headers["Location"] == "/admin/signing-in/set-up/"
    TOTP.activate(user, generate_totp_secret())
    assert client.get("/admin/").status_code == 200


def test_outside_the_admin_she_is_a_stranger_until_then(
    client: Client, on_a_server: None, two_sections: Tree, moderator: User
) -> None:
    client.force_login(moderator)
    response = client.get("/")
    assert response.context["request"].user.is_anonymous
    TOTP.activate(moderator, generate_totp_secret())
    assert client.get("/").context["request"].user == moderator


def test_recovery_codes_alone_are_no_second_step(on_a_server: None, worker: User) -> None:
    RecoveryCodes.activate(worker)
    assert not second_factor.may_work(worker)


def test_only_screens_that_show_nothing_are_open_before(client: Client, on_a_server: None, worker: User) -> None:
    client.force_login(worker)
    page = client.get("/admin/signing-in/set-up/").content.decode()
    assert "Everybody on the staff does this once" in page
    assert "Clued Up:" not in page
    assert "wagtail-sidebar" not in page
    assert client.get("/admin/signing-in/app/").status_code == 302, "the password once more"
    assert client.post("/admin/logout/").status_code == 302
    assert client.get("/admin/signing-in/set-up/").headers["Location"].startswith("/admin/login/")


def test_the_sign_in_page_says_that_this_machine_does_without(client: Client, settings: Any, db: None) -> None:
    assert "a password alone is enough here" in client.get("/admin/login/").content.decode()
    settings.HUB_MODE = "production"
    assert "a password alone is enough here" not in client.get("/admin/login/").content.decode()


def test_wagtails_own_sign_in_page_is_no_second_door() -> None:
    assert getattr(resolve("/admin/login/").func, "view_class", None) is SignInView


@pytest.mark.parametrize(
    "address", ["signup/", "email/", "confirm-email/", "password/set/", "login/code/", "accounts/"]
)
def test_allauths_other_addresses_are_not_there(client: Client, tree: Tree, address: str) -> None:
    for at in (f"/admin/{address}", f"/{address}", f"/accounts/{address}"):
        assert client.get(at).status_code in {302, 404}
        assert client.get(at, follow=True).redirect_chain in ([], [(f"/admin/login/?next={at}", 302)])


def test_readers_get_no_cookie(client: Client, tree: Tree) -> None:
    for at in ("/", tree.guidance.url, "/search/?q=a", "/yours/"):
        assert not client.get(at).cookies


# --- With an app


def test_whoever_has_a_second_step_is_asked_for_it_on_her_own_machine_too(
    client: Client, worker: User, secret: str, clock: Any
) -> None:
    assert password(client, worker).headers["Location"] == "/admin/login/second-step/"
    assert client.get("/admin/").status_code == 302, "a password has let nobody in"
    assert f"<strong>{worker.email}</strong>" in client.get("/admin/login/second-step/").content.decode()
    assert second_step(client, code_of(secret)) == "IN"
    assert client.get("/admin/").status_code == 200
    assert lines(worker) == ["in-app"]


def test_a_wrong_code_is_refused_with_a_sentence_and_the_next_right_one_is_not(
    client: Client, worker: User, secret: str, clock: Any
) -> None:
    password(client, worker)
    assert "That code is not right" in second_step(client, "12 34")
    assert "Type the code" in second_step(client, "")
    assert second_step(client, code_of(secret)) == "IN"
    assert lines(worker) == ["wrong-code", "in-app"]


@pytest.mark.parametrize("seconds", [0, 29, 59])
def test_a_code_that_was_seen_cannot_be_used_again(worker: User, secret: str, clock: Any, seconds: int) -> None:
    code, shoulder = code_of(secret), Client()
    client = Client()
    password(client, worker)
    assert second_step(client, code) == "IN"
    clock.shift(seconds)
    password(shoulder, worker)
    assert "used already" in second_step(shoulder, code)
    clock.shift(30)
    assert second_step(shoulder, code_of(secret)) == "IN"


def test_nor_an_older_one_that_was_not_used(client: Client, worker: User, secret: str, clock: Any) -> None:
    older = code_of(secret)
    clock.shift(30)
    codes.use_once(worker, code_of(secret))
    password(client, worker)
    assert "used already" in second_step(client, older)


@pytest.mark.parametrize(("late", "let_in"), [(-30, True), (30, True), (90, False), (-90, False)])
def test_a_clock_may_be_half_a_minute_wrong(
    client: Client, worker: User, secret: str, clock: Any, late: int, let_in: bool
) -> None:
    password(client, worker)
    other = timezone.now() + timedelta(seconds=late)
    assert (second_step(client, code_of(secret, at=other)) == "IN") is let_in


def test_after_too_many_wrong_codes_even_the_right_one_waits_an_hour(
    client: Client, worker: User, secret: str, clock: Any
) -> None:
    password(client, worker)
    for _ in range(guessing.MOST["second step"]):
        second_step(client, "000000")
    assert "too many wrong tries" in second_step(client, code_of(secret))
    password(another := Client(REMOTE_ADDR="198.51.100.9"), worker)
    assert "too many wrong tries" in second_step(another, code_of(secret)), "counted for her, not for the address"


def test_a_form_left_open_too_long_says_so_and_starts_again(
    client: Client, worker: User, secret: str, clock: Any
) -> None:
    password(client, worker)
    clock.shift(20 * 60)
    page = client.post("/admin/login/second-step/", {"code": code_of(secret)}, follow=True)
    assert page.redirect_chain == [("/admin/login/", 302)]
    assert "within 15 minutes" in page.content.decode()


def test_two_people_at_one_browser_are_told_whose_code_is_asked_for(
    client: Client, worker: User, secret: str, carf_author: User, clock: Any
) -> None:
    carf_author.set_password(PASSWORD)
    carf_author.save()
    TOTP.activate(carf_author, theirs := generate_totp_secret())
    password(client, worker)
    password(client, carf_author)
    assert f"<strong>{carf_author.username}</strong>" in client.get("/admin/login/second-step/").content.decode()
    assert "not right" in second_step(client, code_of(secret))
    assert second_step(client, code_of(theirs)) == "IN"
    assert client.get("/admin/").context["request"].user == carf_author


def test_a_recovery_code_lets_in_once(client: Client, worker: User, secret: str) -> None:
    code = recovery_codes(worker)[0]
    password(client, worker)
    assert second_step(client, f"{code[:4]} {code[4:]}") == "IN"
    assert code not in recovery_codes(worker)
    password(again := Client(), worker)
    assert "not right" in second_step(again, code)
    assert lines(worker) == ["in-recovery", "wrong-code"]


def test_a_new_password_does_not_replace_the_second_step(client: Client, worker: User, secret: str) -> None:
    worker.set_password("another-kettle-jotter")
    worker.save()
    assert password(client, worker, word="another-kettle-jotter").headers["Location"] == "/admin/login/second-step/"


def test_somebody_whose_account_was_closed_between_the_steps_stays_out(
    client: Client, worker: User, secret: str, clock: Any
) -> None:
    password(client, worker)
    User.objects.filter(pk=worker.pk).update(is_active=False)
    second_step(client, code_of(secret))
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("sent", ["", "[]", "{}", '"x"', "{", '{"response": {}}', '{"response": {"userHandle": "!"}}'])
def test_a_passkey_made_by_hand_is_refused(client: Client, worker: User, secret: str, sent: str) -> None:
    page = client.post("/admin/login/passkey/", {"credential": sent}, follow=True)
    assert page.redirect_chain[-1][0] == "/admin/login/"
    assert client.get("/admin/").status_code == 302
    password(client, worker)
    assert client.post("/admin/login/second-step/", {"credential": sent}).status_code == 200
    assert client.get("/admin/").status_code == 302

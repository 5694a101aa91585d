"""A second step is set up, shown and changed by whoever it belongs to, and taken away when it is lost."""

from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from hub.accounts.models import SignIn
from hub.accounts.operations import forget_second_factor
from tests.second_steps import PASSWORD, code_of, lines, password, recovery_codes, second_step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_counted")]


def set_up(client: Client) -> str:
    """Sets an app up as she does it on screen; its key."""
    page = client.get("/admin/signing-in/app/")
    key = str(page.context["form"].secret)
    assert "data:image/svg+xml" in page.content.decode()
    done = client.post("/admin/signing-in/app/", {"code": code_of(key)})
    assert done.headers["Location"] == "/admin/signing-in/recovery-codes/"
    return key


def test_she_sets_an_app_up_at_her_first_sign_in(
    client: Client, on_a_server: None, worker: User, clock: Any, django_capture_on_commit_callbacks: Any
) -> None:
    elsewhere = Client()
    elsewhere.force_login(worker)
    page = client.post("/admin/login/", {"username": worker.username, "password": PASSWORD}, follow=True)
    assert page.redirect_chain[-1][0] == "/admin/signing-in/set-up/"
    assert "That code is not right" in client.post("/admin/signing-in/app/", {"code": "1"}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        set_up(client)
    shown = client.get("/admin/signing-in/recovery-codes/").content.decode()
    assert all(f"{code[:4]} {code[4:]}" in shown for code in recovery_codes(worker))
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").headers["Location"].startswith("/admin/login/"), "where she came in without it"
    assert lines(worker) == ["in-password", "app-added"]
    assert [message.to for message in mail.outbox] == [["worker@hub.example"]]
    assert worker.username not in mail.outbox[0].body


def test_its_key_is_in_the_database_only_under_our_own_key(
    client: Client, worker: User, clock: Any, settings: Any
) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.HUB_ENCRYPTION_KEYS = [old]
    password(client, worker)
    key = set_up(client)
    one = recovery_codes(worker)[0]
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert key not in kept
    settings.HUB_ENCRYPTION_KEYS = [new, old]
    call_command("lock_again", stdout=StringIO())
    settings.HUB_ENCRYPTION_KEYS = [new]
    assert recovery_codes(worker)[0] == one
    clock.shift(60)
    password(again := Client(), worker)
    assert second_step(again, code_of(key)) == "IN"


def test_what_she_has_is_not_shown_or_changed_long_after_she_signed_in_without_her_password(
    client: Client, worker: User, secret: str, clock: Any
) -> None:
    password(client, worker)
    second_step(client, code_of(secret))
    assert client.get("/admin/signing-in/recovery-codes/").status_code == 200
    clock.shift(16 * 60)
    for at in ("recovery-codes/", "recovery-codes/file/", "recovery-codes/new/", "app/remove/", "passkeys/add/"):
        asked = client.get(f"/admin/signing-in/{at}")
        assert asked.headers["Location"].startswith("/admin/signing-in/password/"), at
    again = f"/admin/signing-in/password/?next=/admin/signing-in/{at}"
    assert "That is not your password" in client.post(again, {"password": "wrong"}).content.decode()
    assert client.post(again, {"password": PASSWORD}).headers["Location"] == f"/admin/signing-in/{at}"
    assert client.get(f"/admin/signing-in/{at}").status_code == 200


def test_her_other_sessions_are_ended_by_her_and_long_after_she_signed_in_not_without_her_password(
    client: Client, worker: User, secret: str, clock: Any
) -> None:
    elsewhere = Client()
    elsewhere.force_login(worker)
    password(client, worker)
    second_step(client, code_of(secret))
    clock.shift(16 * 60)
    asked = client.post("/admin/signing-in/elsewhere/").headers["Location"]
    assert asked == "/admin/signing-in/password/?next=%2Fadmin%2Fsigning-in%2Felsewhere%2F"
    assert "That is not your password" in client.post(asked, {"password": "wrong"}).content.decode()
    assert elsewhere.get("/admin/").status_code == 200, "whoever found her screen open ends nothing"
    assert client.post(asked, {"password": PASSWORD}).headers["Location"] == "/admin/signing-in/"
    assert elsewhere.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert client.get("/admin/").status_code == 200
    assert lines(worker)[-1] == "left-elsewhere"


def test_recovery_codes_can_be_saved_and_made_anew(client: Client, worker: User, secret: str, clock: Any) -> None:
    password(client, worker)
    second_step(client, code_of(secret))
    before = recovery_codes(worker)
    saved = client.get("/admin/signing-in/recovery-codes/file/")
    assert f"{before[0][:4]} {before[0][4:]}" in saved.content.decode()
    assert "no-store" in saved.headers["Cache-Control"]
    client.post("/admin/signing-in/recovery-codes/new/")
    assert not set(before) & set(recovery_codes(worker))


def test_removing_the_last_one_leads_to_a_new_one_on_a_server(
    client: Client, on_a_server: None, worker: User, secret: str, clock: Any
) -> None:
    password(client, worker)
    second_step(client, code_of(secret))
    client.post("/admin/signing-in/app/remove/")
    assert not Authenticator.objects.filter(user=worker).exists()
    assert client.get("/admin/").headers["Location"] == "/admin/signing-in/set-up/"
    assert lines(worker) == ["in-app", "app-removed"]


def test_nobody_touches_a_passkey_of_somebody_else(client: Client, worker: User, carf_author: User) -> None:
    theirs = Authenticator.objects.create(user=carf_author, type="webauthn", data={"name": "Zilpzalp"})
    password(client, worker)
    for act in ("name", "remove"):
        assert client.get(f"/admin/signing-in/passkeys/{theirs.pk}/{act}/").status_code == 404
        assert client.post(f"/admin/signing-in/passkeys/{theirs.pk}/{act}/", {"name": "mine"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Zilpzalp"


# --- Lost


def test_an_administrator_takes_a_lost_one_away(client: Client, worker: User, secret: str) -> None:
    admin = User.objects.create_superuser("admin")
    here = Client()
    here.force_login(worker)
    client.force_login(admin)
    at = f"/admin/signing-in/everybody/{worker.pk}/forget/"
    assert "Make sure that it is really them" in client.get(at).content.decode()
    assert Authenticator.objects.filter(user=worker).exists(), "looking takes nothing away"
    client.post(at)
    assert not Authenticator.objects.filter(user=worker).exists()
    assert here.get("/admin/").status_code == 302
    line = SignIn.objects.get(user=worker, what=SignIn.What.TAKEN_AWAY)
    assert line.by == admin
    assert [message.to for message in mail.outbox] == [["worker@hub.example"]]


@pytest.mark.parametrize("who", ["clued_up_lead", "moderator", "carf_author", "worker"])
def test_nobody_else_does(client: Client, worker: User, secret: str, request: Any, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    client.post(f"/admin/signing-in/everybody/{worker.pk}/forget/")
    assert Authenticator.objects.filter(user=worker).exists()


def test_nor_an_administrator_her_own(client: Client, worker: User, secret: str) -> None:
    User.objects.filter(pk=worker.pk).update(is_superuser=True)
    client.force_login(worker)
    client.post(f"/admin/signing-in/everybody/{worker.pk}/forget/")
    assert Authenticator.objects.filter(user=worker).exists()


def test_whoever_runs_the_hub_can_too(worker: User, secret: str) -> None:
    out = StringIO()
    call_command("forget_second_factor", worker.username, stdout=out)
    call_command("forget_second_factor", worker.username, stdout=out)
    assert "is taken away" in out.getvalue()
    assert "There was no second step" in out.getvalue()
    assert lines(worker) == ["taken-away"]
    with pytest.raises(CommandError, match="no account with that user name"):
        call_command("forget_second_factor", "nobody")


def test_a_mail_that_cannot_be_sent_undoes_nothing(worker: User, secret: str, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert forget_second_factor(worker, by=None)
    assert not Authenticator.objects.filter(user=worker).exists()

"""The log of sign-ins: who, when and how, and nothing more. It only grows, and forgets after a year."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.accounts.models import SignIn
from hub.accounts.models.sign_ins import KEPT_DAYS_AT_LEAST
from hub.accounts.operations import note
from hub.logs import ImpersonalFormatter
from hub.upkeep.tick import tick
from tests.factories import Tree
from tests.owner import as_owner
from tests.second_steps import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_counted")]


def try_it(name: str, password: str) -> Client:
    client = Client()
    client.post("/admin/login/", {"username": name, "password": password})
    return client


def in_the_log() -> list[tuple[str, int | None]]:
    return list(SignIn.objects.order_by("pk").values_list("what", "user_id"))


def test_each_try_is_a_line_and_a_name_that_is_nobodys_is_not_kept(worker: User) -> None:
    try_it(worker.username, "wrong")
    try_it("zilpzalp", "wrong")
    try_it(worker.username, PASSWORD)
    assert in_the_log() == [("wrong-password", worker.pk), ("wrong-password", None), ("in-password", worker.pk)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(accounts_signin)::text FROM accounts_signin")
        kept = str(cursor.fetchall())
    assert "zilpzalp" not in kept
    assert "127.0.0.1" not in kept


def test_she_sees_her_own_and_nobody_elses(two_sections: Tree, worker: User, carf_author: User) -> None:
    note(SignIn.What.RECOVERY, carf_author)
    page = try_it(worker.username, PASSWORD).get("/admin/signing-in/").content.decode()
    assert "Signed in with a password alone" in page
    assert "recovery code" not in page


def test_administrators_see_everybodys_and_nobody_else_does(
    client: Client, two_sections: Tree, worker: User, clued_up_lead: User, moderator: User
) -> None:
    try_it(worker.username, "wrong")
    try_it("zilpzalp", "wrong")
    client.force_login(User.objects.create_superuser("admin"))
    page = client.get("/admin/signing-in/everybody/").content.decode()
    assert worker.username in page
    assert "A name that is nobody’s" in page
    assert "another account has this address too" not in page
    User.objects.create(username="her-other-account", email=worker.email.upper())
    page = client.get("/admin/signing-in/everybody/").content.decode()
    assert page.count("another account has this address too") == 2
    alone = client.get(f"/admin/signing-in/everybody/?person={worker.pk}").content.decode()
    assert "A name that is nobody’s" not in alone
    for other in (worker, clued_up_lead, moderator):
        client.force_login(other)
        assert client.get("/admin/signing-in/everybody/").status_code == 302
        assert "Sign-ins of everybody" not in client.get("/admin/").content.decode()


def test_the_screens_ask_the_same_number_of_questions_for_many_lines(client: Client, worker: User) -> None:
    admin = User.objects.create_superuser("admin")
    client.force_login(admin)
    note(SignIn.What.APP, worker)
    client.get("/admin/signing-in/everybody/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/admin/signing-in/everybody/")
        counts.append(len(asked))
        SignIn.objects.bulk_create(SignIn(what="taken-away", user=worker, by=admin) for _ in range(30))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "change",
    ["UPDATE accounts_signin SET what = 'in-app'", "DELETE FROM accounts_signin", "TRUNCATE accounts_signin"],
)
def test_the_database_keeps_it_as_it_was_written(worker: User, change: str) -> None:
    note(SignIn.What.WRONG_PASSWORD, worker)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    with pytest.raises(DatabaseError, match=r"Cannot|kept"), transaction.atomic():
        as_owner(change)
    assert in_the_log() == [("wrong-password", worker.pk)]


def test_it_forgets_after_a_year_and_never_within_four_weeks(worker: User, settings: Any) -> None:
    now = timezone.now()
    for days in (1, KEPT_DAYS_AT_LEAST + 1, 364, 366):
        SignIn.objects.create(what="in-app", user=worker, at=now - timedelta(days=days))
    assert "Old sign-ins forgotten: 1." in tick(now=now)
    assert SignIn.objects.count() == 3
    settings.SIGN_INS_KEPT_DAYS = KEPT_DAYS_AT_LEAST
    assert "Old sign-ins forgotten: 2." in tick(now=now)


def test_an_account_can_be_deleted_and_its_lines_stay(client: Client, worker: User) -> None:
    note(SignIn.What.APP, worker)
    number = worker.pk
    worker.delete()
    client.force_login(User.objects.create_superuser("admin"))
    assert f"a deleted account ({number})" in client.get("/admin/signing-in/everybody/").content.decode()


def test_a_screen_that_wagtail_refuses_with_a_sentence_is_in_the_log_by_its_route_alone(
    client: Client, clued_up_author: User, two_sections: Tree, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(clued_up_author)
    client.get("/admin/")
    assert "refused" not in caplog.text
    page = client.get("/admin/users/?q=Zilpzalp")
    assert page.headers["Location"] == "/admin/"
    (record,) = [one for one in caplog.records if one.name == "hub.accounts.refusals"]
    said = ImpersonalFormatter().format(record)
    assert said.endswith("WARNING hub.accounts.refusals: 403 on admin/users/")
    assert "Sorry, you do not have permission" in client.get("/admin/").content.decode()

"""“Is it well?”: each fault is made and found, with what to do; a monitor reads it with its token, nobody else."""

import json
import logging
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from hub import passing_cache
from hub.logs import AsJson
from hub.upkeep import wellness
from hub.upkeep.found import Found, State
from hub.upkeep.models import JobRun, KeptBackup, KeyInUse, Mail
from hub.upkeep.tick import tick
from hub.upkeep.wellness import in_words
from tests.factories import Tree, lit_story
from tests.owner import as_owner

pytestmark = pytest.mark.django_db
NOW = timezone.now
TOKEN = "a-token-for-the-monitor-of-tests"


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def found(name: str) -> Found:
    return wellness._one(name, wellness.LOOKS[name])


@pytest.fixture
def all_is_well(monkeypatch: Any) -> None:
    KeyInUse.objects.all().delete()
    tick(now=NOW())
    KeptBackup.objects.create(name="a", made_at=NOW() - timedelta(hours=3), verified_at=NOW(), rows=9, files=2)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 10**11))


def test_when_all_is_well_it_says_so(all_is_well: None, tree: Tree) -> None:
    assert {each.name: each.state for each in wellness.look()} == dict.fromkeys(wellness.LOOKS, State.WELL)
    lit_story(tree)
    assert found("backup").said == "The last one that was read back is 3 hours old, with 9 rows and 2 files."


def drop_a_trigger() -> None:
    as_owner("ALTER TABLE stories_consent DISABLE TRIGGER ALL")


def give_a_right() -> None:
    as_owner("GRANT TRUNCATE ON stories_consent TO PUBLIC")


def forget_a_migration() -> None:
    as_owner("DELETE FROM django_migrations WHERE app = 'packs'")


def lose_a_key() -> None:
    KeyInUse.objects.create(name="123456789abc", locked="x")


def mail_waits(hours: float = 1) -> None:
    Mail.objects.create(locked="x", made_at=NOW() - timedelta(hours=hours))


def jobs_stop(days: float = 7) -> None:
    JobRun.objects.update(ran_at=NOW() - timedelta(days=days))


@pytest.mark.parametrize(
    ("name", "fault", "state", "said"),
    [
        ("triggers", drop_a_trigger, State.UNWELL, "missing or changed"),
        ("roles", give_a_right, State.UNWELL, "may TRUNCATE stories_consent, and must not"),
        ("migrations", forget_a_migration, State.UNWELL, "changes of tables wait"),
        ("keys", lose_a_key, State.UNWELL, "those named 123456789abc"),
        ("mail", mail_waits, State.LOOK, "has waited for 1 hour"),
        ("mail", lambda: mail_waits(30), State.UNWELL, "has waited for 1 day"),
        ("mail", lambda: Mail.objects.create(locked="", given_up_at=NOW()), State.LOOK, "1 mails of the last thirty"),
        ("jobs", jobs_stop, State.UNWELL, "last ran 7 days ago"),
        ("jobs", lambda: jobs_stop(0.1), State.LOOK, "last ran 2 hours ago"),
        ("jobs", lambda: JobRun.objects.update(went_well_at=None), State.LOOK, "Not well the last time: "),
        ("jobs", lambda: JobRun.objects.all().delete(), State.LOOK, "never run"),
        ("backup", lambda: KeptBackup.objects.update(verified_at=None), State.LOOK, "No backup has been made"),
        ("backup", lambda: KeptBackup.objects.update(made_at=NOW() - timedelta(days=5)), State.UNWELL, "5 days old"),
    ],
)
def test_each_fault_is_found_with_what_to_do(
    all_is_well: None, tree: Tree, name: str, fault: Any, state: State, said: str
) -> None:
    fault()
    seen = found(name)
    assert seen.state == state
    assert said in seen.said
    assert seen.do


def test_the_machine_is_looked_at_too(all_is_well: None, tree: Tree, monkeypatch: Any, settings: Any) -> None:
    lit_story(tree)
    settings.LEDGER_JOURNAL.unlink(missing_ok=True)
    assert found("journal").state == State.LOOK
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**12, 0, 10**8))
    assert found("disk").state == State.UNWELL
    monkeypatch.setattr(timezone, "now", lambda now=timezone.now: now() + timedelta(hours=1))
    assert (found("clock").state, "1 hour" in found("clock").said or "59 minutes" in found("clock").said) == (
        State.UNWELL,
        True,
    )
    monkeypatch.setattr(passing_cache, "is_gone", lambda: True)
    assert found("cache").state == State.LOOK
    monkeypatch.setitem(wellness.LOOKS, "disk", lambda: 1 / 0)
    assert found("disk").said == "It cannot be asked (ZeroDivisionError)."
    User.objects.create(username="one", email="Kim@a.example")
    User.objects.create(username="two", email="kim@a.example")
    assert "1 mail addresses belong to two accounts" in found("accounts").said
    assert "Sign-ins of everybody, says whose" in found("accounts").do


def test_a_monitor_reads_it_with_its_token_and_a_stranger_hears_one_word(
    all_is_well: None, client: Client, settings: Any
) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    settings.HUB_MONITOR_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 404
    monitor = {"Authorization": f"Bearer {TOKEN}"}
    drop_a_trigger()
    answer = client.get("/readyz", headers=monitor)
    assert answer.status_code == 503
    assert answer.json()["looks"]["triggers"]["state"] == "unwell"
    assert client.get("/readyz").json() == {"status": "not ready"}
    numbers = client.get("/metrics", headers=monitor).content.decode()
    assert 'hub_look{name="triggers"} 0.0' in numbers
    assert 'hub_look{name="mail"} 1.0' in numbers


def test_an_administrator_reads_it_in_plain_words_and_nobody_else(
    all_is_well: None, tree: Tree, moderator: Any
) -> None:
    staff = Client()
    staff.force_login(User.objects.create_superuser("admin"))
    assert "Yes. Everything" in staff.get("/admin/is-it-well/").content.decode()
    jobs_stop()
    page = staff.get("/admin/is-it-well/").content.decode()
    assert page.index("Start the service “jobs” again.") < page.index("It answers;"), "what needs somebody stands first"
    assert "Is it well?" in staff.get("/admin/").content.decode()
    staff.force_login(moderator)
    assert staff.get("/admin/is-it-well/").status_code == 404


def test_a_log_may_be_one_object_a_line_without_words_of_an_error() -> None:
    about = (ValueError, ValueError("kim@a.example"), None)
    record = logging.LogRecord("hub.x", logging.ERROR, __file__, 1, "Story %s: no.", (4,), about)
    said = json.loads(AsJson().format(record))
    assert (said["level"], said["logger"], said["said"]) == ("ERROR", "hub.x", "Story 4: no.")
    assert "builtins.ValueError" in said["trace"]
    assert "kim" not in str(said)
    assert in_words(timedelta(0)) == "less than a second"


def test_the_databases_own_log_repeats_nothing_that_somebody_typed(tmp_path: Path) -> None:
    log = settings.VAR_DIR / "postgres" / "server.log"
    before = log.stat().st_size
    User.objects.create(username="zaunkoenig-in-the-log")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(username="zaunkoenig-in-the-log")
    with log.open("rb") as written:
        written.seek(before)
        said = written.read().decode()
    assert "duplicate key value" in said
    assert "zaunkoenig" not in said
    with connection.cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("SET log_error_verbosity = verbose")

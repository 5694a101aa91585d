"""A backup counts when it was read back; only the private key opens it; a failed one leaves the older as they were."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.core.management import CommandError, call_command

from hub.stories.models import StoryPage
from hub.upkeep import kept_backups
from hub.upkeep.archive import CannotRestore
from hub.upkeep.backup_places import InAFolder
from hub.upkeep.kept_backups import keep_one, open_with, to_keep
from hub.upkeep.management.commands.keep_backup import seconds_until_night
from hub.upkeep.models import KeptBackup
from tests.owner import as_owner_of_all, owners_connection
from tests.upkeep.test_backup import said_by

PAIR = pyrage.x25519.Identity.generate()
PUBLIC = str(PAIR.to_public())


def scratch_databases() -> list[str]:
    with owners_connection()._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'hub_scratch_%'")
        return [name for (name,) in cursor.fetchall()]


def test_one_is_made_locked_read_back_and_counted_and_opens_with_its_key_alone(
    agreed: StoryPage, tmp_path: Path, settings: Any
) -> None:
    folder = tmp_path / "copies"
    settings.HUB_BACKUP_DIR, settings.HUB_BACKUP_RECIPIENT = str(folder), PUBLIC
    said = io.StringIO()
    with as_owner_of_all():
        call_command("keep_backup", stdout=said)
    row = KeptBackup.objects.get(problem="")
    assert row.verified_at
    assert row.rows > 100
    assert f"read back: {row.rows} rows" in said.getvalue()
    assert scratch_databases() == []
    (kept,) = folder.iterdir()
    assert (kept.name, kept.stat().st_size, kept.stat().st_mode & 0o077) == (row.name, row.size, 0)
    assert agreed.title.encode() not in kept.read_bytes()
    key, other = tmp_path / "key", tmp_path / "other"
    key.write_text(f"# made by a test\n{PAIR}\n")
    other.write_text(str(pyrage.x25519.Identity.generate()))
    plain = io.BytesIO()
    with kept.open("rb") as source:
        open_with(key, source, plain)
    assert said_by(plain.getvalue(), "manifest.json")["head_number"] > 0
    with kept.open("rb") as source, pytest.raises(CannotRestore, match="does not open"):
        open_with(other, source, io.BytesIO())
    with as_owner_of_all():
        call_command("restore", str(kept), "--check", "--identity", str(key), stdout=said)
    assert "It is whole" in said.getvalue()


def test_one_that_cannot_be_read_back_is_none_and_the_older_stay(
    agreed: StoryPage, tmp_path: Path, monkeypatch: Any, settings: Any
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "hub-yesterday.tar.age").write_bytes(b"yesterday's")
    monkeypatch.setattr(kept_backups, "HEAD", "SELECT 'another line'")
    with as_owner_of_all(), pytest.raises(CannotRestore, match="another line of the ledger"):
        keep_one(InAFolder(folder), PUBLIC, months=0)
    assert [file.read_bytes() for file in folder.iterdir()] == [b"yesterday's"]
    assert scratch_databases() == []
    row = KeptBackup.objects.latest("pk")
    assert (row.verified_at, row.problem) == (None, "CannotRestore")
    settings.HUB_BACKUP_DIR = ""
    with pytest.raises(CommandError, match=r"HUB_BACKUP_DIR .* and HUB_BACKUP_RECIPIENT are missing"):
        call_command("keep_backup")


def test_seven_days_four_weeks_and_as_many_months_as_are_wanted_are_kept() -> None:
    now = datetime(2026, 11, 28, 2, 30, tzinfo=UTC)
    nightly = [now - timedelta(days=days) for days in range(500)]
    kept = to_keep(nightly, now, months=0)
    assert sorted({(now - at).days for at in kept}) == [0, 1, 2, 3, 4, 5, 6, 13, 20, 27]
    year = to_keep(nightly, now, months=12)
    assert len({(at.year, at.month) for at in year}) == 12
    assert year >= kept
    old = [now - timedelta(days=900), now - timedelta(days=901)]
    assert to_keep(old, now, months=0) == {old[0]}, "the newest of all stays, however old"
    assert to_keep([now, now - timedelta(hours=1)], now, months=12) == {now}
    assert seconds_until_night(now - timedelta(hours=1)) == 3600
    assert seconds_until_night(now) == 86_400

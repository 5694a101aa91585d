"""Backups in S3-compatible storage: sent whole, read again, and a whole Hub comes back from there, its files too."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from hub import env_files
from hub.shelves import FilesDoNotAnswer, shelf
from hub.stories.models import StoryPage, StoryParticipant
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.archive import CannotRestore
from hub.upkeep.backup_places import Elsewhere, place
from hub.upkeep.kept_backups import TABLES
from hub.upkeep.models import KeptBackup
from tests.kept.test_several_machines import does_not_answer
from tests.machines import Bucket, a_bucket
from tests.owner import as_owner_of_all
from tests.restores import is_public

PAIR = pyrage.x25519.Identity.generate()
NOT_COUNTED = {"upkeep_keptbackup", "upkeep_gap", "django_session"}  # what a restore itself writes and ends

# the light and the words to search for of the one that was withdrawn, and rights that the table of roles does not give
FEWER = {"pages_visibility", "pages_searchentry", "auth_user_user_permissions"}


@pytest.fixture(scope="module")
def server() -> Iterator[Bucket]:
    with a_bucket() as running:
        yield running


@pytest.fixture
def bucket(server: Bucket, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Bucket:
    """Files and backups are both elsewhere."""
    monkeypatch.setenv("HUB_FILES_URL", server.url)
    monkeypatch.setenv("HUB_BACKUP_URL", server.url)
    settings.STORAGES = {**settings.STORAGES, **env_files.storages(0o640)}
    settings.HUB_FILES_ELSEWHERE = True
    settings.HUB_BACKUP_ELSEWHERE = env_files.elsewhere("HUB_BACKUP_URL")
    settings.HUB_BACKUP_RECIPIENT, settings.HUB_BACKUP_DIR = str(PAIR.to_public()), ""
    (tmp_path / "key").write_text(str(PAIR))
    return server


def rows() -> dict[str, int]:
    with as_owner_of_all(), connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = sorted({name for (name,) in cursor.fetchall()} - NOT_COUNTED)
        counted = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            counted[name] = cursor.fetchone()[0]
    connection.close()
    return counted


def test_a_whole_hub_comes_back_from_there_counted_and_without_what_was_withdrawn_since(
    bucket: Bucket, agreed: StoryPage, other: StoryPage, tmp_path: Path
) -> None:
    shelf("media").write("originals/boat.png", b"a boat")
    before, said = rows(), io.StringIO()
    with as_owner_of_all():
        call_command("keep_backup", stdout=said)
    row = KeptBackup.objects.get(problem="")
    assert (row.verified_at is not None, row.files) == (True, len(list(shelf("media").names())))
    kept = bucket.client.get_object(Bucket="hub", Key=f"backups/{row.name}")["Body"].read()
    assert (len(kept), kept[:22]) == (row.size, b"age-encryption.org/v1\n")
    assert agreed.title.encode() not in kept
    withdraw(StoryParticipant.objects.get(story=agreed))
    shelf("media").remove("originals/boat.png")
    connection.close()
    with as_owner_of_all():
        call_command("keep_backup", "--list", stdout=said)
        call_command("restore", "--kept", row.name, "--identity", str(tmp_path / "key"), stdout=said)
    assert row.name in said.getvalue()
    assert shelf("media").read("originals/boat.png") == b"a boat"
    assert (is_public(agreed), is_public(other)) == (False, True)
    after = rows()
    assert {name for name in before if after[name] < before[name]} == FEWER
    with as_owner_of_all(), pytest.raises(CommandError, match="No backup called hub-none"):
        call_command("restore", "--kept", "hub-none")


def test_what_does_not_come_back_as_it_was_sent_is_no_backup_and_silence_is_said(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept_in, file = place(), tmp_path / "hub-today.tar.age"
    assert isinstance(kept_in, Elsewhere)
    older = kept_in.names()
    file.write_bytes(b"all of it" * 100)

    def sends_half(name: str, source: Any) -> None:
        kept_in.bucket.write(name, source.read()[:100])

    with monkeypatch.context() as halved:
        halved.setattr(kept_in.bucket, "send", sends_half)
        with pytest.raises(CannotRestore, match="not what was sent there"):
            kept_in.put(file.name, file)
    assert kept_in.names() == older
    with monkeypatch.context() as gone:
        gone.setattr(kept_in.bucket.connection.meta.client, "_make_api_call", does_not_answer)
        with pytest.raises(FilesDoNotAnswer):
            kept_in.put(file.name, file)
    kept_in.put(file.name, file)
    assert kept_in.names() - older == {file.name}
    kept_in.take_away(file.name)
    assert kept_in.names() == older

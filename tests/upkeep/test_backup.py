"""A backup is one file that says what it is; half of one, or a changed one, is no backup."""

import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from hub.pages.models import HubImage
from hub.stories import ledger
from hub.stories.models import StoryPage
from hub.upkeep import keys
from hub.upkeep.archive import CannotRestore, unpack
from hub.upkeep.management.commands import back_up as command
from tests.owner import as_owner_of_all
from tests.restores import a_backup, is_public, restored
from tests.stories.consent.test_evidence import photo


def said_by(copy: bytes, entry: str) -> Any:
    with tarfile.open(fileobj=io.BytesIO(copy)) as tar:
        opened = tar.extractfile(entry)
        assert opened
        return json.loads(opened.read())


def test_it_holds_database_journal_and_files_in_this_order_and_says_that_it_is_whole(agreed: StoryPage) -> None:
    HubImage(title="Kettle", file=ContentFile(photo(), name="kettle.jpg")).save()
    with tarfile.open(fileobj=io.BytesIO(a_backup())) as tar:
        names = tar.getnames()
    assert names[:3] == ["manifest.json", "hub.dump", "journal.jsonl"]
    assert any(name.startswith("media/") for name in names)
    assert names[-1] == "whole.json"


def test_it_carries_the_head_of_the_ledger_and_names_of_keys(agreed: StoryPage, settings: Any) -> None:
    manifest = said_by(a_backup(), "manifest.json")
    head = ledger.head()
    assert head
    assert (manifest["head"], manifest["head_number"]) == (head.hash, head.sequence)
    assert manifest["head_at"] == head.at.isoformat()
    assert manifest["keys"] == [keys.name_of(settings.HUB_ENCRYPTION_KEYS[0])]


def test_on_ones_own_machine_it_holds_the_keys_and_says_so_and_on_a_server_never(
    agreed: StoryPage,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("back_up", str(tmp_path / "hub.tar"))
    assert "It holds the keys too" in capsys.readouterr().out
    assert said_by(a_backup(), "keys.json")["encryption"] == settings.HUB_ENCRYPTION_KEYS
    for change in (
        lambda: setattr(settings, "HUB_MODE", "production"),
        lambda: monkeypatch.setenv("HUB_ENCRYPTION_KEYS", settings.HUB_ENCRYPTION_KEYS[0]),
    ):
        settings.HUB_MODE = "local"
        change()
        copy = a_backup()
        with tarfile.open(fileobj=io.BytesIO(copy)) as tar:
            assert "keys.json" not in tar.getnames()
        assert settings.HUB_ENCRYPTION_KEYS[0].encode() not in copy
        assert settings.SECRET_KEY.encode() not in copy
        assert settings.HUB_LINK_KEYS[0].encode() not in copy


def test_what_is_not_whole_or_was_changed_is_refused_and_nothing_is_changed(agreed: StoryPage, tmp_path: Path) -> None:
    whole = a_backup()
    without_its_end = whole[: whole.rindex(b"whole.json")]
    turned = bytearray(whole)
    turned[whole.index(b"PGDMP") + 5000] ^= 1
    for wrong in (b"not a backup", b"", whole[:100_000], without_its_end, bytes(turned)):
        with pytest.raises(CannotRestore, match=r"not a whole backup.*Nothing was changed"):
            restored(wrong)
    assert is_public(agreed)
    assert not (tmp_path / "restore" / "unfinished").exists()
    unpack(io.BytesIO(whole), tmp_path)  # the one they were made from is


def test_a_path_that_leads_out_of_the_folder_is_refused(agreed: StoryPage, tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        entry = tarfile.TarInfo("../out.txt")
        tar.addfile(entry, io.BytesIO())
    out.seek(0)
    with pytest.raises(CannotRestore, match="not a whole backup"):
        unpack(out, tmp_path / "folder")
    assert not (tmp_path / "out.txt").exists()


def test_the_command_replaces_yesterdays_file_only_with_a_whole_one(
    agreed: StoryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "hub.tar"
    call_command("back_up", str(copy))
    assert "holds everything" in capsys.readouterr().out
    assert copy.stat().st_mode & 0o077 == 0
    yesterday = copy.read_bytes()
    monkeypatch.setattr(command, "back_up", fails)
    with pytest.raises(CommandError, match="the disk is full"):
        call_command("back_up", str(copy))
    assert copy.read_bytes() == yesterday
    with pytest.raises(CommandError, match="There is no backup"):
        call_command("back_up", str(tmp_path / "nowhere" / "hub.tar"))
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".half")] == []


def fails(target: Any) -> None:
    target.write(b"half of it")
    raise OSError("the disk is full")


def test_while_a_restore_is_unfinished_there_is_no_backup(agreed: StoryPage, own_var: Path) -> None:
    (own_var / "restore").mkdir()
    (own_var / "restore" / "unfinished").touch()
    with pytest.raises(CommandError, match="A restore was begun and is not finished"):
        a_backup()


def test_tables_that_an_older_version_put_aside_are_in_no_backup(agreed: StoryPage) -> None:
    with as_owner_of_all(), connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA before_restore; CREATE TABLE before_restore.stories_storypage (id int)")
    with pytest.raises(CommandError, match="The tables from before it are kept"):
        a_backup()
    with as_owner_of_all(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA before_restore CASCADE")
    assert b"before_restore" not in a_backup()

"""A backup is one file, a restore is one command, and it never brings a withdrawn story back."""

import io
import tarfile
from pathlib import Path

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from hub.backup import CannotRestore, back_up, restore
from hub.pages.models import HubImage, HubPage
from hub.partners.provisioning import provision
from hub.stories.after_restore import withdraw_again
from hub.stories.ledger import first_broken_link
from hub.stories.models import ConsentEvent, StoryPage
from hub.stories.operations import withdraw
from tests.factories import build_tree, light, make_story
from tests.test_evidence import photo

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def story() -> StoryPage:
    tree = build_tree()
    provision()
    return light(make_story(tree))


def is_public(story: StoryPage) -> bool:
    return HubPage.objects.filter(pk=story.pk).live().exists()


def a_backup() -> io.BytesIO:
    out = io.BytesIO()
    back_up(out)
    out.seek(0)
    return out


def test_a_restore_brings_everything_back_but_a_withdrawn_story(story: StoryPage) -> None:
    image = HubImage(title="Kettle", file=ContentFile(photo(), name="kettle.jpg"))
    image.save()
    copy = a_backup()
    withdraw(story.participations.get())
    Path(image.file.path).unlink()
    HubImage.objects.all().delete()
    told = ConsentEvent.objects.count()

    assert len(list(restore(copy))) == 3
    assert is_public(story), "the backup is of a day on which they had said yes"
    assert any("withdrawn again" in said for said in withdraw_again())
    assert not is_public(story)
    assert ConsentEvent.objects.count() >= told
    assert first_broken_link() is None
    assert Path(HubImage.objects.get().file.path).exists()


def test_a_backup_holds_the_database_first_then_the_journal_and_the_files(story: StoryPage) -> None:
    HubImage(title="Kettle", file=ContentFile(photo(), name="kettle.jpg")).save()
    with tarfile.open(fileobj=a_backup()) as tar:
        names = tar.getnames()
    assert names[:2] == ["hub.dump", "journal.jsonl"]
    assert any(name.startswith("media/") for name in names)


def test_a_file_that_is_no_backup_and_half_a_backup_change_nothing(story: StoryPage) -> None:
    for wrong in (b"not a backup", b"", a_backup().getvalue()[:100_000]):
        with pytest.raises(CannotRestore, match="not a whole backup"):
            list(restore(io.BytesIO(wrong)))
    assert is_public(story)


def test_a_restore_that_fails_halfway_leaves_the_database_as_it_was(
    story: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = a_backup()

    def fails(name: str, *arguments: str) -> None:
        if "--single-transaction" in arguments:
            raise OSError("the disk is full")

    monkeypatch.setattr("hub.backup._postgres", fails)
    with pytest.raises(CannotRestore, match="Nothing was changed"):
        list(restore(copy))
    assert is_public(story)


def test_after_a_restore_that_was_killed_the_next_one_begins_from_the_old_tables(story: StoryPage) -> None:
    copy = a_backup()
    with connection.cursor() as cursor:
        cursor.execute("ALTER SCHEMA public RENAME TO before_restore")
        cursor.execute("CREATE SCHEMA public")
    list(restore(copy))
    assert is_public(story)


def test_a_restore_waits_until_nobody_else_uses_the_database(story: StoryPage) -> None:
    copy = a_backup()
    settings = connection.settings_dict
    with (
        psycopg.connect(host=settings["HOST"], port=settings["PORT"], user=settings["USER"], dbname=settings["NAME"]),
        pytest.raises(CannotRestore, match="Stop it first"),
    ):
        list(restore(copy))
    assert list(restore(copy))


def test_the_commands_say_what_they_did_and_what_they_could_not(
    story: StoryPage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "hub.tar"
    call_command("back_up", str(copy))
    assert "holds everything" in capsys.readouterr().out
    assert copy.stat().st_mode & 0o077 == 0
    withdraw(story.participations.get())
    call_command("restore", str(copy))
    assert "withdrawn again" in capsys.readouterr().out
    assert not is_public(story)
    with pytest.raises(CommandError, match="There is no backup"):
        call_command("back_up", str(tmp_path / "nowhere" / "hub.tar"))
    with pytest.raises(CommandError, match="No such file"):
        call_command("restore", str(tmp_path / "nowhere.tar"))
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".half")] == []

"""A restore brings everything back, and never a story that somebody may have withdrawn since."""

import io
import tarfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from hub import rights
from hub.pages.models import HubImage
from hub.stories.choices import Use
from hub.stories.ledger import journal
from hub.stories.ledger.lines import first_broken_link
from hub.stories.light.lighting import relight
from hub.stories.models import StoryPage, TakenBack
from hub.stories.review.decisions import return_story
from hub.stories.review.taking_back import show_again
from hub.stories.review.who_may_approve import MayNotApprove
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep import archive, unfinished
from hub.upkeep.archive import CannotRestore
from hub.upkeep.giving import give_journal
from hub.upkeep.models import Restoration
from hub.upkeep.restoring import Restore
from hub.upkeep.tick import tick
from tests.factories import Tree, light, make_story
from tests.owner import as_owner_of_all
from tests.restores import a_backup, another_machine, is_public, journal_kept_as, restored
from tests.stories.consent.test_evidence import photo


def given(file: Path) -> str:
    with as_owner_of_all():
        return "\n".join(give_journal(file))


def test_with_its_journal_everything_comes_back_but_what_was_withdrawn(agreed: StoryPage, other: StoryPage) -> None:
    image = HubImage(title="Kettle", file=ContentFile(photo(), name="kettle.jpg"))
    image.save()
    Session.objects.create(session_key="somebody", session_data="", expire_date=timezone.now())
    copy = a_backup()
    withdraw(agreed.participations.get())
    Path(image.file.path).unlink()
    HubImage.objects.all().delete()

    said = restored(copy)
    assert "is withdrawn again" in said
    assert "The journal tells of all that was said after the backup" in said
    assert not is_public(agreed)
    assert is_public(other)
    assert Path(HubImage.objects.get().file.path).exists()
    assert not Session.objects.exists(), "whoever has left since is not signed in again"
    assert first_broken_link() is None
    assert rights.differences() == []
    assert Client().get("/healthz").status_code == 200
    assert Restoration.objects.get().why_dark == ""
    assert "is withdrawn again" in restored(copy), "and the same once more"
    assert (is_public(agreed), is_public(other)) == (False, True)


def test_on_a_fresh_machine_every_story_is_dark_until_a_moderator_shows_it(
    agreed: StoryPage, other: StoryPage, tmp_path: Path
) -> None:
    copy = a_backup()
    withdraw(agreed.participations.get())
    another_machine(tmp_path / "fresh")

    said = restored(copy)
    assert "Restored with all stories dark, because there is no journal of what was said after it" in said
    assert "withdrawn again" not in said
    assert not is_public(agreed)
    assert not is_public(other)
    assert not relight(other.pk).allowed
    tick(now=timezone.now())
    call_command("withdraw_again")
    assert not is_public(other), "no job and no start brings it back"
    assert "all stories dark" in restored(copy), "what it brought itself is no witness for the next restore"
    assert not is_public(other)

    with pytest.raises(MayNotApprove):
        show_again(other, by=User.objects.create(username="nobody-special"))
    show_again(other, by=User.objects.create(username="an-administrator", is_superuser=True))
    assert is_public(other)
    assert not is_public(agreed)
    tick(now=timezone.now())
    assert not is_public(agreed)


def test_with_the_journal_given_only_what_was_withdrawn_is_dark(
    agreed: StoryPage, other: StoryPage, tmp_path: Path
) -> None:
    copy = a_backup()
    withdraw(agreed.participations.get())
    kept = journal_kept_as(tmp_path / "saved.jsonl")
    another_machine(tmp_path / "fresh")
    assert "The journal tells of all that was said after the backup" in restored(copy, given=[kept])
    assert (is_public(agreed), is_public(other)) == (False, True)
    withdraw(other.participations.get())
    assert "The journal tells of all" in restored(copy), "from now on there is a journal here that goes on"
    assert not is_public(other)


def test_a_journal_that_turns_up_later_shows_all_but_what_was_withdrawn(
    agreed: StoryPage, other: StoryPage, tmp_path: Path
) -> None:
    older = journal_kept_as(tmp_path / "older.jsonl")
    relight(other.pk)
    withdraw(agreed.participations.get(), uses=[Use.SOCIAL])
    copy = a_backup()
    withdraw(agreed.participations.get())
    kept = journal_kept_as(tmp_path / "saved.jsonl")
    another_machine(tmp_path / "fresh")
    restored(copy)
    TakenBack.objects.create(story_id=other.pk, why=TakenBack.Why.UNPUBLISHED)

    assert "Stories stay dark: this journal does not tell of all" in given(older)
    assert not is_public(other)
    said = given(kept)
    assert "is withdrawn again" in said
    assert "stories are shown again" in said
    assert not is_public(agreed)
    assert not is_public(other), "somebody has unpublished it meanwhile"
    TakenBack.objects.filter(story_id=other.pk).update(ended_at=timezone.now())
    relight(other.pk)
    assert is_public(other)
    assert not Restoration.objects.filter(gaps__len__gt=0, filled_at=None).exists()


def test_a_copy_out_of_the_backup_shows_nothing(agreed: StoryPage, tmp_path: Path) -> None:
    copy = a_backup()
    with tarfile.open(fileobj=io.BytesIO(copy)) as tar:
        tar.extract("journal.jsonl", tmp_path, filter="data")
    another_machine(tmp_path / "fresh")
    assert "the copy out of a backup" in restored(copy, given=[tmp_path / "journal.jsonl"])
    assert "Stories stay dark" in given(tmp_path / "journal.jsonl")
    assert not is_public(agreed)


def test_a_journal_of_another_database_is_kept_aside_when_it_lies_here_and_refused_when_it_is_given(
    agreed: StoryPage, tmp_path: Path
) -> None:
    copy = a_backup()
    foreign = {"number": 1, "kind": "withdrawn", "story": agreed.pk, "participant": "P-0001", "use": "website"}
    foreign |= {"ledger": "f" * 64, "given_by": "self", "at": "2026-01-01T00:00:00+00:00"}
    elsewhere = tmp_path / "elsewhere.jsonl"
    elsewhere.write_text(journal.as_text(foreign) + "\n")
    with pytest.raises(CannotRestore, match=r"belongs to another database. Nothing was changed"):
        restored(copy, given=[elsewhere])
    assert is_public(agreed)

    another_machine(tmp_path / "fresh")
    journal.append([foreign])
    said = restored(copy)
    assert "It is kept as journal.jsonl.of-another-database-1" in said
    assert "all stories dark" in said
    assert not is_public(agreed)
    assert agreed.participations.get().consents.filter(decision="given").exists(), "it withdrew nothing here"
    with pytest.raises(CannotRestore, match="belongs to another database"):
        given(elsewhere)


@pytest.mark.parametrize("text", ["", "not a journal\n", '{"note": 1}\n', "5\n"])
def test_a_file_that_is_no_journal_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "file.jsonl"
    file.write_text(text)
    with pytest.raises(CannotRestore, match="is no journal of consent"):
        Restore(io.BytesIO(), given=[file])
    with pytest.raises(CannotRestore, match="There is no file"):
        Restore(io.BytesIO(), given=[tmp_path / "nowhere"])


def test_what_moderators_and_workers_took_off_after_the_backup_stays_off(agreed: StoryPage, other: StoryPage) -> None:
    copy = a_backup()
    agreed.unpublish()
    moderator = User.objects.get(username="a-moderator")
    return_story(StoryPage.objects.get(pk=other.pk), moderator=moderator, comment="Not yet.")
    assert "is taken off the site again" in restored(copy)
    assert (is_public(agreed), is_public(other)) == (False, False)
    show_again(agreed, by=User.objects.create(username="an-administrator", is_superuser=True))
    assert is_public(agreed), "a person may, as before"
    assert "The journal tells of all" in restored(copy)
    assert is_public(agreed), "and what a person showed again stays shown"
    assert not is_public(other)


def test_what_was_made_true_in_tables_that_are_gone_is_made_true_again(ground: Tree, agreed: StoryPage) -> None:
    """First the wrong backup is restored, from before a story: what it lost of that story is noted as done with."""
    before_it = a_backup()
    story = light(make_story(ground, text="Sommer"))
    with_it = a_backup()
    withdraw(story.participations.get())
    restored(before_it)
    assert not StoryPage.objects.filter(pk=story.pk).exists()
    assert "is withdrawn again" in restored(with_it)
    assert not is_public(story)
    assert is_public(agreed)


def rewritten(copy: bytes, tmp_path: Path, *, without: tuple[str, ...] = (), **said: Any) -> bytes:
    """A backup whose manifest says something else, or of which entries are missing; whole all the same."""
    folder, out = tmp_path / "rewritten", io.BytesIO()
    manifest = archive.unpack(io.BytesIO(copy), folder)
    writer = archive.Writer(out)
    if archive.MANIFEST not in without:
        writer.add(archive.MANIFEST, archive.as_json(replace(manifest, **said)))
    for name in (archive.DUMP, archive.JOURNAL, archive.KEYS):
        if name not in without:
            writer.add_file(name, folder / name)
    writer.finish()
    return out.getvalue()


def test_a_backup_that_this_machine_cannot_take_is_refused_before_anything_is_changed(
    agreed: StoryPage, tmp_path: Path
) -> None:
    copy = a_backup()
    with pytest.raises(CannotRestore, match=r"from PostgreSQL 99, and this server is PostgreSQL \d+"):
        restored(rewritten(copy, tmp_path, postgresql=990_001))
    with pytest.raises(CannotRestore, match="is not the one it says it holds"):
        restored(rewritten(copy, tmp_path, head="f" * 64))
    as_newer = "INSERT INTO django_migrations (app, name, applied) VALUES ('stories', '9999_from_tomorrow', now())"
    with as_owner_of_all(), connection.cursor() as cursor:
        cursor.execute(as_newer)
    newer = a_backup()
    with as_owner_of_all(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE name = '9999_from_tomorrow'")
    with pytest.raises(CannotRestore, match="made by a newer version of the Hub"):
        restored(newer)
    assert unfinished.sentence() == ""
    assert is_public(agreed)


def test_a_backup_of_an_older_version_comes_back_under_the_same_rule(
    agreed: StoryPage, other: StoryPage, tmp_path: Path
) -> None:
    older = rewritten(a_backup(), tmp_path, without=(archive.MANIFEST, archive.KEYS))
    withdraw(agreed.participations.get())
    assert "The journal tells of all" in restored(older)
    assert (is_public(agreed), is_public(other)) == (False, True)
    another_machine(tmp_path / "fresh")
    assert "all stories dark" in restored(older)
    assert not is_public(other)


def test_the_command_says_what_it_did(agreed: StoryPage, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "hub.tar"
    call_command("back_up", str(copy))
    connection.close()
    with as_owner_of_all():
        call_command("restore", str(copy), check=True)
        assert "It is whole. It was made at" in capsys.readouterr().out
        call_command("restore", str(copy))
        assert "The journal tells of all that was said after the backup" in capsys.readouterr().out
        with pytest.raises(CommandError, match="No such file"):
            call_command("restore", str(tmp_path / "nowhere.tar"))

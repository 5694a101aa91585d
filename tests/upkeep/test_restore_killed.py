"""A restore may be killed at any moment: nobody is ever shown half of it, and run again it ends the same.

Each time a process of its own restores, and is ended as the kernel or a loss of power would end it.
"""

import io
import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.test import Client

from hub import rights
from hub.stories.ledger import journal
from hub.stories.models import StoryPage
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep import loading, opening, restoring, roles, unfinished
from hub.upkeep.archive import CannotRestore
from hub.upkeep.restoring import Restore, give_up
from tests.owner import as_owner_of_all
from tests.restores import a_backup, another_machine, is_public, journal_kept_as, restored

NOTHING_CHANGED = ["wait_for_others", "unpack", "find_keys", "mark_beside", "complete_journal", "load"]
TABLES_ARE_BACK = ["write_journal", "bring_files", "migrate", "keep_dark", "say_again", "forget", "clear", "open"]
STEPS = [*NOTHING_CHANGED, *TABLES_ARE_BACK, "conclude"]


def killed() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def in_a_process(act: Callable[[], object]) -> int:
    """Starts `act` in a process of its own, which opens its own connection. Returns its number."""
    connection.close()
    process = os.fork()
    if process:
        return process
    try:
        with as_owner_of_all():
            act()
        os._exit(0)
    finally:
        os._exit(1)


def end_of(process: int) -> int:
    """The signal it was ended by; 0 when it ended by itself and all was well."""
    _, status = os.waitpid(process, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)


def restore_killed_before(name: str, copy: bytes) -> None:
    def run() -> None:
        restore = Restore(io.BytesIO(copy))
        for step in restore.steps():
            if step.__name__ == name:
                killed()
            step()

    assert end_of(in_a_process(run)) == signal.SIGKILL


def after(calls: int, function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, and after so many calls of it the process is killed."""
    left = [calls]

    def counted(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        left[0] -= 1
        return result if left[0] else killed()

    return counted


def half_written(new: Any) -> NoReturn:
    """The journal, as it is after a loss of power in the middle of it."""
    text = "".join(f"{journal.as_text(line)}\n" for line in new)
    settings.LEDGER_JOURNAL.parent.mkdir(parents=True, exist_ok=True)
    with settings.LEDGER_JOURNAL.open("a") as file:
        file.write(text[: len(text) // 2])
    killed()


def parts(calls: int) -> Callable[..., Any]:
    def some(script: Any) -> Iterator[Any]:
        for number, part in enumerate(real(script)):
            if number == calls:
                killed()
            yield part

    real = loading.parts_of
    return some


# In the midst of a step: what is patched, and with what. Numbers of parts: while tables are made, filled, and bound.
MIDST: dict[str, tuple[Any, str, Callable[[], Any]]] = {
    "the first tables": (loading, "parts_of", lambda: parts(1)),
    "half of the rows": (loading, "parts_of", lambda: parts(90)),
    "all but the commit": (loading, "mark", lambda: after(1, loading.mark)),
    "half of the journal": (journal, "append", lambda: half_written),
    "a file": (shutil, "copy", lambda: after(1, shutil.copy)),
    "the migrations": (opening, "call_command", lambda: after(1, call_command)),
    "half of the withdrawals": (journal, "note_replayed", lambda: after(1, journal.note_replayed)),
    "what was unpacked": (shutil, "rmtree", lambda: after(1, shutil.rmtree)),
    "the rights": (roles, "give_rights", lambda: after(1, roles.give_rights)),
    "the last mark": (loading, "unmark", lambda: after(1, loading.unmark)),
}


def nobody_sees_half(story: StoryPage, other: StoryPage) -> None:
    """As the web process sees it: all of the old, where the story is withdrawn, or nothing at all."""
    if unfinished.is_marked_inside():
        with pytest.raises(DatabaseError, match=r"permission denied|does not exist"):
            is_public(other)
    else:
        assert (is_public(story), is_public(other)) == (False, True), "the tables from before, whole"
    connection.close()
    if not unfinished.sentence():
        return
    client = Client()
    assert client.get("/").status_code == 503
    assert client.get("/healthz").status_code == 503
    for command in ("may_start", "prepare_database"):
        with pytest.raises(CommandError, match="A restore was begun and is not finished"):
            call_command(command)
    with pytest.raises(CommandError, match="A restore was begun and is not finished"):
        a_backup()
    connection.close()


@pytest.fixture
def copy(agreed: StoryPage, other: StoryPage, own_var: Path) -> bytes:
    """A backup of the day on which all had said yes; then one story is withdrawn."""
    (own_var / "media").mkdir()
    (own_var / "media" / "kettle.jpg").write_text("a kettle")
    settings.MEDIA_ROOT = own_var / "media"
    made = a_backup()
    withdraw(agreed.participations.get())
    connection.close()
    return made


def run_again_ends_the_same(copy: bytes, agreed: StoryPage, other: StoryPage) -> None:
    assert "The journal tells of all that was said after the backup" in restored(copy)
    assert (is_public(agreed), is_public(other)) == (False, True)
    assert unfinished.sentence() == ""
    assert rights.differences() == []
    assert not (Path(settings.VAR_DIR) / "restore").exists()
    assert Client().get("/healthz").status_code == 200


def test_the_steps_are_these() -> None:
    assert [step.__name__ for step in Restore(io.BytesIO()).steps()] == STEPS


def test_killed_before_any_step_it_can_be_run_again(copy: bytes, agreed: StoryPage, other: StoryPage) -> None:
    for name in STEPS:
        restore_killed_before(name, copy)
        nobody_sees_half(agreed, other)
        assert bool(unfinished.is_marked_inside()) is (name in TABLES_ARE_BACK), name
    run_again_ends_the_same(copy, agreed, other)


def test_killed_in_the_midst_of_a_step_it_can_be_run_again(
    copy: bytes, agreed: StoryPage, other: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, (where, what, instead) in MIDST.items():
        with monkeypatch.context() as patched:
            patched.setattr(where, what, instead())
            assert end_of(in_a_process(lambda: list(Restore(io.BytesIO(copy)).run()))) == signal.SIGKILL, name
        nobody_sees_half(agreed, other)
    run_again_ends_the_same(copy, agreed, other)


@pytest.mark.thorough  # each step and the midst of each are tried above
def test_killed_at_moments_that_nobody_chose_it_can_be_run_again(
    copy: bytes, agreed: StoryPage, other: StoryPage
) -> None:
    began = time.monotonic()
    restored(copy)
    seconds = time.monotonic() - began
    for _ in range(5):
        process = in_a_process(lambda: list(Restore(io.BytesIO(copy)).run()))
        time.sleep(random.uniform(0.1, 1) * seconds)
        os.kill(process, signal.SIGKILL)
        assert end_of(process) in {0, signal.SIGKILL}
        nobody_sees_half(agreed, other)
    run_again_ends_the_same(copy, agreed, other)


def test_on_a_fresh_machine_a_killed_restore_is_no_witness_for_the_next(
    copy: bytes, agreed: StoryPage, other: StoryPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = journal_kept_as(tmp_path / "saved.jsonl")
    another_machine(tmp_path / "fresh")
    for name in ("write_journal", "bring_files", "say_again", "open"):
        restore_killed_before(name, copy)
    with monkeypatch.context() as patched:
        patched.setattr(journal, "append", half_written)
        end_of(in_a_process(lambda: list(Restore(io.BytesIO(copy), given=[kept]).run())))
    assert "all stories dark" in restored(copy)
    assert not is_public(other)
    assert "The journal tells of all that was said after" in restored(copy, given=[kept])
    assert (is_public(agreed), is_public(other)) == (False, True)


def test_what_has_changed_nothing_yet_can_be_given_up_and_the_rest_cannot(
    copy: bytes, agreed: StoryPage, other: StoryPage
) -> None:
    restore_killed_before("load", copy)
    with as_owner_of_all():
        assert "are as they were before it" in give_up()
    assert (is_public(agreed), is_public(other)) == (False, True)
    assert unfinished.sentence() == ""
    assert a_backup()
    restore_killed_before("bring_files", copy)
    with as_owner_of_all(), pytest.raises(CannotRestore, match="what was there before is gone"):
        give_up()
    run_again_ends_the_same(copy, agreed, other)


def test_a_machine_that_does_not_see_the_file_serves_nothing_either(copy: bytes, tmp_path: Path) -> None:
    restore_killed_before("say_again", copy)
    settings.VAR_DIR = tmp_path / "another"
    settings.VAR_DIR.mkdir()
    client = Client(raise_request_exception=False)
    assert client.get("/").status_code == 503
    assert client.get("/stories/").status_code == 503
    assert client.get("/healthz").status_code == 503
    with pytest.raises(CommandError, match="Run it again"):
        call_command("may_start")


def test_what_an_older_version_left_when_it_was_killed_is_finished_or_undone(
    copy: bytes, agreed: StoryPage, other: StoryPage
) -> None:
    for undo in (True, False):
        with as_owner_of_all(), connection.cursor() as cursor:
            cursor.execute("ALTER SCHEMA public RENAME TO before_restore; CREATE SCHEMA public")
            cursor.execute("CREATE TABLE stories_consentevent (hash text, sequence int)")
        assert "The tables from before it are kept" in unfinished.sentence()
        with pytest.raises(CommandError, match="are kept"):
            call_command("may_start")
        if undo:
            with as_owner_of_all():
                give_up()
                call_command("prepare_database", verbosity=0)
            assert (is_public(agreed), is_public(other)) == (False, True)
    run_again_ends_the_same(copy, agreed, other)
    assert not unfinished.is_left_over()


def test_a_restore_waits_until_nobody_else_uses_the_database(
    copy: bytes, agreed: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "SECONDS_TO_LEAVE", 0.4)
    somebody: Any = connection.copy()
    somebody.ensure_connection()
    with pytest.raises(CannotRestore, match=r"Stop it first. Nothing was changed"):
        restored(copy)
    somebody.close()
    assert restored(copy)


def test_a_restore_that_fails_leaves_everything_as_it_was(
    copy: bytes, agreed: StoryPage, other: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(cursor: Any, backup: str) -> None:
        cursor.execute("SELECT 1 / 0")

    with monkeypatch.context() as patched:
        patched.setattr(loading, "mark", full)
        with pytest.raises(CannotRestore, match=r"did not take the backup. Nothing was changed"):
            restored(copy)
    assert unfinished.sentence() == ""
    assert (is_public(agreed), is_public(other)) == (False, True)

"""A worker process is killed while somebody takes her story off the site, at five moments: dark as soon as her no was
received, finished by the jobs, told once; the process that serves begins another worker by itself.

Each moment is made by the database or the disk, which lets the worker wait there while it is killed.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from hub.pages.models import Visibility
from hub.partners.roles import MODERATOR
from hub.stories.ledger import journal
from hub.stories.ledger.lines import first_broken_link
from hub.stories.models import ConsentEvent, Stop, StoryPage, WithdrawalCase
from hub.upkeep.models import Mail
from hub.upkeep.tick import tick
from tests.factories import a_tree, lit_story
from tests.machines import Machine, Machines, as_this_process, until
from tests.owner import as_owner
from tests.restores import is_public
from tests.stories.family.test_private_pages import kept

# what the worker is about to write when it is killed, and whether her no had been received
MOMENTS: dict[str, tuple[type[Model] | None, bool]] = {
    "the light goes out": (Visibility, False),
    "the ledger is written": (ConsentEvent, True),
    "the case is noted": (WithdrawalCase, True),
    "staff are told": (Mail, True),
    "the journal is written": (None, True),
}


@pytest.fixture
def machines(committed: None, tmp_path: Path) -> Iterator[Machines]:
    with Machines(tmp_path, as_this_process()) as machines:
        yield machines


def test_killed_at_five_moments_nothing_is_shown_or_lost_and_another_worker_begins(
    machines: Machines, tmp_path: Path, settings: Any
) -> None:
    hubs = {moment: machines.begin(tmp_path / moment.replace(" ", "-")) for moment in MOMENTS}
    tree = a_tree()
    moderator = User.objects.create_user("a-moderator-who-is-told", "moderator@hub.example")
    moderator.groups.add(Group.objects.get_or_create(name=MODERATOR.group_name())[0])
    for moment, (table, received) in MOMENTS.items():
        settings.LEDGER_JOURNAL = tmp_path / f"{moment}.jsonl"
        until(hubs[moment].takes_readers, "it does not begin")
        killed_while(hubs[moment], lit_story(tree, text=moment), table, received=received)
    for hub in hubs.values():
        until(hub.takes_readers, "no other worker begins")
        assert hub.get(tree.module.url)[0] == 200
    assert first_broken_link() is None


def killed_while(hub: Machine, story: StoryPage, table: type[Model] | None, *, received: bool) -> None:
    address = f"{kept(story)}words/stop/"
    with held_up(table, hub.folder):
        reader = threading.Thread(target=sends, args=(hub, address))
        reader.start()
        until(lambda: is_waited_for(table, story), "nobody waits")
        (worker,) = psutil.Process(hub.number).children()
        worker.send_signal(signal.SIGKILL)
        reader.join(30)
    until(nobody_else_is_there, "its connection stays")
    assert is_public(story) is not received, "a no is obeyed as soon as it was received, and not by half before"
    if not received:
        assert not Stop.objects.filter(participation__story=story).exists()
        assert not ConsentEvent.objects.filter(story_id=story.pk, kind="withdrawn").exists()
        return
    told = len(mail.outbox)
    tick(now=timezone.now() + timedelta(hours=1))
    assert not is_public(story)
    assert Stop.objects.get(participation__story=story).finished_at
    assert WithdrawalCase.objects.filter(story_number=story.pk).count() == 1
    assert len(mail.outbox) == told + 1
    journal.complete()
    written = [line for line in journal.lines() if line.get("story") == story.pk and line.get("kind") == "withdrawn"]
    assert len(written) == ConsentEvent.objects.filter(story_id=story.pk, kind="withdrawn").count() > 0


def sends(hub: Machine, address: str) -> None:
    """Her browser shows an error of its own, or the page after it: she may send it once more."""
    with suppress(OSError):
        hub.ask("POST", address)


@contextmanager
def held_up(table: type[Model] | None, folder: Path) -> Iterator[None]:
    """Whoever writes into `table` waits; without one, whoever writes into the journal of the hub in `folder`."""
    if table is None:
        place = folder / "ledger" / "journal.jsonl"
        place.parent.mkdir(exist_ok=True)
        os.mkfifo(place)
        full = os.open(place, os.O_RDWR | os.O_NONBLOCK)
        try:
            while True:
                os.write(full, b"\n" * 4096)
        except BlockingIOError:
            yield
        finally:
            os.close(full)
        return
    with transaction.atomic():
        as_owner(f"LOCK TABLE {table._meta.db_table} IN SHARE MODE")
        yield


def is_waited_for(table: type[Model] | None, story: StoryPage) -> bool:
    if table is None:
        return ConsentEvent.objects.filter(story_id=story.pk, kind="withdrawn").exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = %s::regclass", [table._meta.db_table]
        )
        return bool(cursor.fetchone()[0])


def nobody_else_is_there() -> bool:
    """No transaction of a worker that was killed is still going on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND state <> 'idle'"
        )
        return not cursor.fetchone()[0]

"""A backup that is known to work: encrypted to a public key, read back into a scratch database and counted.

The machine that makes it cannot open it: the private key lies elsewhere. Refuses to call a backup good that was not
restored, and to let a failed one take the place of an older.
"""

import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO

import psycopg
import pyrage
from django.conf import settings
from django.db import connection
from psycopg import sql

from hub.database_clock import database_now
from hub.shelves import PARTS
from hub.upkeep import archive, programs
from hub.upkeep.archive import CannotRestore
from hub.upkeep.backup import back_up
from hub.upkeep.backup_places import Place
from hub.upkeep.models import KeptBackup

DAYS, WEEKS = 7, 4
ENDING = ".tar.age"
HEADER = b"age-encryption.org/v1"
TABLES = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
HEAD = "SELECT hash FROM stories_consentevent ORDER BY sequence DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found when a backup was read back."""

    rows: int
    files: int


def keep_one(place: Place, recipient: str, *, months: int) -> KeptBackup:
    """Makes one, reads it back, keeps it in `place`, and takes away those that the rule keeps no longer.

    Raises OSError or CannotRestore; then nothing in `place` has changed, and the row says what went wrong.
    """
    now = database_now()
    row = KeptBackup.objects.create(name=f"hub-{now:%Y-%m-%d-%H%M%S}{ENDING}", made_at=now)
    try:
        with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="backup-") as beside:
            plain = Path(beside, "hub.tar")
            with plain.open("wb") as target:
                back_up(target)
            counted = read_back(plain)
            locked = Path(beside, row.name)
            row.size = _lock(plain, locked, recipient)
            plain.unlink()
            place.put(row.name, locked)
    except (OSError, CannotRestore) as mistake:
        KeptBackup.objects.filter(pk=row.pk).update(problem=type(mistake).__name__)
        raise
    row.rows, row.files, row.verified_at = counted.rows, counted.files, database_now()
    row.save()
    _take_away(place, now, months)
    return row


def read_back(plain: Path) -> Counted:
    """Restores it into a database of its own, which is dropped again, and counts. Raises CannotRestore."""
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="backup-") as there, plain.open("rb") as source:
        manifest = archive.unpack(source, Path(there))
        with _scratch() as name:
            programs.run(
                "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error",
                f"--dbname={programs.address(dbname=name)}", str(Path(there, archive.DUMP)),
            )  # fmt: skip
            rows, head = _count(name)
        if head != manifest.head:
            raise CannotRestore("What came back ends with another line of the ledger than the backup says.")
        files = sum(1 for part in PARTS for _ in archive.files_under(Path(there), part))
    return Counted(rows, files)


def open_with(identity: Path, source: IO[bytes], target: IO[bytes]) -> None:
    """Takes the lock off. Raises CannotRestore when this private key does not fit."""
    words = [line for line in identity.read_text().split() if line.startswith("AGE-SECRET-KEY-")]
    try:
        pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(word) for word in words])
    except (pyrage.DecryptError, pyrage.IdentityError) as mistake:
        raise CannotRestore("This private key does not open that backup. Nothing was changed.") from mistake


def is_locked(start: bytes) -> bool:
    return start.startswith(HEADER)


def to_keep(made: Iterable[datetime], now: datetime, *, months: int) -> set[datetime]:
    """The newest of each of the last days, weeks and months. The newest of all is among them."""
    kept: dict[tuple[object, ...], datetime] = {}
    for at in sorted(made):
        age = now.date() - at.date()
        kept["newest",] = at
        if age < timedelta(days=DAYS):
            kept["day", at.date()] = at
        if age < timedelta(weeks=WEEKS):
            kept["week", *at.isocalendar()[:2]] = at
        if _months_between(at.date(), now.date()) < months:
            kept["month", at.year, at.month] = at
    return set(kept.values())


def _months_between(one: date, other: date) -> int:
    return (other.year - one.year) * 12 + other.month - one.month


def _take_away(place: Place, now: datetime, months: int) -> None:
    """By what lies there: a copy that somebody put there by hand stays."""
    made = list(KeptBackup.objects.filter(name__in=place.names()))
    stay = to_keep([row.made_at for row in made], now, months=months)
    for row in made:
        if row.made_at not in stay:
            place.take_away(row.name)
    KeptBackup.objects.filter(made_at__lt=now - timedelta(days=400)).delete()


def _lock(plain: Path, target: Path, recipient: str) -> int:
    """For `recipient` alone. Returns its size."""
    with plain.open("rb") as source, target.open("wb") as out:
        pyrage.encrypt_io(source, out, [pyrage.x25519.Recipient.from_str(recipient)])
    return target.stat().st_size


@contextmanager
def _scratch() -> Iterator[str]:
    name = f"hub_scratch_{uuid.uuid4().hex[:12]}"
    with _connected(str(connection.settings_dict["NAME"])) as own:
        own.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            with _connected(name) as scratch:
                scratch.execute("DROP SCHEMA public")  # the dump makes its own
            yield name
        finally:
            own.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _count(name: str) -> tuple[int, str]:
    with _connected(name) as scratch:
        tables = [table for (table,) in scratch.execute(TABLES).fetchall()]
        rows = 0
        for table in tables:
            found = scratch.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
            rows += found[0] if found else 0
        head = scratch.execute(HEAD).fetchone()
    return rows, head[0] if head else ""


@contextmanager
def _connected(name: str) -> Iterator[psycopg.Connection]:
    known = {**connection.get_connection_params(), "dbname": name}
    plain = {part: known[part] for part in (*programs.PARTS_OF_AN_ADDRESS, "password") if known.get(part)}
    with psycopg.connect(**plain, autocommit=True) as own:
        yield own

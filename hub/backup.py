"""What is in a backup, and how does it come back? The database, the files, and the journal of consent, in one tar file.

A restore brings back the answers of the day of the backup, and then makes true again every withdrawal the journal tells
of, before anything is served. Refuses a file that is no backup, and a database that somebody else is using.
"""

import os
import shutil
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg.conninfo import make_conninfo

from hub.embedded_postgres import program
from hub.pages import installed_triggers
from hub.stories import journal

DUMP, JOURNAL = "hub.dump", "journal.jsonl"
FOLDERS = {"media": "MEDIA_ROOT", "evidence": "EVIDENCE_ROOT"}
SECONDS_TO_LEAVE = 3
ASIDE = "before_restore"  # the schema in which the old tables wait until the new ones are complete
PARTS_OF_AN_ADDRESS = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey")


class CannotRestore(Exception):
    """The sentence says why, and that nothing was changed."""


def back_up(target: IO[bytes]) -> None:
    """Writes a backup into `target`. The database goes first, so that every file it names is there behind it.

    Raises OSError with the database's own words when it cannot be read.
    """
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        dump = Path(folder, DUMP)
        _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={dump}", _address())
        with tarfile.open(fileobj=target, mode="w|") as tar:
            tar.add(dump, DUMP)
            if settings.LEDGER_JOURNAL.exists():
                tar.add(settings.LEDGER_JOURNAL, JOURNAL)
            for name, setting in FOLDERS.items():
                if Path(getattr(settings, setting)).exists():
                    tar.add(getattr(settings, setting), name)


def restore(source: IO[bytes]) -> Iterator[str]:
    """Puts a backup in the place of what is there, and says each step. Raises CannotRestore, with nothing changed.

    The old tables are kept aside until the new ones are complete. Files that the backup does not know stay: no page
    shows them. The journal only grows: lines of the backup are added to those that are here.
    """
    if _others_use_the_database():
        raise CannotRestore(
            "The Hub is running, or somebody else uses its database. Stop it first. Nothing was changed."
        )
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as name:
        folder = Path(name)
        _unpack(source, folder)
        _keep_the_journal(folder / JOURNAL)
        with _old_tables_aside():
            _postgres("pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                      f"--dbname={_address()}", str(folder / DUMP))  # fmt: skip
        yield "The database is as it was when the backup was made."
        for part, setting in FOLDERS.items():
            if (folder / part).exists():
                shutil.copytree(folder / part, getattr(settings, setting), dirs_exist_ok=True)
        yield "The files are back."
    call_command("migrate", verbosity=0)
    call_command("provision", verbosity=0)
    if gone := installed_triggers.missing():
        raise CannotRestore(f"These triggers that hold consent are missing: {', '.join(gone)}. Do not start the Hub.")
    yield "The triggers that hold consent are in place."


def _address() -> str:
    """The database as PostgreSQL's programs are told of it. Its password goes another way: others can read this one."""
    known = connection.get_connection_params()
    parts = {part: str(known[part]) for part in PARTS_OF_AN_ADDRESS if known.get(part)}
    return make_conninfo(**parts)


def _postgres(name: str, *arguments: str) -> None:
    """Runs one of PostgreSQL's programs. Raises OSError with what it said when it fails."""
    connection.ensure_connection()  # starts the embedded server, where that is the one
    password = str(connection.settings_dict.get("PASSWORD") or "")
    environment = {**os.environ, **({"PGPASSWORD": password} if password else {})}
    done = subprocess.run(
        [program(name), *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise OSError(f"{name}: {done.stderr.strip()}")


def _others_use_the_database() -> bool:
    """Asked for a few seconds: a Hub that was stopped a moment ago is still leaving."""
    with connection.cursor() as cursor:
        for _ in range(SECONDS_TO_LEAVE * 5):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
            if cursor.fetchone()[0] == 0:
                return False
            time.sleep(0.2)
    return True


def _unpack(source: IO[bytes], folder: Path) -> None:
    """The whole backup, and a database that can be read, before anything is touched."""
    try:
        with tarfile.open(fileobj=source, mode="r|*") as tar:
            tar.extractall(folder, filter="data")
        _postgres("pg_restore", "--list", f"--file={os.devnull}", str(folder / DUMP))
    except (tarfile.TarError, OSError, EOFError) as mistake:
        raise CannotRestore(f"This is not a whole backup of the Hub. Nothing was changed. ({mistake})") from mistake


def _keep_the_journal(other: Path) -> None:
    """First what the database here knows and the journal does not, then what only the backup's journal knows."""
    if "stories_consentevent" in connection.introspection.table_names():
        journal.complete()
    known = {journal.as_text(line) for line in journal.lines()}
    journal.append([line for line in journal.lines(other) if journal.as_text(line) not in known])


@contextmanager
def _old_tables_aside() -> Iterator[None]:
    """Empties the database for the block; puts everything back when the block fails, or was killed last time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [ASIDE])
        if cursor.fetchone():
            _put_back(cursor)
        cursor.execute(f"ALTER SCHEMA public RENAME TO {ASIDE}")
        cursor.execute("CREATE SCHEMA public")
        try:
            yield
        except OSError as mistake:
            _put_back(cursor)
            raise CannotRestore(f"The database did not take the backup. Nothing was changed. ({mistake})") from mistake
        except BaseException:
            _put_back(cursor)
            raise
        cursor.execute(f"DROP SCHEMA {ASIDE} CASCADE")
    connection.close()  # what it knew of tables is of the old ones


def _put_back(cursor: Any) -> None:
    cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
    cursor.execute(f"ALTER SCHEMA {ASIDE} RENAME TO public")

"""How does a dump become the database? In one transaction: everybody sees the old tables or the new ones, never half.

Killed at any moment, PostgreSQL itself takes back what was begun. What has to be true before anybody sees the new
tables is done inside the same transaction. Reads PostgreSQL's own script, so that versions 15 to 18 take it.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import psycopg
from django.db import connection, transaction

from hub.upkeep import programs, unfinished
from hub.upkeep.archive import CannotRestore

COPY = re.compile(rb"COPY \S+ \(.*\) FROM stdin;\n")
# Commands to psql; a setting that PostgreSQL has from version 17 on; and the schema, which is made already.
NOT_FOR_THE_SERVER = re.compile(
    rb"\\(un)?restrict .*|SET transaction_timeout = 0;|CREATE SCHEMA public;|COMMENT ON SCHEMA public IS .*;"
)
SECONDS_FOR_A_LOCK = 20


def load(dump: Path, *, backup: str, first: Callable[[Any], None]) -> None:
    """Puts the tables of `dump` in the place of what is there, and marks the database. `first` gets a cursor and sees
    the new tables before anybody else does. Raises CannotRestore, with nothing changed.
    """
    try:
        with programs.reading("pg_restore", "--no-owner", "--no-privileges", "--file=-", str(dump)) as script:
            _load(script, backup, first)
    except (OSError, psycopg.Error) as mistake:
        raise CannotRestore(f"The database did not take the backup. Nothing was changed. ({mistake})") from mistake
    finally:
        connection.close()  # what it knew of tables is of the old ones


def _load(script: IO[bytes], backup: str, first: Callable[[Any], None]) -> None:
    """Commits at the very end, and only when the script was read to its end."""
    with connection.get_new_connection(connection.get_connection_params()) as own, own.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{SECONDS_FOR_A_LOCK}s'")
        cursor.execute(f"DROP SCHEMA IF EXISTS {unfinished.ASIDE} CASCADE")
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        for statement, rows in parts_of(script):
            if rows is None:
                cursor.execute(statement)
                continue
            with cursor.copy(statement) as copy:
                for row in rows:
                    copy.write(row)
        cursor.execute("SET LOCAL search_path = public")
        first(cursor)
        mark(cursor, backup)


def parts_of(script: IO[bytes]) -> Iterator[tuple[bytes, Iterator[bytes] | None]]:
    """Statements, several at once; or the statement that takes rows, with its rows."""
    statements: list[bytes] = []
    for line in script:
        if COPY.fullmatch(line):
            yield b"".join(statements), None
            statements = []
            yield line.rstrip(b";\n"), _rows(script)
        elif not NOT_FOR_THE_SERVER.fullmatch(line.rstrip(b"\n")):
            statements.append(line)
    yield b"".join(statements), None


def _rows(script: IO[bytes]) -> Iterator[bytes]:
    for line in script:
        if line == b"\\.\n":
            return
        yield line
    raise OSError("pg_restore stopped in the middle of a table")


def mark(cursor: Any, backup: str) -> None:
    """From here on the database says of itself that it is not ready. No dump holds this."""
    _comment(cursor, f"{unfinished.MARK}. Backup: {backup or 'of an older version'}")


def unmark() -> None:
    """The database is ready."""
    with connection.cursor() as cursor:
        _comment(cursor, None)


def _comment(cursor: Any, text: str | None) -> None:
    name = psycopg.sql.Identifier(str(connection.settings_dict["NAME"]))
    cursor.execute(psycopg.sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, psycopg.sql.Literal(text)))


def put_back_leftover() -> None:
    """The old tables again, as they were before that restore."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS public CASCADE")
        cursor.execute(f"ALTER SCHEMA {unfinished.ASIDE} RENAME TO public")
    connection.close()

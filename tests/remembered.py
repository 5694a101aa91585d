"""Why do two thousand tests on a real database not take an hour? What many begin with is built once, then put in again.

The first test of a process that asks for a tree has it built page by page, as an editor would build it. What that added
to the database, took from it and changed in it is kept, row by row; every later test gets the same rows in one step.
Rows are put in again only on a database with as many rows in every table as there were the first time.
"""

import copy
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import time_machine
from django.db import IntegrityError, connection, transaction
from wagtail.models import Site

from tests.owner import all_without_triggers

Made = TypeVar("Made")
Rows = dict[str, set[str]]

COLUMNS = """
    SELECT relname, array_agg(quote_ident(attname)) FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY relname ORDER BY relname
"""


@dataclass(frozen=True)
class Memory:
    made: Any
    gone: Rows
    new: Rows


_memories: dict[tuple[Hashable, tuple[int, ...]], Memory] = {}


def remembered(what: Hashable, build: Callable[[], Made]) -> Made:
    """What `build` makes, and its rows in the database. `what` names all that it depends on but the database.

    While a test makes time stand still or pass, everything is built anew.
    """
    if time_machine.escape_hatch.is_travelling():
        return build()
    with connection.cursor() as cursor:
        columns = _columns()
        here = (what, _counts(cursor, columns))
        memory = _memories.get(here)
        if memory is None or not _put_in(columns, memory):
            before = _rows(cursor, columns)
            made = build()
            after = _rows(cursor, columns)
            _memories[here] = Memory(copy.deepcopy(made), _without(before, after), _without(after, before))
            return made
    Site.clear_site_root_paths_cache()
    return copy.deepcopy(memory.made)


@cache
def _columns() -> dict[str, list[str]]:
    """Every table, with the columns that are written; PostgreSQL computes the others."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        return dict(cursor.fetchall())


def _counts(cursor: Any, tables: dict[str, list[str]]) -> tuple[int, ...]:
    cursor.execute("SELECT " + ", ".join(f'(SELECT count(*) FROM "{table}")' for table in tables))
    return tuple(cursor.fetchone())


def _rows(cursor: Any, tables: dict[str, list[str]]) -> Rows:
    """Every row of every table, as PostgreSQL writes it and reads it back."""
    rows: Rows = {table: set() for table in tables}
    cursor.execute(" UNION ALL ".join(f"SELECT '{table}', t::text FROM \"{table}\" t" for table in tables))
    for table, row in cursor.fetchall():
        rows[table].add(row)
    return rows


def _without(some: Rows, others: Rows) -> Rows:
    found = {table: rows - others[table] for table, rows in some.items()}
    return {table: rows for table, rows in found.items() if rows}


def _put_in(columns: dict[str, list[str]], memory: Memory) -> bool:
    """False, with nothing done, when the rows do not fit what is there: another row has the place of one of them."""
    try:
        _exchange(columns, memory)
    except IntegrityError:
        return False
    return True


def _exchange(columns: dict[str, list[str]], memory: Memory) -> None:
    """All in one question. No trigger runs: what triggers did the first time is in the rows."""
    steps = [(f'DELETE FROM "{table}" t WHERE t::text = ANY($1)', rows) for table, rows in memory.gone.items()]
    for table, rows in memory.new.items():
        names = ", ".join(columns[table])
        values = ", ".join(f"(r.t).{name}" for name in columns[table])
        parsed = f'(SELECT line::"{table}" AS t FROM unnest($1) line OFFSET 0) r'
        steps.append((f'INSERT INTO "{table}" ({names}) SELECT {values} FROM {parsed}', rows))
    with transaction.atomic():
        all_without_triggers(steps)

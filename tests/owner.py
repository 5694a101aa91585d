"""What only the owner of the tables may do, for tests that need it. Everything else in the tests is done as the web
process does it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

FOR_TESTS = """
    CREATE SCHEMA for_tests;
    CREATE FUNCTION for_tests.as_owner(statement text, rows text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public AS 'BEGIN EXECUTE statement USING rows; END';
    CREATE FUNCTION for_tests.without_triggers(statement text, rows text[]) RETURNS void LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = public SET session_replication_role = replica
        AS 'BEGIN EXECUTE statement USING rows; END';
    GRANT USAGE ON SCHEMA for_tests TO PUBLIC;
"""


def owners_connection() -> Any:
    """Another connection to the database that tests work on, as its owner. Whoever opens it closes it."""
    another: Any = connection.copy()
    owner: dict[str, Any] = getattr(settings, "OWNER_DATABASE")  # noqa: B009 - of tests/settings.py alone
    another.settings_dict |= {"USER": owner["USER"], "PASSWORD": owner.get("PASSWORD", "")}
    return another


@contextmanager
def as_owner_of_all() -> Iterator[None]:
    """Inside the block Django's own connection is the owner's, as in the commands that manage.py runs as the owner."""
    web, owners = dict(connection.settings_dict), owners_connection().settings_dict
    connection.close()
    connection.settings_dict |= {"USER": owners["USER"], "PASSWORD": owners["PASSWORD"]}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= {"USER": web["USER"], "PASSWORD": web["PASSWORD"]}


def as_owner(statement: str, rows: Iterable[str] = ()) -> None:
    """Runs a statement with the owner's rights in the test's own transaction. `rows` are its $1."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT for_tests.as_owner(%s, %s::text[])", [statement, list(rows)])


def without_triggers(statement: str, rows: Iterable[str] = ()) -> None:
    """The same with no trigger running, as somebody could who owns the database."""
    all_without_triggers([(statement, rows)])


def all_without_triggers(steps: Iterable[tuple[str, Iterable[str]]]) -> None:
    """The same for several statements with their rows, in one question."""
    values = [value for statement, rows in steps for value in (statement, list(rows))]
    asked = ["SELECT for_tests.without_triggers(%s, %s::text[])"] * (len(values) // 2)
    with connection.cursor() as cursor:
        cursor.execute("; ".join(asked), values)

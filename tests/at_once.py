"""Two connections of the real database: `committed` lets every change be committed, `at_once` lets acts go together."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import close_old_connections, connection, transaction
from wagtail.models import Collection

from hub.pages.models import HubPage
from tests.owner import without_triggers

TABLES = """
    SELECT c.relname, a.attname FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND i.indnatts = 1
      AND a.atttypid IN ('int4'::regtype, 'int8'::regtype) = %s
"""


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database in which every change is committed, and which afterwards holds no row more than before.

    pytest-django's own way empties tables, which the ledger refuses; so new rows are deleted with triggers off.
    """
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute(TABLES, [True])
            last = {}
            for table, key in cursor.fetchall():
                cursor.execute(f'SELECT coalesce(max("{key}"), 0) FROM "{table}"')
                last[table, key] = cursor.fetchone()[0]
            cursor.execute(TABLES, [False])
            named = {}  # a row of these is not known by a number: the keys in use, sessions
            for table, key in cursor.fetchall():
                cursor.execute(f'SELECT "{key}"::text FROM "{table}"')
                named[table, key] = [name for (name,) in cursor.fetchall()]
        yield
        with transaction.atomic():
            for (table, key), highest in last.items():
                without_triggers(f'DELETE FROM "{table}" WHERE "{key}" > {highest}')
            for (table, key), names in named.items():
                without_triggers(f'DELETE FROM "{table}" WHERE "{key}"::text <> ALL($1)', names)
        HubPage.fix_tree()
        Collection.fix_tree()
        ContentType.objects.clear_cache()
        connection.close()


def at_once(*acts: Callable[[], object]) -> list[BaseException]:
    """Runs every act in a thread and on a connection of its own, all let go together. Returns what they raised."""
    raised: list[BaseException] = []
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            act()
        except BaseException as error:  # noqa: BLE001 - handed to the test
            raised.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not any(thread.is_alive() for thread in threads), "two acts wait for each other"
    return raised

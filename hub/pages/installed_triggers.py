"""Are the triggers that hold consent really in this database? Refuses to take it for granted after a restore.

A backup restored without its triggers would light what nobody agreed to. So every process asks once before it first
shows a gated page, /healthz asks each time, and while the answer is no only pages that hold nobody's story are public.
"""

import logging
from functools import cache

import pgtrigger
from django.db import connection

logger = logging.getLogger(__name__)

INSTALLED = """
    SELECT c.relname, t.tgname, obj_description(t.oid, 'pg_trigger')
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)
"""

_seen: list[bool] = []


@cache
def declared() -> frozenset[tuple[str, str, str]]:
    """(table, name, fingerprint of the definition) of every trigger the code declares."""
    return frozenset(
        (model._meta.db_table, trigger.get_pgid(model), trigger.compile(model).hash)
        for model, trigger in pgtrigger.registered()
    )


def missing() -> list[str]:
    """Declared triggers that are not installed, are switched off or have another definition, each as table.name."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED)
        installed = set(cursor.fetchall())
    return sorted(f"{table}.{name}" for table, name, _ in declared() - installed)


def are_as_declared() -> bool:
    """Whether they are. A yes is kept for the life of this process, or until `ask_again` finds otherwise."""
    return True if _seen else ask_again()


def ask_again() -> bool:
    """The same, asked of the database now."""
    gone = missing()
    _seen[:] = [] if gone else [True]
    if gone:
        logger.error("Stories are not shown: %s of the database's triggers are missing. Run migrate.", len(gone))
    return not gone

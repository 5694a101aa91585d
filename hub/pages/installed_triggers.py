"""Is what holds consent really in this database, as it is declared? Refuses to take it for granted.

A restore without triggers, one that is switched off, a function that was replaced by one that only returns, a ledger
that lost its newest lines: each would light what nobody agreed to. So every process asks before it first shows a gated
page and every minute from then on, /healthz asks each time, and while the answer is no only pages that hold nobody's
story are public.
"""

import logging
import re
import threading
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import pgtrigger
from django.db import connection

logger = logging.getLogger(__name__)
BELIEVED_FOR = 60.0  # seconds
ASKED_BEFORE = 45.0  # seconds: from then on one reader asks, and the others need not wait for him
BODY = re.compile(r"RETURNS TRIGGER AS \$\$(.*?)\$\$", re.DOTALL)
NOBODY_IS_LET_OFF = """
    CREATE OR REPLACE FUNCTION "public"._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
    AS $$ SELECT FALSE $$ LANGUAGE sql IMMUTABLE
"""
"""The library lets a session switch triggers off for itself. Here nobody may: this takes the place of its function."""

INSTALLED = """
    SELECT c.relname, t.tgname, obj_description(t.oid, 'pg_trigger'), t.tgqual IS NOT NULL, p.prosrc
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND pg_table_is_visible(c.oid)
"""
LETS_OFF = "SELECT prosrc FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'"

more_checks: list[Callable[[], list[str]]] = []
"""What apps above compare as well: each returns what is wrong, a name apiece."""

_seen: list[float] = []
_asking = threading.RLock()


@cache
def declared() -> frozenset[tuple[str, str, str]]:
    """(table, name, fingerprint of the definition) of every trigger the code declares."""
    return frozenset((table, name, fingerprint) for table, name, fingerprint, _, _ in _declared())


@cache
def _declared() -> frozenset[tuple[Any, ...]]:
    return frozenset(
        (
            model._meta.db_table,
            trigger.get_pgid(model),
            trigger.compile(model).hash,
            trigger.condition is not None,
            BODY.findall(str(trigger.compile(model).install_sql))[-1],
        )
        for model, trigger in pgtrigger.registered()
    )


def missing() -> list[str]:
    """Declared triggers that are not installed, are switched off or do something else, each as table.name."""
    with connection.cursor() as cursor:
        cursor.execute(INSTALLED)
        installed = set(cursor.fetchall())
        cursor.execute(LETS_OFF)
        lets_off = [body.strip() for (body,) in cursor.fetchall()]
    gone = sorted(f"{table}.{name}" for table, name, *_ in _declared() - installed)
    return gone + ["_pgtrigger_should_ignore" for body in lets_off if body != "SELECT FALSE"]


def let_nobody_off(**signal: Any) -> None:
    """Signal receiver, after each migration: no session switches a trigger off for itself."""
    with connection.cursor() as cursor:
        cursor.execute(LETS_OFF)
        if cursor.fetchall():
            cursor.execute(NOBODY_IS_LET_OFF)


def are_as_declared() -> bool:
    """Whether they are. A yes is believed for a minute, or until `ask_again` finds otherwise. Of many who need to know
    at once one asks."""
    if _is_younger(ASKED_BEFORE):
        return True
    if _asking.acquire(blocking=not _is_younger(BELIEVED_FOR)):
        try:
            return _is_younger(ASKED_BEFORE) or ask_again()
        finally:
            _asking.release()
    return _is_younger(BELIEVED_FOR)


def _is_younger(seconds: float) -> bool:
    """Whether the last yes is. The list may be emptied meanwhile by somebody who heard a no."""
    return any(time.monotonic() - seen < seconds for seen in _seen)


def ask_again() -> bool:
    """The same, asked of the database now."""
    wrong = missing() or [name for check in more_checks for name in check()]
    _seen[:] = [] if wrong else [time.monotonic()]
    if wrong:
        logger.error("Stories are not shown: %s things that hold consent are not as declared. Run migrate.", len(wrong))
    return not wrong

"""The clock: does what time asks of every app, each job by itself. Knows none of them (hub/partners/jobs.py).

Safe after days without running; of two runs at once the second does nothing and says so. One job that fails does not
stop the others. Mails hold codes, story numbers and dates; never a name, a title or a word of a story. Darkening is no
job: it needs none.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection

from hub.left_out import counted
from hub.partners.jobs import Job, declared
from hub.upkeep.models import JobRun

logger = logging.getLogger(__name__)
ANOTHER_IS_AT_IT = "Another run is at work: this one does nothing."


def tick(*, now: datetime) -> list[str]:
    """Runs every job that an app has declared; returns a sentence for each. One that failed is logged and says so."""
    with _alone() as alone:
        return [_run(name, job, now) for name, job in declared().items()] if alone else [ANOTHER_IS_AT_IT]


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether no other process is at it. The lock ends with the connection, so a killed run leaves none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext('the jobs'))")
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext('the jobs'))")


def _run(name: str, job: Job, now: datetime) -> str:
    try:
        with counted() as left_out:
            done = job(now)
        _note(name, now, well=not left_out)
        return f"{name}: {done}. FAILED for {len(left_out)}, see the log." if left_out else f"{name}: {done}."
    except Exception:
        logger.exception("%s: this job failed. It is tried again at the next run.", name)
        _note(name, now, well=False)
        return f"{name}: FAILED, see the log."


def _note(name: str, now: datetime, *, well: bool) -> None:
    at = {"ran_at": now} | ({"went_well_at": now} if well else {})
    JobRun.objects.update_or_create(name=name, defaults=at)

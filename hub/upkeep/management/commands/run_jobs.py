"""manage.py run_jobs: the jobs' own process. Mails every few seconds, everything else each quarter of an hour."""

import logging
import signal
import threading
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections, connection

from hub.database_clock import database_now
from hub.stories.ledger import journal
from hub.upkeep.health import jobs_are_alive
from hub.upkeep.post import post_waiting
from hub.upkeep.tick import tick

logger = logging.getLogger(__name__)
BETWEEN_MAILS = 5.0  # seconds
BETWEEN_JOBS = 15 * 60.0


class Command(BaseCommand):
    help = "Does what time asks, until it is told to stop. A second one beside it does no harm and no work."

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        next_jobs = 0.0
        while not stop.is_set():
            if time.monotonic() >= next_jobs and one_round(jobs=True):
                next_jobs = time.monotonic() + BETWEEN_JOBS
            else:
                one_round(jobs=False)
            jobs_are_alive()
            stop.wait(BETWEEN_MAILS)


def one_round(*, jobs: bool) -> bool:
    """Whether the database was there for it. It never ends the process: the next round tries again."""
    close_old_connections()
    try:
        if jobs:
            tick(now=database_now())
            if settings.HUB_SEVERAL_MACHINES:
                journal.complete()  # this machine's own: of what others wrote, and of jobs that another did
        else:
            post_waiting(database_now())
    except Error:
        logger.exception("The jobs could not reach the database. They try again.")
        connection.close()
        return False
    return True

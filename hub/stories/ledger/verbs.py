"""One verb, one transaction. Of two that wait for each other the database ends one: it is tried again, unseen.

Whoever changes consent locks in one order: the page first (`lighting.lock`), then people and answers, then the ledger.
"""

import functools
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")
TRIES, SECONDS_BETWEEN = 4, 0.05
ENDED_FOR_ANOTHER = {"40P01", "40001"}  # deadlock detected, serialization failure


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """Runs `function` in a transaction; again when the database ended it in favour of another, inside no other one."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        tries = 1 if connection.in_atomic_block else TRIES
        for left in reversed(range(tries)):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as ended:
                if left == 0 or getattr(ended.__cause__, "sqlstate", None) not in ENDED_FOR_ANOTHER:
                    raise
                time.sleep(SECONDS_BETWEEN * (tries - left))
        raise AssertionError("unreachable")

    return run

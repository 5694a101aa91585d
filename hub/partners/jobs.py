"""What has to be done every few minutes? Each app declares its own jobs; the clock (hub/upkeep/tick.py) knows none.

A job takes the time, may run twice at once, and returns how many things it did. Refuses two that are called the same.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

Job = Callable[[datetime], int]

_declared: dict[str, Job] = {}


def declare(jobs: Mapping[str, Job]) -> None:
    """Adds jobs, each by the words in which it is told how many things it did. Raises ValueError for words in use."""
    if twice := _declared.keys() & jobs.keys():
        raise ValueError(f"Two jobs are called the same: {', '.join(sorted(twice))}.")
    before = dict(_declared)
    _declared.clear()
    _declared.update({**jobs, **before})


def declared() -> dict[str, Job]:
    """Every job. An app's come before those of the apps above it, which are ready earlier."""
    return dict(_declared)

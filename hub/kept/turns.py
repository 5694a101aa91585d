"""Who makes the answer when many ask for the same one at once? The first; the others wait a little and look again."""

import threading
from collections.abc import Hashable, Iterator
from contextlib import contextmanager

LONGEST_WAIT = 3.0  # seconds; then somebody makes it as well rather than wait for one who is stuck


class Turns:
    """One turn at a time for each address. What nobody waits for takes no memory."""

    def __init__(self, longest_wait: float = LONGEST_WAIT) -> None:
        self._longest_wait = longest_wait
        self._taken: dict[Hashable, threading.Lock] = {}

    @contextmanager
    def turn(self, address: Hashable) -> Iterator[bool]:
        """Says whether somebody else was at work meanwhile, so that it is worth looking again."""
        lock = self._taken.setdefault(address, threading.Lock())
        at_once = lock.acquire(blocking=False)
        mine = at_once or lock.acquire(timeout=self._longest_wait)
        try:
            yield not at_once
        finally:
            if mine:
                self._taken.pop(address, None)
                lock.release()

"""Has anything public changed? A number that the database gives, believed for a moment; changed here, asked at once.

The database is the one that knows: triggers give it another number with each transaction that changes anything public,
whoever changes it and however. Asking it for each reader would cost most of the speed. So a process believes what it
heard for a fiftieth of a second, and not even that long when a process of this machine has changed something: it says
so in shared memory before it answers whoever changed it. On several machines it is asked each time (`believed_for=0`).
"""

import mmap
import os
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

BELIEVED_FOR = 0.02  # seconds
SIZE = 8


class Nudge:
    """Eight bytes that all processes of one machine share. Other bytes than before: something may have changed."""

    def __init__(self, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o640)
        try:
            if os.fstat(descriptor).st_size < SIZE:
                os.ftruncate(descriptor, SIZE)
            self._shared = mmap.mmap(descriptor, SIZE)
        finally:
            os.close(descriptor)

    def seen(self) -> bytes:
        return self._shared[:SIZE]

    def give(self) -> None:
        """Whoever reads half of it has seen something new all the same."""
        self._shared[:SIZE] = secrets.token_bytes(SIZE)


class Generation:
    """The newest generation, as far as this process knows."""

    def __init__(
        self, ask: Callable[[], int | None], nudge: Nudge | None = None, believed_for: float = BELIEVED_FOR
    ) -> None:
        self._ask, self._nudge, self._believed_for = ask, nudge, believed_for
        self._heard: tuple[int | None, bytes, float] = (None, b"", 0.0)
        self._one_asks = threading.Lock()

    def now(self) -> int | None:
        """None when the database does not say: nothing may be believed.

        When half of the time is over one reader asks anew, and the others go on believing: in a crowd nobody waits.
        """
        number, nudged, until = self._heard
        left = until - time.monotonic()
        if number is None or left <= 0 or nudged != self._seen():
            return self.asked()
        if left < self._believed_for / 2 and self._one_asks.acquire(blocking=False):
            try:
                return self.asked()
            finally:
                self._one_asks.release()
        return number

    def asked(self) -> int | None:
        """The same, asked of the database now."""
        nudged, until = self._seen(), time.monotonic() + self._believed_for  # from before the question
        number = self._ask()
        self._heard = (number, nudged, until)
        return number

    def may_have_changed(self) -> None:
        """Tells every process of this machine. Returns when they know."""
        if self._nudge:
            self._nudge.give()
        self._heard = (None, b"", 0.0)

    def _seen(self) -> bytes:
        return self._nudge.seen() if self._nudge else b""

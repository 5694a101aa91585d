"""One question to the database for all readers who came before it was put.

Each reader's answer rests on a question that was put after he came; it need not be his own. While one is on its way,
those who come wait, and the first of them puts the next one for all. So a crowd costs the database hardly more than one
reader does. Refuses to hand anybody an answer from before he asked.
"""

import threading
from collections.abc import Collection, Sequence

from hub.kept.asked import Ask, Asked


class _Reader:
    """Somebody who asks. Whoever has readers to ask for, himself among them, puts the question."""

    __slots__ = ("answer", "asks_for", "stories", "woken")

    def __init__(self, stories: Collection[int]) -> None:
        self.stories = stories
        self.asks_for: Sequence[_Reader] = ()
        self.answer: Asked | None = None
        self.woken = threading.Lock()  # one for each: woken together, they need not wait for one another
        self.woken.acquire()


class Together:
    """`ask`, put once for many."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._one_at_a_time = threading.Lock()
        self._is_asking = False
        self._waiting: list[_Reader] = []

    def __call__(self, stories: Collection[int]) -> Asked | None:
        """What stands now of these stories, and perhaps of others that somebody asked about at the same moment."""
        reader = _Reader(stories)
        with self._one_at_a_time:
            if self._is_asking:
                self._waiting.append(reader)
            else:
                self._is_asking, reader.asks_for = True, [reader]
        if not reader.asks_for:
            reader.woken.acquire()
        if reader.asks_for:
            self._put(reader)
        return reader.answer

    def _put(self, reader: _Reader) -> None:
        answer = None
        try:
            answer = self._ask({story for each in reader.asks_for for story in each.stories})
        finally:
            for each in reader.asks_for:
                each.answer = answer
                if each is not reader:
                    each.woken.release()
            self._hand_on()

    def _hand_on(self) -> None:
        """Whoever comes from here on asks anew."""
        with self._one_at_a_time:
            waiting, self._waiting = self._waiting, []
            self._is_asking = bool(waiting)
        if waiting:
            waiting[0].asks_for = waiting
            waiting[0].woken.release()

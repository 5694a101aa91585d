"""One question to the database for all readers who came before it was put.

Each reader's answer rests on a question that was put after he came; it need not be his own. While one is on its way,
those who come wait for the next, and one of them puts it for all. So a crowd costs the database hardly more than one
reader does. Refuses to hand anybody an answer from before he asked.
"""

import threading
from collections.abc import Collection

from hub.kept.asked import Ask, Asked


class _Question:
    """One that is not put yet: whoever comes now may still join it."""

    __slots__ = ("answer", "answered", "stories")

    def __init__(self) -> None:
        self.stories: set[int] = set()
        self.answer: Asked | None = None
        self.answered = threading.Lock()


class Together:
    """`ask`, put once for many."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._joining, self._on_its_way = threading.Lock(), threading.Lock()
        self._next: _Question | None = None

    def __call__(self, stories: Collection[int]) -> Asked | None:
        """What stands now of these stories, and perhaps of others that somebody asked about at the same moment."""
        with self._joining:
            question, puts_it = self._next, self._next is None
            if question is None:
                question = self._next = _Question()
                question.answered.acquire()
            question.stories.update(stories)
        if puts_it:
            self._put(question)
        else:
            with question.answered:
                pass
        return question.answer

    def _put(self, question: _Question) -> None:
        try:
            with self._on_its_way:
                with self._joining:
                    self._next = None  # whoever comes from here on asks anew
                question.answer = self._ask(question.stories)
        finally:
            question.answered.release()

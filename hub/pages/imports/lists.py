"""Items of a Word file as lists inside lists: which item stands in which, and where the numbers go on or begin anew."""

from dataclasses import dataclass

from hub.pages.imports import sentences as say
from hub.pages.imports.model import Document, InList
from hub.pages.imports.numbering import written
from hub.pages.imports.rich_text import Item, Numbers

DEEPEST = 5


@dataclass(slots=True)
class _Open:
    numbers: Numbers
    key: str
    level: int
    indent: int
    following: int


class Lists:
    """The lists that are open at one place of the page. A finished one is handed out by `close`."""

    def __init__(self, document: Document) -> None:
        self._lose = document.lose
        self._open: list[_Open] = []
        self._finished: list[Numbers] = []

    def add(self, at: InList, html: str) -> None:
        """Puts an item where the file shows it."""
        self._close_deeper(at)
        top = self._open[-1] if self._open else None
        goes_on = top is not None and (top.key, top.level) == (at.key, at.level)
        if goes_on and top is not None and at.ordered and at.count != top.following:
            if len(self._open) == 1:
                self._pop()
                goes_on = False
            else:
                self._lose(say.INNER_NUMBERS)
        if not goes_on:
            self._begin(at)
        self._say_numbers(at)
        self._open[-1].numbers.items.append(Item(html))
        self._open[-1].following = at.count + 1

    def close(self) -> list[Numbers]:
        """Every list since the last call, in order: nothing goes on in them."""
        while self._open:
            self._pop()
        finished, self._finished = self._finished, []
        return finished

    def _close_deeper(self, at: InList) -> None:
        """Closes what does not hold the item: lists it stands beside or outside of."""
        known = any((one.key, one.level) == (at.key, at.level) for one in self._open)
        while self._open:
            top = self._open[-1]
            if (top.key, top.level) == (at.key, at.level):
                return
            inside = at.level > top.level if top.key == at.key else at.indent > top.indent
            if inside and not known and len(self._open) < DEEPEST:
                return
            self._pop()

    def _begin(self, at: InList) -> None:
        kind = at.kind if at.ordered and at.kind in "1aAiI" else "1"
        numbers = Numbers(at.ordered, at.count if at.ordered else 1, kind)
        if self._open:
            inner = self._open[-1].numbers.items[-1].inner
            if at.ordered and (at.count != 1 or kind != "1" or (inner and inner[-1].ordered)):
                self._lose(say.INNER_NUMBERS)
            inner.append(numbers)
        self._open.append(_Open(numbers, at.key, at.level, at.indent, at.count))

    def _pop(self) -> None:
        one = self._open.pop()
        if not self._open:
            self._finished.append(one.numbers)

    def _say_numbers(self, at: InList) -> None:
        if not at.ordered or len(self._open) > 1:
            return
        on_page = written(self._open[-1].numbers.kind, at.count)
        if "".join(letter for letter in at.shown if letter.isalnum()) != on_page:
            self._lose(say.NUMBERS.format(at.shown, f"{on_page}."))

"""Says of a file what its rows in the table say, each thing once; and of what stands in no row, its name."""

from hub.pages.imports import sentences as say
from hub.pages.imports.elements import TABLE, Fate, Row, Spot
from hub.pages.imports.model import Document

MOST_UNKNOWN = 20
SAID = {Fate.CHANGED, Fate.LEFT_OUT}


class Telling:
    """Collects, in the document that is read, what has to be said of it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.lose = document.lose
        self._unknown: set[str] = set()

    def row(self, place: Spot, name: str) -> Row | None:
        """The row of the table. None for what it does not know, and that is said."""
        found = TABLE.get((place, name))
        if found is None and name not in self._unknown and len(self._unknown) < MOST_UNKNOWN:
            self._unknown.add(name)
            self.lose(say.UNKNOWN.format(name[:60]))
        return found

    def meet(self, place: Spot, name: str) -> Row | None:
        """The row, and what it says is said."""
        found = self.row(place, name)
        if found is not None and found.fate in SAID:
            self.lose(found.says)
        return found

    def leave_out(self, place: Spot, name: str, words: str) -> None:
        """Something that can be seen in the file stays off the page: said, and its words are accounted for."""
        self.meet(place, name)
        self._document.left_out.append(words)

    def leave_out_words(self, sentence: str, words: str) -> None:
        """The same for what no single row says."""
        self.lose(sentence)
        self._document.left_out.append(words)

    def instead(self, words: str, others: str) -> None:
        """Words of the file stand on the page as others that mean the same: kept, so nothing is said."""
        self._document.left_out.append(words)
        self._document.added.append(others)

    def add(self, words: str) -> str:
        """Words that Word works out and the file does not hold."""
        if words:
            self._document.added.append(words)
        return words

    def sign(self, found: str) -> str:
        """A sign from a font of signs, or nothing if we do not know it."""
        self.lose(say.SYMBOL_FONT if found else say.SIGN)
        return self.add(found)

"""What becomes of the one that cannot be read, shown or done? It is left out and noted, and all the others go on.

Lists, feeds, the sitemap, exports and jobs all come here, so that one bad page takes nothing with it that names it.
The log says which it was, what kind of error and where in the code: never a title, an address or an error's words.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from pathlib import Path
from traceback import extract_tb
from typing import Any, TypeVar

from django.db import DatabaseError, DataError, models, transaction

logger = logging.getLogger(__name__)
One = TypeVar("One")
Made = TypeVar("Made")
_noted: ContextVar[list[Exception]] = ContextVar("noted")


@contextmanager
def counted() -> Iterator[list[Exception]]:
    """What is left out inside the block: for whoever must not say that all is done."""
    noted: list[Exception] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def note(thing: object, error: Exception, *, of: str) -> None:
    """Writes down that `thing` was left out `of` something."""
    if (noted := _noted.get(None)) is not None:
        noted.append(error)
    logger.error("%s is left out of %s: %s in %s.", _number(thing), of, type(error).__qualname__, _place(error))


def each(things: Iterable[One], do: Callable[[One], Made], *, of: str) -> Iterator[Made]:
    """What `do` makes of each thing, in order, without those that it fails for."""
    for thing in things:
        try:
            made = do(thing)
        except Exception as error:  # noqa: BLE001 - whatever one of them raises
            note(thing, error, of=of)
        else:
            yield made


def each_by_itself(things: Iterable[One], do: Callable[[One], Made], *, of: str) -> Iterator[Made]:
    """The same for what changes the database: done wholly or not at all for each, and none undoes another."""

    def wholly(thing: One) -> Made:
        with transaction.atomic():
            return do(thing)

    return each(things, wholly, of=of)


class ReadOneByOne(models.QuerySet[Any, Any]):
    """Rows among which one cannot be read, as with a day for which Python has no number, are read one at a time.

    Whatever goes over such a queryset gets the others: no list needs to know, Wagtail's own included.
    """

    def _fetch_all(self) -> None:
        try:
            super()._fetch_all()
        except Exception as error:  # noqa: BLE001 - whatever one row raises
            self._result_cache = list(self._others(error))
            self._prefetch_done = True

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        """As Django's. What was handed out before the bad row came is not handed out again."""
        handed_out = 0
        try:
            for row in super().iterator(chunk_size):
                yield row
                handed_out += 1
        except Exception as error:  # noqa: BLE001 - the same
            yield from list(self._others(error))[handed_out:]

    def _others(self, error: Exception) -> Iterator[Any]:
        """Raises `error` again when the question or the database is at fault, and not one row of the answer."""
        is_of_a_row = isinstance(error, DataError) or not isinstance(error, DatabaseError)
        if not is_of_a_row or self.query.combinator or isinstance(self.query.group_by, tuple):
            raise error
        plain: Any = models.QuerySet(model=self.model, query=self.query.chain(), using=self.db)
        try:
            numbers = dict.fromkeys(plain.values_list("pk", flat=True))
        except DatabaseError:  # perhaps it orders by what cannot be read: then they come in no order
            numbers = _in_no_order(plain, error)
        if len(numbers) == 1:
            note((self.model, *numbers), error, of="what was read")
            return
        every = self.all()
        every.query.clear_limits()
        for number in numbers:
            yield from every.filter(pk=number)


def _in_no_order(rows: Any, error: Exception) -> dict[Any, None]:
    rows.query.clear_limits()
    rows.query.clear_ordering(force=True)
    try:
        return dict.fromkeys(rows.values_list("pk", flat=True))
    except DatabaseError:
        raise error from None


def _number(thing: object) -> str:
    """“GuidancePage 39”: of a row, or of the first row that is found in what was made for a list."""
    if isinstance(thing, tuple) and len(thing) == 2 and isinstance(thing[0], type):
        return f"{thing[0].__name__} {thing[1]}"
    if isinstance(thing, int):
        return f"Number {thing}"
    found = next(_rows_in(thing, depth=2), None)
    return f"{type(found).__name__} {found.pk}" if found is not None else type(thing).__name__


def _rows_in(thing: object, depth: int) -> Iterator[models.Model]:
    if isinstance(thing, models.Model):
        yield thing
    elif depth:
        for part in _parts(thing):
            yield from _rows_in(part, depth - 1)


def _parts(thing: Any) -> Iterable[object]:
    if isinstance(thing, dict):
        return thing.values()
    if isinstance(thing, tuple | list):
        return thing
    if is_dataclass(thing):
        return [getattr(thing, field.name) for field in fields(thing)]
    return [getattr(thing, "instance", None)]  # a row of one of Wagtail's tables


def _place(error: Exception) -> str:
    """The file and line that raised it. Of the innermost code, since that is what the row and the code disagree in."""
    frames = extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "the database"

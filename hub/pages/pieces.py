"""Pieces that stand on many pages and are the same for everybody: made once in each process for each generation.

Menus, neighbours, help lines, addresses, and the parts of a page that name nobody ({% piece %}). The generation is
from the first question that this answer put to the database, so a piece is never older than that; nor is it used when a
page on it was to go meanwhile. What names a story is never kept here, whoever asks for it: so it is
known here too whether the answer that is being made names one.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from hub.kept import notes
from hub.pages.changes import GENERATION

MOST = 2_000  # of one generation
MOST_HOSTS = 50  # an address may be written with any name that ALLOWED_HOSTS takes
OF_THIS_MOMENT = RawSQL(f"({GENERATION})", [], output_field=BigIntegerField())  # noqa: S611 - no word of anybody's
"""The generation as a column, for the question that comes first anyway."""

Piece = TypeVar("Piece")
sites: dict[str, tuple[int, Any]] = {}
"""The site under each host name, and of which generation it is known to be: hub/pages/models/routing.py."""
kinds: dict[str, Any] = {}
"""Of which kind the public page at an address was when it was last asked for."""
_kept: list[tuple[int, dict[Hashable, tuple[Any, notes.Notes]]]] = [(0, {})]


@dataclass(slots=True)
class Answer:
    names_a_story: bool = False
    generation: int | None = None  # as the first question to the database found it; see hub/pages/changes.py
    page: Any = None  # that was asked for together with it: the public one at this address


_being_made: ContextVar[Answer | None] = ContextVar("answer_being_made", default=None)


@contextmanager
def being_made() -> Iterator[Answer]:
    """What is noted inside the block is about one answer."""
    token = _being_made.set(answer := Answer())
    try:
        yield answer
    finally:
        _being_made.reset(token)


def current() -> Answer | None:
    """None outside a request."""
    return _being_made.get()


def names_a_story() -> bool:
    """Whether it does, as far as it is made."""
    answer = current()
    return answer is not None and answer.names_a_story


def story_was_read() -> None:
    if answer := current():
        answer.names_a_story = True


def kept(name: Hashable, make: Callable[[], Piece]) -> Piece:
    """What `make` returned for this generation. Nobody may change it: others have the same one."""
    now, newest = current(), generation()
    if now is None or newest is None:
        return make()
    of, pieces = _kept[0]
    if of != newest or len(pieces) > MOST:
        pieces = {}
        _kept[0] = (newest, pieces)
    if name in pieces and pieces[name][1].good_until > time.time():
        known, rests_on = pieces[name]
        notes.again(rests_on)
        return cast("Piece", known)
    before, now.names_a_story = now.names_a_story, False
    with notes.noted_apart() as rests_on:
        piece = make()
    if not (now.names_a_story or rests_on.refused):
        pieces[name] = piece, rests_on
    now.names_a_story = now.names_a_story or before
    return piece


def of_page(page: Any, name: Hashable, make: Callable[[], Piece]) -> Piece:
    """The same for what belongs to `page`, while that is the public one at this address; a draft's is made anew."""
    return kept((page.pk, name), make) if is_found(page) else make()


def in_an_answer() -> bool:
    return current() is not None


def generation() -> int | None:
    """Of which generation this answer is; asked for if no question brought it along. None outside a request."""
    now = current()
    if now is None:
        return None
    if now.generation is None:
        now.generation = _ask()
    return now.generation


def found(page: Any) -> None:
    """Says which page this answer is about, and of which generation the answer is, if nothing has said so yet."""
    now = current()
    if now is None or page is None:
        return
    if now.generation is None:
        now.generation = page.generation
    if now.generation == page.generation:  # otherwise something changed between the two questions
        now.page = page


def is_found(page: Any) -> bool:
    """Whether it is the public page at this address, as it stands in the database: no draft, nobody's preview."""
    now = current()
    return now is not None and page is not None and now.page is page


def forget() -> None:
    """For tests that change rows past the triggers."""
    _kept[0] = (0, {})
    sites.clear()
    kinds.clear()


def _ask() -> int:
    with connection.cursor() as cursor:
        cursor.execute(GENERATION)
        return int(cursor.fetchone()[0])

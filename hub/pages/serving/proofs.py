"""Does the light by which stories were shown still stand? Asked for each reader of a kept answer, in one statement.

The condition is that of `live()` (hub.pages.visibility), with the database's clock; it is written nowhere twice.
Whatever goes wrong on the way is an answer too: not known.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from functools import cache
from threading import local
from typing import Any

import psycopg
from django.db import DatabaseError, connection, models
from django.db.models import Lookup, Min
from django.db.models.functions import Now
from django.utils import timezone
from psycopg.pq import ExecStatus

from hub.kept import Asked, Proof, notes
from hub.pages import installed_triggers
from hub.pages.changes import GENERATION
from hub.pages.models import HubPage
from hub.pages.visibility import lit_q

STORIES = "the stories that are asked about"  # stands for their numbers in the question's parameters
GENERATION_ALONE, WITH_LIGHT = b"hub_generation", b"hub_light"  # as they are called when they are prepared
WITH_STORIES = "SELECT g.generation, s.* FROM ({generation}) g LEFT JOIN ({stories}) s ON true"


_prepared = local()  # on which connection of this thread the questions are prepared


@models.BigAutoField.register_lookup
class AnyOf(Lookup[Any]):
    """`pk__any_of=[…]`: one parameter however many there are, so that the database plans the question once."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", [*parameters, self.rhs]


def ask(stories: Collection[int]) -> Asked | None:
    """The newest generation, and of these stories the light of those that may be shown now. None: not known."""
    try:
        if not installed_triggers.are_as_declared():
            return None
        rows = _rows(stories)
    except (DatabaseError, psycopg.Error):
        connection.errors_occurred = True
        connection.close_if_unusable_or_obsolete()
        return None
    standing = frozenset((int(row[1]), int(row[2]), row[3].decode()) for row in rows if stories and row[1] is not None)
    return Asked(int(rows[0][0]), standing)


def _rows(stories: Collection[int]) -> list[tuple[Any, ...]]:
    """By the library's own functions: a cursor costs several times as much as the question."""
    connection.ensure_connection()
    raw = connection.connection.pgconn
    if getattr(_prepared, "on", None) is not raw:
        for name, statement in ((GENERATION_ALONE, GENERATION), (WITH_LIGHT, _question())):
            _good(raw.prepare(name, statement.encode()))
        _prepared.on = raw
    numbers = ",".join(map(str, stories))
    name, parameters = (WITH_LIGHT, [f"{{{numbers}}}".encode()]) if stories else (GENERATION_ALONE, [])
    result = _good(raw.exec_prepared(name, parameters))
    return [tuple(result.get_value(row, column) for column in range(result.nfields)) for row in range(result.ntuples)]


def _good(result: Any) -> Any:
    if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        raise psycopg.OperationalError("The question about kept answers was not answered.")
    return result


@cache
def _question() -> str:
    """Of the stories in its one parameter, the light that stands; and the generation, also when none does."""
    lit = HubPage._base_manager.filter(lit_q(), pk__any_of=STORIES)
    rows = lit.values_list("pk", "visibility__revision_id", "visibility__content_hash")
    statement, parameters = rows.query.sql_with_params()
    if parameters != (STORIES,):
        raise TypeError("The light of stories depends on nothing but their numbers.")
    return WITH_STORIES.format(generation=GENERATION, stories=str(statement) % "$1")


def proof_of(story: Any) -> Proof | None:
    """The light that `story` was read with, in the same statement. None when it was read without."""
    field = HubPage._meta.get_field("visibility")
    light = field.get_cached_value(story, default=None)
    if light is None:
        return None
    return light.page_id, light.revision_id, light.content_hash


def note_what_was_shown() -> None:
    """The answer that is being made rests on the light of each story that was read for it."""
    for story in notes.stories_shown():
        notes.rests_on(proof_of(story))
        for moment in _lapses(story):
            notes.good_until(moment)


def _lapses(story: Any) -> list[datetime]:
    """When readers stop being told that the story is agreed to for other uses."""
    light = HubPage._meta.get_field("visibility").get_cached_value(story, default=None)
    moments = [datetime.fromisoformat(moment) for moment in light.uses.values()] if light else []
    return [moment for moment in moments if moment > timezone.now()]


def next_lapse() -> float:
    """Until when an answer made now is good at most: the next midnight here, as dates stand on pages, or the first
    moment a page is to go."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    first = HubPage._base_manager.filter(expire_at__gt=Now()).aggregate(first=Min("expire_at"))["first"]
    return min(midnight.timestamp(), first.timestamp() if first else float("inf"))

"""Has a restore been begun and not been finished? While one has, nobody is shown anything, and nothing is started.

Two marks say so: a file beside the database, from before the first change to after the last; and in the database itself
a word to whoever looks at it, from the moment its tables are the backup's. Until that is gone the web process has no
right in it at all, so that a machine that does not see the file serves nothing either.
"""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, ProgrammingError, connection
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.deprecation import MiddlewareMixin

from hub.last_heard import without_asking
from hub.security_headers import forbid_copies

MARK = "A restore of the Hub is not finished"
COMMENT = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
RUN_IT_AGAIN = "A restore was begun and is not finished. Run it again, with the same backup or another one."
ASIDE = "before_restore"  # where older versions put the old tables
OLD_TABLES = " The tables from before it are kept: `restore --give-up` brings them back."
NOTHING_YET = " Nothing was changed yet: `restore --give-up` leaves everything as it was."


def folder() -> Path:
    """Where a backup is unpacked. Nothing else is kept there."""
    return Path(settings.VAR_DIR) / "restore"


def mark_beside() -> Path:
    return folder() / "unfinished"


def is_marked_beside() -> bool:
    """Cheap enough to be asked at every request."""
    return mark_beside().exists()


def is_marked_inside() -> bool:
    """Asks the database, which answers whoever may connect."""
    with connection.cursor() as cursor:
        cursor.execute(COMMENT)
        return str(cursor.fetchone()[0] or "").startswith(MARK)


def is_left_over() -> bool:
    """Whether an older version was killed: its old tables wait aside, beside what may be half of the new ones."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_namespace WHERE nspname = %s", [ASIDE])
        return cursor.fetchone() is not None


def is_half_restored() -> bool:
    """Whether the tables here are, or may be, those of a backup that nobody has finished restoring."""
    return is_marked_inside() or is_left_over()


def sentence() -> str:
    """What to do about a restore that is not finished; empty when there is none."""
    if is_marked_inside():
        return RUN_IT_AGAIN
    if is_left_over():
        return RUN_IT_AGAIN + OLD_TABLES
    return RUN_IT_AGAIN + NOTHING_YET if is_marked_beside() else ""


def clear_folder() -> None:
    """Nothing of a backup stays unpacked. The mark does."""
    folder().mkdir(mode=0o700, exist_ok=True)
    for left in folder().iterdir():
        if left.is_dir():
            shutil.rmtree(left)
        elif left != mark_beside():
            left.unlink()


def remove_mark() -> None:
    mark_beside().unlink(missing_ok=True)
    folder().rmdir()


def refuse_if_any() -> None:
    """Raises CommandError: no other command may work on half a Hub."""
    if said := sentence():
        raise CommandError(said)


class NothingWhileRestoring(MiddlewareMixin):
    """Answers every request but those about health with a page that needs no database."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        return unavailable() if is_marked_beside() and request.path != "/healthz" else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """On a machine that does not see the file: the web process may not read a single table."""
        if not isinstance(exception, ProgrammingError):
            return None
        try:
            return unavailable() if is_marked_inside() else None
        except DatabaseError:
            return None


def unavailable(context: Any = None) -> HttpResponse:
    """A kind page: it comes back by itself."""
    page = HttpResponse(render_to_string("errors/503.html", without_asking()), status=503)
    page.headers["Retry-After"] = "300"
    return forbid_copies(page)

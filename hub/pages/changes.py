"""Has anything changed that readers see? Written down by the database itself, whoever changes it and however.

Each transaction that changes such a row adds a mark, a number drawn at random, that others see from the moment they
see the change. All marks together are the generation: another number than ever before. A row is added and none is
locked, so nobody waits for anybody here, least of all a withdrawal. Old marks are taken away now and then.
"""

from datetime import datetime
from typing import Any, ClassVar

import pgtrigger
from django.db import connection, models, transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from hub.partners.partnership import Partnership

MARK = """
    IF current_setting('hub.marked', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        INSERT INTO pages_change (mark) VALUES (('x' || md5(gen_random_uuid()::text))::bit(64)::bigint);
        PERFORM set_config('hub.marked', pg_current_xact_id()::text, true);
        IF random() < 0.05 AND pg_try_advisory_xact_lock(hashtext('pages_change')) THEN
            DELETE FROM pages_change WHERE at < clock_timestamp() - interval '1 minute';
        END IF;
    END IF;
    RETURN NULL;
"""
GENERATION = "SELECT coalesce(bit_xor(mark), 0) AS generation FROM pages_change"

# What readers never see on a page that may be kept. Every other column of a page is believed to be public.
UNSEEN = [
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "go_live_at",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
]

AT_ALL = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate
GOES = pgtrigger.Delete | pgtrigger.Truncate


class Change(models.Model):
    """A transaction changed something that readers see. It says nothing of what."""

    mark = models.BigIntegerField()
    at = models.DateTimeField(db_default=models.Func(function="clock_timestamp", output_field=models.DateTimeField()))

    class Meta:
        app_label = "pages"

    def __str__(self) -> str:
        return f"change {self.pk}"


OLD_MARKS_GO = """
    INSERT INTO pages_change (mark) SELECT ('x' || md5(gen_random_uuid()::text))::bit(64)::bigint
    WHERE (SELECT count(*) FROM pages_change WHERE at < clock_timestamp() - interval '1 minute') > 20
    RETURNING at
"""
FORGOTTEN = "DELETE FROM pages_change WHERE at < clock_timestamp() - interval '1 minute'"


def forget_old_marks(now: datetime) -> int:
    """Job: takes away marks that many changes at once have left, so that questions read few. Returns how many.

    A new mark comes first: without any the generation would be what it was at the very beginning.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(OLD_MARKS_GO)
        if not cursor.fetchall():
            return 0
        cursor.execute(FORGOTTEN)
        return int(cursor.rowcount)


def marks_changes(operation: Any = AT_ALL, *, name: str = "readers_see_it", condition: Any = None) -> pgtrigger.Trigger:
    """A trigger for a table of which readers see rows. With a condition, it is asked of each row."""
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        level=pgtrigger.Row if condition else pgtrigger.Statement,
        when=pgtrigger.After,
        condition=condition,
        func=MARK,
    )


def marks_changes_of_pages() -> list[pgtrigger.Trigger]:
    """The same for the table of all pages, in which drafts are saved every few moments: that changes nothing."""
    return [
        marks_changes(pgtrigger.Insert | GOES, name="page_comes_or_goes"),
        marks_changes(pgtrigger.Update, name="page_changes", condition=pgtrigger.AnyChange(exclude=UNSEEN)),
    ]


class SiteAsReadersSeeIt(Site):
    """Another address or another home page changes every page."""

    class Meta:
        app_label = "pages"
        proxy = True
        triggers: ClassVar[list[Any]] = [marks_changes()]


class PartnershipAsReadersSeeIt(Partnership):
    """Its name stands on every page."""

    class Meta:
        app_label = "pages"
        proxy = True
        triggers: ClassVar[list[Any]] = [marks_changes()]


class RedirectAsReadersMeetIt(Redirect):
    """An old address that leads on: with it or without it an answer is another one."""

    class Meta:
        app_label = "pages"
        proxy = True
        triggers: ClassVar[list[Any]] = [marks_changes()]

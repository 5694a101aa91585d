"""Moves records into the past, as if time had gone by: the database itself lets nobody reword an answer."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models.sql import UpdateQuery
from wagtail.models import Revision

from hub.pages.models import HubPage
from hub.stories.models import StoryPage
from tests.owner import without_triggers


def rewrite(rows: Any, **columns: Any) -> None:
    """Writes `columns` of these rows past the triggers, which no part of the product can."""
    query = rows.query.chain(UpdateQuery)
    query.add_update_values(columns)
    with connection.cursor() as cursor:
        without_triggers(cursor.mogrify(*query.get_compiler(connection=connection).as_sql()))


def written_long_ago(story: StoryPage, days: int = 1000) -> StoryPage:
    """The same story, whose words could be read so many days ago."""
    for revision in Revision.objects.filter(object_id=str(story.pk)):
        Revision.objects.filter(pk=revision.pk).update(created_at=revision.created_at - timedelta(days=days))
    return story


def moved_by_hand(page_id: int, parent: HubPage) -> None:
    """Puts a page under another one past every door: they refuse to move a story."""
    HubPage.objects.filter(pk=page_id).update(path=f"{parent.path}0ZZZ", depth=parent.depth + 1)

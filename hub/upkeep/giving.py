"""A journal turns up after a restore that had to keep every story dark. What it tells is made true, and if that is all
that anybody can show, stories come back at once. Refuses a copy out of a backup, and a journal of another database.
"""

from pathlib import Path

from hub.database_clock import database_now
from hub.stories.ledger import journal
from hub.stories.models import StoryPage, TakenBack
from hub.stories.review import Why, show_restored_again
from hub.upkeep import newness
from hub.upkeep.after_restore import withdraw_again
from hub.upkeep.archive import CannotRestore
from hub.upkeep.models import Restoration
from hub.upkeep.restoring import journal_in


def give_journal(file: Path) -> list[str]:
    """Says what followed from it. Twice does no harm. Raises CannotRestore, with nothing changed."""
    given = journal_in(file)
    journal.complete()
    here = list(journal.lines())
    if not newness.keys(here) & newness.keys(given):
        raise CannotRestore("This journal belongs to another database. Nothing was changed.")
    filled = newness.filled_by(given, here)
    known = {journal.as_text(line) for line in here}
    journal.append([line for line in given if journal.is_said(line) and journal.as_text(line) not in known])
    said = withdraw_again()
    journal.append([{"filled": gap} for gap in filled])
    left = newness.open_gaps(journal.lines())
    waiting = Restoration.objects.filter(filled_at=None, gaps__len__gt=0)
    waiting.exclude(gaps__overlap=[*left]).filter(gaps__contained_by=_ever_filled()).update(filled_at=database_now())
    if left or waiting.exists():
        return [*said, "Stories stay dark: this journal does not tell of all that was said after the backup."]
    dark = TakenBack.objects.filter(why=Why.RESTORED, ended_at=None).values("story_id")
    for story_id in StoryPage.objects.filter(pk__in=dark).order_by("pk").values_list("pk", flat=True):
        show_restored_again(story_id)
    return [*said, "The journal tells of all that was said after the backup: stories are shown again."]


def _ever_filled() -> list[str]:
    return [line["filled"] for line in journal.lines() if "filled" in line]

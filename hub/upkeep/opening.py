"""What happens between a backup's tables being back and anybody seeing them? The last part of a restore.

Brings the tables up to date, keeps dark what may have been withdrawn, and makes true again what the journal tells. The
web process gets its rights as the very last thing: until then it can read nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.dateparse import parse_datetime

from hub.pages import installed_triggers
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.ledger import journal
from hub.stories.models import ConsentEvent, StoryParticipant
from hub.stories.review import Why, take_back
from hub.upkeep import keys, loading, roles, unfinished
from hub.upkeep.after_restore import withdraw_again
from hub.upkeep.archive import CannotRestore, Manifest
from hub.upkeep.models import Restoration

BROKEN = "the ledger in the backup is broken"
HOW_TO_SHOW = (
    "Start the Hub; then show stories again one by one under “After a restore” in the admin, or all at once with "
    "`give_journal FILE`, if the journal from beside the lost database turns up."
)
Said = list[str] | None


@dataclass
class CameBack:
    """Tables that came back from a backup, and what the restore has found out about them."""

    backup: str = ""
    made_at: datetime | None = None
    why_dark: str = ""  # empty when a journal tells of all that was said after the backup
    gaps: list[str] = field(default_factory=list)
    keys_are_lost: bool = False

    def note(self, manifest: Manifest, why_dark: str, gaps: list[str]) -> None:
        self.backup, self.made_at = manifest.id, parse_datetime(manifest.made_at) if manifest.made_at else None
        self.why_dark, self.gaps = why_dark, gaps

    def steps(self) -> list[Callable[[], Said]]:
        """In this order, after the tables are back."""
        return [self.migrate, self.keep_dark, self.say_again, self.forget, self.clear, self.open, self.conclude]

    def migrate(self) -> Said:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("provision", verbosity=0)
        if gone := installed_triggers.missing():
            raise CannotRestore(f"What holds consent is missing: {', '.join(gone)}. Do not start the Hub.")
        return ["The triggers that hold consent are in place."]

    def keep_dark(self) -> Said:
        """Notes where the tables came from; and, if anything may have been withdrawn since, takes every story back."""
        if ledger.first_broken_link() is not None:
            self.why_dark = self.why_dark or BROKEN
        with transaction.atomic():
            Restoration.objects.create(
                backup=self.backup, backed_up_at=self.made_at, why_dark=self.why_dark, gaps=self.gaps
            )
            if self.why_dark:
                self.take_back_all()
        return None

    def take_back_all(self) -> None:
        """Says in the journal that it was this restore, and nobody's wish, before the ledger's lines get there."""
        head = ledger.head()
        stories = StoryParticipant.objects.order_by("story_id").distinct("story_id")
        for story_id in stories.values_list("story_id", flat=True):
            take_back(story_id, why=Why.RESTORED)
        lines = ConsentEvent.objects.filter(kind=EventKind.TAKEN_BACK, sequence__gt=head.sequence if head else 0)
        journal.append([{"of_a_restore": line} for line in lines.values_list("hash", flat=True)])

    def say_again(self) -> Said:
        """What the journal tells and the backup does not know."""
        journal.complete()
        said = withdraw_again()
        return [*said, "A yes that was given after the backup is lost: ask those people again."] if said else None

    def forget(self) -> Said:
        """Whoever was signed in on the day of the backup signs in again; no answer of before comes out of a cache."""
        Session.objects.all().delete()
        cache.clear()
        if self.keys_are_lost:
            keys.are_lost()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return None

    def clear(self) -> Said:
        """What was unpacked goes, then the mark beside the database. The one inside stays until everything is done."""
        unfinished.clear_folder()
        unfinished.remove_mark()
        return None

    def open(self) -> Said:
        """All at once: until here the web process has no right to read anything."""
        with transaction.atomic():
            roles.make_web_role()
            roles.give_rights()
            loading.unmark()
        return None

    def conclude(self) -> Said:
        """Never that nothing was withdrawn, when nobody knows."""
        if not self.why_dark:
            return ["Restored. The journal tells of all that was said after the backup, and it holds. Start the Hub."]
        dark = f"Restored with all stories dark, because {self.why_dark}: somebody may have withdrawn since."
        return [dark, HOW_TO_SHOW]

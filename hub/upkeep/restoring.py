"""How does a backup come back? In steps, of which any may be killed; run again, it begins anew and ends the same.

Nobody is shown anything from the first change to the last step. Every story comes back dark unless a journal tells of
all that was said after the backup. Refuses half a backup, and one that this version or these keys cannot read.
"""

import json
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection

from hub.shelves import PARTS, shelf
from hub.stories.ledger import journal
from hub.upkeep import archive, contents, keys, loading, newness, unfinished
from hub.upkeep.archive import CannotRestore, Manifest
from hub.upkeep.opening import CameBack, Said

SECONDS_TO_LEAVE = 3
OTHERS = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND usesysid IS NOT NULL AND coalesce(backend_type, 'client backend') = 'client backend'
"""


class Restore:
    """One restore. `given` are journals from elsewhere; `keys_are_lost` goes on without keys nobody has any more."""

    def __init__(self, source: IO[bytes], *, given: Iterable[Path] = (), keys_are_lost: bool = False) -> None:
        self.source, self.given = source, [line for file in given for line in journal_in(file)]
        self.manifest, self.told, self.came_back = Manifest(), newness.Backup(), CameBack(keys_are_lost=keys_are_lost)
        self.new_gap = ""

    def run(self) -> Iterator[str]:
        """Takes every step, and says what each did. Raises CannotRestore; where it says that nothing was changed, no
        mark stays either, but one that was there before."""
        was_marked = unfinished.is_marked_beside()
        try:
            for step in self.steps():
                yield from step() or ()
        except CannotRestore:
            if not was_marked and not unfinished.is_half_restored():
                unfinished.clear_folder()
                unfinished.remove_mark()
            raise

    def steps(self) -> list[Callable[[], Said]]:
        before = [self.wait_for_others, self.unpack, self.find_keys]
        tables = [self.mark_beside, self.complete_journal, self.load, self.write_journal, self.bring_files]
        return [*before, *tables, *self.came_back.steps()]

    # --- nothing is changed yet

    def wait_for_others(self) -> Said:
        """Asked for a few seconds: a Hub that was stopped a moment ago is still leaving."""
        with connection.cursor() as cursor:
            for _ in range(int(SECONDS_TO_LEAVE * 5)):
                cursor.execute(OTHERS)
                if cursor.fetchone()[0] == 0:
                    return None
                time.sleep(0.2)
        raise CannotRestore(
            "The Hub is running, or somebody else uses its database. Stop it first. Nothing was changed."
        )

    def unpack(self) -> Said:
        """The whole backup, before anything is touched. What an earlier restore left behind goes, but its mark."""
        unfinished.clear_folder()
        self.manifest = archive.unpack(self.source, unfinished.folder())
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            here, there = cursor.fetchone()[0], self.manifest.postgresql // 10_000
        if there > here:
            raise CannotRestore(
                f"The backup is from PostgreSQL {there}, and this server is PostgreSQL {here}, which does not take it. "
                "Nothing was changed."
            )
        return None

    def find_keys(self) -> Said:
        """On one's own machine a backup brings its keys; on a server somebody has to: better now than on a bad day."""
        brought = unfinished.folder() / archive.KEYS
        if brought.exists() and keys.are_our_own():
            keys.take_in(json.loads(brought.read_text()))
            return []
        lost = keys.not_ours(self.manifest.keys)
        if lost and not self.came_back.keys_are_lost:
            raise CannotRestore(
                f"The backup is locked with a key that HUB_ENCRYPTION_KEYS does not hold (named {', '.join(lost)}). "
                "Put it behind the one that is there, with a comma between. If nobody has it any more, say "
                "--keys-are-lost: then names, contacts and evidence stay closed for good. Nothing was changed."
            )
        if self.manifest.secret_key not in {"", *map(keys.name_of, settings.HUB_LINK_KEYS)}:
            return ["HUB_LINK_KEYS lacks the key of the backup: no private link or card from before will open."]
        return []

    # --- from here on a restore has begun

    def mark_beside(self) -> Said:
        unfinished.mark_beside().touch(mode=0o600)
        return None

    def complete_journal(self) -> Said:
        """What the database here was told last, before it goes. One that is half restored was told nothing."""
        if not unfinished.is_half_restored() and "stories_consentevent" in connection.introspection.table_names():
            journal.complete()
        return None

    def load(self) -> Said:
        """The tables, in one transaction. What may not be shown is dark before anybody can see them."""
        gaps, lines = contents.open_gaps_here(), list(journal.lines())

        def look(cursor: Any) -> None:
            contents.refuse_newer(cursor)
            self.told = contents.told_by(cursor, self.manifest, unfinished.folder() / archive.JOURNAL)
            if newness.is_foreign(self.given, self.told):
                raise CannotRestore("The journal given belongs to another database. Nothing was changed.")
            here = [] if newness.is_foreign(lines, self.told) else lines
            verdict = newness.verdict(self.told, here=here, given=self.given, gaps=gaps if here else ())
            self.new_gap = uuid.uuid4().hex if verdict.is_new_gap else ""
            self.came_back.note(self.manifest, verdict.why, [*verdict.gaps, *filter(None, [self.new_gap])])
            if verdict.why:
                cursor.execute("DELETE FROM pages_visibility")

        loading.load(unfinished.folder() / archive.DUMP, backup=self.manifest.id, first=look)
        return ["The database is as it was when the backup was made."]

    def write_journal(self) -> Said:
        """What the backup and the journals given tell goes into the one here, and whether it is all that was said."""
        lines, said = list(journal.lines()), []
        if newness.is_foreign(lines, self.told):
            said.append(f"The journal here is another database's. It is kept as {journal.set_aside().name}.")
            lines = []
        journal.append(newness.what_to_add(self.told, here=lines, given=self.given, new_gap=self.new_gap))
        return said

    def bring_files(self) -> Said:
        for part in PARTS:
            archive.bring_back(unfinished.folder(), part, shelf(part))
        return ["The files are back."]


def journal_in(file: Path) -> list[journal.Line]:
    """The lines of a journal that somebody gives. Raises CannotRestore when there is none in that file."""
    if not file.is_file():
        raise CannotRestore(f"There is no file {file}. Nothing was changed.")
    lines = list(journal.lines(file))
    if not newness.keys(lines):
        raise CannotRestore(f"{file} is no journal of consent. Nothing was changed.")
    return lines


def give_up() -> str:
    """Undoes a restore that was begun and has changed nothing yet. Raises CannotRestore when it has."""
    if unfinished.is_marked_inside():
        raise CannotRestore(
            "The database is the backup's already, and what was there before is gone. Run the restore again."
        )
    if unfinished.is_left_over():
        loading.put_back_leftover()
    unfinished.clear_folder()
    unfinished.remove_mark()
    return "The restore is given up. The database and the files are as they were before it."


def describe(source: IO[bytes], folder: Path) -> list[str]:
    """What a backup says of itself, and whether this machine could read it. Changes nothing. Raises CannotRestore."""
    manifest = archive.unpack(source, folder)
    if not manifest.id:
        return ["It was made by an older version, and does not say when, nor which keys it needs."]
    lost = [] if (folder / archive.KEYS).exists() else keys.not_ours(manifest.keys)
    newest = f"line {manifest.head_number} of {manifest.head_at}" if manifest.head else "nothing yet"
    said = [f"It is whole. It was made at {manifest.made_at}; the newest in its ledger is {newest}."]
    said += [f"The key named {name} is missing here." for name in lost]
    return said or []

"""What do the tables of a backup tell, before anybody else sees them? Asked inside the transaction that brings them.

In plain SQL, since they may be those of an older version. Refuses tables that this version cannot bring up to date.
"""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hub.stories.ledger import journal
from hub.upkeep import unfinished
from hub.upkeep.archive import FORMAT, CannotRestore, Manifest
from hub.upkeep.newness import Backup

GAPS = "SELECT unnest(gaps), filled_at FROM upkeep_restoration"


def told_by(cursor: Any, manifest: Manifest, copy_of_journal: Path) -> Backup:
    """The ledger that has just come back, which has to be the one its manifest tells of. Raises CannotRestore."""
    cursor.execute("SELECT hash, sequence FROM stories_consentevent ORDER BY sequence")
    lines = cursor.fetchall()
    head, newest = lines[-1] if lines else ("", 0)
    if manifest.format >= FORMAT and head != manifest.head:
        raise CannotRestore("The ledger in the backup is not the one it says it holds. Nothing was changed.")
    return Backup(
        lines=[line for line, _ in lines],
        head=head,
        newest=newest,
        journal=[line for line in journal.lines(copy_of_journal) if "copied" not in line],
        gaps=[gap for gap, _ in _gaps(cursor)],
    )


def open_gaps_here() -> list[str]:
    """Gaps that the database which is about to go knows of. Half of a restored one knows nothing of its own."""
    if unfinished.is_half_restored():
        return []
    with connection.cursor() as cursor:
        return [gap for gap, filled_at in _gaps(cursor) if filled_at is None]


def _gaps(cursor: Any) -> list[tuple[str, Any]]:
    cursor.execute("SELECT to_regclass('upkeep_restoration')")
    if cursor.fetchone()[0] is None:
        return []
    cursor.execute(GAPS)
    return list(cursor.fetchall())


def refuse_newer(cursor: Any) -> None:
    """Raises CannotRestore for tables that were changed in a way which this version does not know."""
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("hub.")}
    on_disk = MigrationLoader(None).disk_migrations
    known = {*on_disk, *(old for migration in on_disk.values() for old in migration.replaces)}
    cursor.execute("SELECT app, name FROM django_migrations")
    if any(app in ours and (app, name) not in known for app, name in cursor.fetchall()):
        raise CannotRestore(
            "The backup was made by a newer version of the Hub: bring this one up to date first. Nothing was changed."
        )

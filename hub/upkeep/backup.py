"""What is in a backup, and what does it say of itself? Database, files and the journal of consent, in one tar file.

It carries the head of the ledger at its moment, so that a restore can tell whether a journal is newer. On one's own
machine it carries the keys too; on a server never. Refuses to copy a database in which a restore is not finished.
"""

import json
import tempfile
import uuid
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from hub.shelves import PARTS, shelf
from hub.stories.ledger import journal
from hub.upkeep import keys, programs, unfinished
from hub.upkeep.archive import DUMP, JOURNAL, KEYS, MANIFEST, Manifest, Writer, as_json

HEAD = "SELECT hash, sequence, at FROM stories_consentevent ORDER BY sequence DESC LIMIT 1"


def back_up(target: IO[bytes]) -> Manifest:
    """Writes a backup into `target`. The database goes first, so that every file it names is there behind it.

    Raises OSError with the database's own words when it cannot be read, and CommandError while a restore is unfinished.
    """
    unfinished.refuse_if_any()
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR) as folder:
        dump = Path(folder, DUMP)
        manifest = _dump(dump)
        writer = Writer(target)
        writer.add(MANIFEST, as_json(manifest))
        writer.add_file(DUMP, dump)
        writer.add(JOURNAL, _copy_of_journal(manifest))
        if keys.are_our_own():
            writer.add(KEYS, json.dumps(keys.to_take_along()).encode())
        for part in PARTS:
            writer.add_shelf(part, shelf(part))
        writer.finish()
    return manifest


def _dump(file: Path) -> Manifest:
    """The tables as they are at one moment, and the head of the ledger at the same moment."""
    names = tuple(keys.names_in_use())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(HEAD)
        head = cursor.fetchone() or ("", 0, None)
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int")
        snapshot, version = cursor.fetchone()
        programs.run(
            "pg_dump", "--format=custom", "--schema=public", "--no-owner", "--no-privileges",
            f"--exclude-schema={unfinished.ASIDE}", f"--snapshot={snapshot}", f"--file={file}", programs.address(),
        )  # fmt: skip
    return Manifest(
        id=uuid.uuid4().hex,
        made_at=timezone.now().isoformat(),
        postgresql=version,
        head=head[0],
        head_number=head[1],
        head_at=head[2].isoformat() if head[2] else "",
        keys=names,
        secret_key=keys.name_of(settings.HUB_LINK_KEYS[0]),
    )


def _copy_of_journal(manifest: Manifest) -> bytes:
    """Its last line says that it is a copy: given to a restore, it tells of nothing newer than the backup."""
    kept = settings.LEDGER_JOURNAL.read_bytes() if settings.LEDGER_JOURNAL.exists() else b""
    return kept + journal.as_text({"copied": manifest.id}).encode() + b"\n"

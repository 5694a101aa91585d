"""manage.py restore FILE: a backup comes back, dark unless it is known what was said after it."""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hub.upkeep.archive import CannotRestore
from hub.upkeep.backup_places import place
from hub.upkeep.kept_backups import open_with
from hub.upkeep.restoring import Restore, describe, give_up


class Command(BaseCommand):
    help = "Puts a backup in the place of what is there. Stop the Hub first. Killed at any moment, it can be run again."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("file", nargs="?", help="a file that back_up wrote; - is the standard input")
        what.add_argument("--kept", metavar="NAME", help="one that keep_backup kept, from where it lies")
        what.add_argument("--give-up", action="store_true", help="undo a restore that has changed nothing yet")
        parser.add_argument("--check", action="store_true", help="only say what is in the file; change nothing")
        parser.add_argument(
            "--journal", action="append", default=[], type=Path, metavar="FILE",
            help="the journal from beside the lost database (ledger/journal.jsonl); may be said more than once",
        )  # fmt: skip
        parser.add_argument("--identity", type=Path, metavar="FILE", help="the private key (age) of a locked backup")
        parser.add_argument("--keys-are-lost", action="store_true", help="go on without a key that nobody has any more")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["give_up"]:
                self.stdout.write(give_up())
                return
            with _opened(options["file"], options["kept"], options["identity"]) as source:
                if options["check"]:
                    with tempfile.TemporaryDirectory() as folder:
                        self.stdout.write("\n".join(describe(source, Path(folder))))
                    return
                restore = Restore(source, given=options["journal"], keys_are_lost=options["keys_are_lost"])
                for said in restore.run():
                    self.stdout.write(said)
        except (OSError, CannotRestore) as mistake:
            raise CommandError(str(mistake)) from mistake


@contextmanager
def _opened(file: str | None, kept: str | None, identity: Path | None) -> Iterator[IO[bytes]]:
    """The backup, without its lock if it had one. What was opened lies in no folder."""
    with _source(file, kept) as source:
        if identity is None:
            yield source
            return
        with tempfile.TemporaryFile(dir=settings.VAR_DIR) as plain:
            open_with(identity, source, plain)
            plain.seek(0)
            yield plain


def _source(file: str | None, kept: str | None) -> AbstractContextManager[IO[bytes]]:
    if kept:
        kept_in = place()
        if kept_in is None or kept not in kept_in.names():
            raise CannotRestore(f"No backup called {kept} is kept. `keep_backup --list` names those that are.")
        opened: AbstractContextManager[IO[bytes]] = kept_in.opened(kept)
        return opened
    return sys.stdin.buffer if file == "-" else Path(str(file)).open("rb")

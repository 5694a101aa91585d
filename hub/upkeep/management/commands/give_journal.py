"""manage.py give_journal FILE: what a lost Hub's journal tells holds again, and stories that it clears come back."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.upkeep import unfinished
from hub.upkeep.archive import CannotRestore
from hub.upkeep.giving import give_journal


class Command(BaseCommand):
    help = "After a restore with all stories dark: the journal from beside the lost database has turned up."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", help="ledger/journal.jsonl of the lost Hub; - is the standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        unfinished.refuse_if_any()
        with tempfile.NamedTemporaryFile() as copy:
            file = Path(options["file"])
            if options["file"] == "-":
                copy.write(sys.stdin.buffer.read())
                copy.flush()
                file = Path(copy.name)
            try:
                said = give_journal(file)
            except CannotRestore as mistake:
                raise CommandError(str(mistake)) from mistake
        self.stdout.write("\n".join(said))

"""manage.py restore FILE: a backup comes back, and what people withdrew since then is withdrawn again."""

import argparse
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from hub.backup import CannotRestore, restore


class Command(BaseCommand):
    help = "Puts a backup in the place of what is there. Stop the Hub first."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", help="a file that back_up wrote; - is the standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with sys.stdin.buffer if options["file"] == "-" else Path(options["file"]).open("rb") as source:
                for step in restore(source):
                    self.stdout.write(step)
        except (OSError, CannotRestore) as mistake:
            raise CommandError(str(mistake)) from mistake
        call_command("withdraw_again", stdout=self.stdout)
        self.stdout.write("Restored. What people withdrew since the backup is withdrawn. Start the Hub.")

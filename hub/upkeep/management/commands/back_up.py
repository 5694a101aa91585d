"""manage.py back_up FILE: everything in one file, which a restore needs and nothing else."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hub.upkeep import keys
from hub.upkeep.backup import back_up
from hub.whole_files import only_whole


class Command(BaseCommand):
    help = (
        "Writes database, files and the journal of consent into one file. Keep it encrypted, and 35 days at the most."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", help="where to; - is the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["file"] == "-":
                if sys.stdout.isatty():
                    raise CommandError("A backup is not text. Say where to: back_up FILE, or back_up - > FILE.")
                whole_to(sys.stdout.buffer)
                return
            target = Path(options["file"])
            with only_whole(target) as out:
                back_up(out)
        except OSError as mistake:
            raise CommandError(f"There is no backup. {mistake}") from mistake
        self.stdout.write(f"{target} holds everything: {target.stat().st_size / 1e6:.1f} MB. Keep it off this machine.")
        if keys.are_our_own():
            self.stdout.write("It holds the keys too, as this is local mode: whoever has the file can read all of it.")


def whole_to(out: IO[bytes]) -> None:
    """Writes nothing until all of it is there: whoever reads on gets a whole backup or not a byte."""
    with tempfile.TemporaryFile(dir=settings.VAR_DIR) as whole:
        back_up(whole)
        whole.seek(0)
        shutil.copyfileobj(whole, out)
        out.flush()

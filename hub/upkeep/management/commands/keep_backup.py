"""manage.py keep_backup: one backup now, read back and kept; --nightly goes on and makes one each night."""

import logging
import signal
import threading
from datetime import datetime, time, timedelta
from typing import Any

import pyrage
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection
from django.utils import timezone

from hub.upkeep.archive import CannotRestore
from hub.upkeep.backup_places import Place, place
from hub.upkeep.kept_backups import keep_one

logger = logging.getLogger(__name__)
AT = time(2, 30)  # by our own clocks


class Command(BaseCommand):
    help = "Makes a backup that only HUB_BACKUP_RECIPIENT can open, restores it into a scratch database, and counts."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--nightly", action="store_true", help="go on: one each night, until told to stop")
        parser.add_argument("--list", action="store_true", help="only say which are there, the newest first")
        parser.add_argument("--new-key", action="store_true", help="make a pair of keys, and print them")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            return self._new_key()
        kept_in = place()
        if kept_in is None or not settings.HUB_BACKUP_RECIPIENT:
            raise CommandError(
                "HUB_BACKUP_DIR (or HUB_BACKUP_URL) and HUB_BACKUP_RECIPIENT are missing: where backups are kept, and "
                "the public key that they are locked with. `keep_backup --new-key` makes a pair."
            )
        if options["list"]:
            return self.stdout.write("\n".join(sorted(kept_in.names(), reverse=True)))
        if not options["nightly"]:
            return self._one(kept_in)
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        while not stop.wait(seconds_until_night(timezone.localtime())):
            try:
                self._one(kept_in)
            except (CommandError, Error):
                logger.exception("There is no backup of this night. The next one is tried tomorrow.")
            connection.close()
        return None

    def _one(self, kept_in: Place) -> None:
        try:
            row = keep_one(kept_in, settings.HUB_BACKUP_RECIPIENT, months=settings.HUB_BACKUP_MONTHS)
        except (OSError, CannotRestore) as mistake:
            raise CommandError(f"There is no new backup, and older ones are as they were. {mistake}") from mistake
        self.stdout.write(f"{row.name}: {row.size / 1e6:.1f} MB; read back: {row.rows} rows, {row.files} files.")

    def _new_key(self) -> None:
        pair = pyrage.x25519.Identity.generate()
        self.stdout.write(f"# public, into HUB_BACKUP_RECIPIENT: {pair.to_public()}\n{pair}")
        self.stderr.write("Keep the line that begins AGE-SECRET-KEY in your password manager, not on this machine.")


def seconds_until_night(now: datetime) -> float:
    night = now.replace(hour=AT.hour, minute=AT.minute, second=0, microsecond=0)
    return ((night if night > now else night + timedelta(days=1)) - now).total_seconds()

"""manage.py tick: everything that is due, once. For a timer to call, every quarter of an hour or once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.database_clock import database_now
from hub.upkeep.tick import tick


class Command(BaseCommand):
    help = "Reminds partners, shows stories that are ready, tidies up. Safe to run at any time, also twice at once."

    def handle(self, *args: Any, **options: Any) -> None:
        said = tick(now=database_now())
        for sentence in said:
            self.stdout.write(sentence)
        if any("FAILED" in sentence for sentence in said):
            raise CommandError("Something that was due failed. The log says what; the next run tries it again.")

"""manage.py withdraw_again: after a restore, and at each start, before anything is served."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from hub.upkeep.after_restore import AnotherDatabase, withdraw_again


class Command(BaseCommand):
    help = "Withdraws again what was withdrawn after the copy that this database was restored from."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            said = withdraw_again()
        except AnotherDatabase:
            raise CommandError(
                f"{settings.LEDGER_JOURNAL} tells of answers, and none of them is in this database: it belongs to "
                "another one. Restore the database it belongs to, or move the file away if you are sure."
            ) from None
        for sentence in said:
            self.stdout.write(sentence)
        if said:
            self.stdout.write("A yes that was given after the copy is lost: ask those people again.")

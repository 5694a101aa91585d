"""manage.py verify_ledger: proves that no line of the consent ledger was changed, taken out or put in, and that the
records and the journal beside the database say the same.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.stories.ledger import differences
from hub.stories.models import ConsentEvent


class Command(BaseCommand):
    help = "Checks the ledger of consent against itself, the records and the journal."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(differences())
        if found:
            raise CommandError(
                "\n".join(["The ledger, the records and the journal do not agree:", *found])
                + "\nKeep this database as it is, and compare it with a backup."
            )
        self.stdout.write(
            f"The ledger holds: {ConsentEvent.objects.count()} lines, each following from the one before; the records "
            "and the journal say the same."
        )

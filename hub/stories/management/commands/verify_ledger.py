"""manage.py verify_ledger: proves that no line of the consent ledger was changed, taken out or put in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.stories.ledger import first_broken_link
from hub.stories.models import ConsentEvent


class Command(BaseCommand):
    help = "Checks every line of the consent ledger against the one before it."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = first_broken_link()
        if broken is not None:
            raise CommandError(
                f"The ledger is broken at line {broken}: it does not follow from the line before it. "
                "Keep this database as it is, and compare it with a backup."
            )
        self.stdout.write(
            f"The ledger holds: {ConsentEvent.objects.count()} lines, each following from the one before."
        )

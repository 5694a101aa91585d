"""manage.py keys_are_lost: the Hub starts again without a key that nobody has any more."""

from typing import Any

from django.core.management.base import BaseCommand

from hub.upkeep import keys


class Command(BaseCommand):
    help = (
        "Stops asking for keys that are missing. What was locked with them opens no more, also if they turn up later."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        names = keys.are_lost()
        if not names:
            self.stdout.write("No key is missing.")
            return
        self.stdout.write(
            f"The Hub no longer asks for {', '.join(names)}. Names, contacts and evidence from before stay closed: ask "
            "people again how they can be reached. Withdrawing works without a key."
        )

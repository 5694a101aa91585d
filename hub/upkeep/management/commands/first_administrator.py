"""Says where the first administrator begins, while there is none."""

from typing import Any

from django.core.management.base import BaseCommand

from hub.accounts.first_administrator import new_address


class Command(BaseCommand):
    help = "Prints the link by which the first administrator comes in, good for a day. Nothing when there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        if address := new_address():
            self.stdout.write(
                f"Nobody can sign in yet. The first administrator opens this within a day:\n\n  {address}\n"
            )

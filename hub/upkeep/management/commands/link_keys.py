"""manage.py link_keys: by which keys are people's links and cards known, and which key may go?"""

import secrets
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db.models.functions import Now

from hub.stories.models import Farewell, PrivateLink
from hub.upkeep import keys


class Command(BaseCommand):
    help = "Says how many links and cards each key of HUB_LINK_KEYS still opens. --new makes one to put first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--new", action="store_true", help="print a new key, to be written before the others")
        parser.add_argument("--lost", action="store_true", help="stop asking for keys that nobody has any more")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new"]:
            self.stdout.write(secrets.token_urlsafe(50))
            self.stderr.write(
                "Write it first into HUB_LINK_KEYS, with a comma before the others, and start the Hub again. New links"
                " are made with it; those that people hold go on by the others."
            )
            return
        if options["lost"]:
            self._forget(keys.missing_link_keys())
        counted = keys.links_by_key()
        for place, key in enumerate(settings.HUB_LINK_KEYS):
            number = counted.pop(keys.name_of(key), 0)
            what = "makes new links" if place == 0 else "may go" if number == 0 else "is needed"
            self.stdout.write(f"{keys.name_of(key)}: {number} links and cards, {what}.")
        if older := counted.pop("", 0):
            self.stdout.write(f"By the SECRET_KEY of before: {older}. It has to stay in the list while there are any.")
        for name, number in sorted(counted.items()):
            self.stdout.write(f"{name}: {number} links and cards, AND THIS KEY IS MISSING.")

    def _forget(self, names: list[str]) -> None:
        ended = PrivateLink.objects.filter(key_name__in=names).update(ends_at=Now())
        ended += Farewell.objects.filter(key_name__in=names).delete()[0]
        self.stdout.write(f"{ended} links and cards are ended: nothing could open them any more.")

"""manage.py bring_along FILE --as WHO: what was taken along from a Hub, as drafts; all of it, or nothing."""

import argparse
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from hub.moving.arriving.bringing import bring_along
from hub.pages.models import PartnerSectionPage


class Command(BaseCommand):
    help = "Brings in a zip that take_along made, of any size. Asks the same rights as the screen does."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the zip")
        parser.add_argument("--as", dest="by", required=True, metavar="WHO", help="who brings it, by sign-in name")
        parser.add_argument("--section", metavar="SLUG", help="into this partner's; without it, each where it stood")

    def handle(self, *args: Any, **options: Any) -> None:
        by = User.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise CommandError(f"Nobody signs in as “{options['by']}”.")
        slug = options["section"]
        section = PartnerSectionPage.objects.filter(slug=slug).first() if slug else None
        if slug and section is None:
            raise CommandError(f"There is no section “{slug}”.")
        try:
            data = options["file"].read_bytes()
        except OSError as mistake:
            raise CommandError(str(mistake)) from mistake
        arrival = bring_along(data, section=section, by=by, largest=None)
        if arrival.refused:
            raise CommandError(f"Nothing was brought in. {arrival.refused}")
        for row in arrival.rows:
            self.stdout.write(" ".join([f"{row['title']}: {row['became']}", *row["said"]]))

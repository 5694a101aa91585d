"""manage.py take_along FILE --as WHO: everything of a partner, or of the Hub, as files that others can read."""

import argparse
import shutil
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from hub.moving.leaving.gathering import Wanted
from hub.moving.leaving.taking import ChangedMeanwhile, take_along
from hub.moving.leaving.who_may import MayNotTake
from hub.partners.models import Partner
from hub.whole_files import only_whole


class Command(BaseCommand):
    help = "Writes everything of one partner, or of the Hub, into a zip. Asks the same rights as the screen does."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to")
        parser.add_argument("--as", dest="by", required=True, metavar="WHO", help="who takes it, by sign-in name")
        parser.add_argument("--partner", metavar="SLUG", help="as in the section's address; without it, everything")
        parser.add_argument("--records", action="store_true", help="with the partner's records of consent")
        parser.add_argument("--details", action="store_true", help="with how to reach people")

    def handle(self, *args: Any, **options: Any) -> None:
        by, target = _somebody(options["by"]), options["file"]
        wanted = Wanted(_partner(options["partner"]), options["records"], options["details"])
        if target.exists():
            raise CommandError(f"There is a file {target} already. Give another name.")
        try:
            with only_whole(target) as place:
                out, everything = take_along(wanted, by=by, most=None)
                with out:
                    shutil.copyfileobj(out, place)
        except MayNotTake as refusal:
            raise CommandError(str(refusal)) from None
        except ChangedMeanwhile:
            raise CommandError("A story was changed while the files were being written. Run it again.") from None
        except OSError as mistake:
            raise CommandError(f"Nothing was written. {mistake}") from mistake
        pages, stories = len(everything.data["pages"]), len(everything.words)
        self.stdout.write(f"{target} holds {pages} pages and the words of {stories} stories.")
        self.stdout.write(everything.data["notes"][0])


def _somebody(name: str) -> User:
    found = User.objects.filter(username=name, is_active=True).first()
    if found is None:
        raise CommandError(f"Nobody signs in as “{name}”.")
    return found


def _partner(slug: str | None) -> Partner | None:
    found = Partner.objects.filter(slug=slug).first() if slug else None
    if slug and found is None:
        known = ", ".join(Partner.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no partner “{slug}”. There are: {known}.")
    return found

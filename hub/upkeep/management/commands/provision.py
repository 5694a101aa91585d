"""Makes the database equal to the table of roles, and says what that changed."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand

from hub.partners.provisioning import provision


class Command(BaseCommand):
    help = "Makes groups, permissions, collections and workflows equal to hub/partners/roles.py."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something differs")

    def handle(self, *args: Any, **options: Any) -> None:
        changes = provision(check_only=options["check"])
        if options["verbosity"]:
            self.stdout.write("\n".join(changes) or "Everything is as the table of roles says.")
        if options["check"] and changes:
            sys.exit(1)

"""Loads a demo. Refuses in production: its people have a password that is written down."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.demo.folders import DEMOS, FIRST
from hub.demo.loader import demo_here, load
from hub.pages.first_pages.content_files import ContentMistake


class Command(BaseCommand):
    help = "Loads a demo's pages, people and example stories. Run twice, it changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--demo", default="", help=f"{' or '.join(DEMOS)}; otherwise the one that is here, or {FIRST}"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.HUB_MODE == "production":
            raise CommandError("The demo is for trying the Hub out. It is not loaded in production.")
        try:
            loaded = load(options["demo"] or demo_here() or FIRST)
        except ContentMistake as mistake:
            raise CommandError(str(mistake)) from mistake
        self.stdout.write("The demo is loaded." if loaded else "The demo was loaded already. Nothing changed.")

"""Makes the pages a Hub begins with, once; a second time it changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from hub.pages.first_pages import make_first_pages


class Command(BaseCommand):
    help = "Makes home, toolkit, partners, stories and the pages about help and stories, if there is no home page yet."

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_first_pages()
        if made and options["verbosity"]:
            self.stdout.write("The first pages are made. An administrator changes them in the admin.")

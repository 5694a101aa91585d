"""manage.py erase_story: erases one story, prints a receipt without personal data, and proves that words are gone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hub.stories.erasure import STEPS, CannotErase, as_text, check_may_erase, erase, verify


class Command(BaseCommand):
    help = "Erases a story and everything kept of it. May be stopped and run again at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("story", type=int, help="its number")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument("--check-for", nargs="+", default=[], metavar="WORD", help="afterwards, look for these")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["story"]
        try:
            if options["dry_run"]:
                self._say_what_would_be_done(number)
                return
            case = erase(number)
        except CannotErase as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(as_text(case))
        if case.erased_at is None:
            raise CommandError(f"Story {number} is not erased yet: see the line that failed, and run this again.")
        self._check(options["check_for"])

    def _say_what_would_be_done(self, number: int) -> None:
        check_may_erase(number)
        self.stdout.write(f"Story {number}: this would be removed, in this order.")
        for _, description, _ in STEPS:
            self.stdout.write(f"  {description}")
        self.stdout.write("Nothing has been erased.")

    def _check(self, words: list[str]) -> None:
        places = verify(words)
        if places:
            raise CommandError("A word you asked about is still here: " + ", ".join(places))
        if words:
            self.stdout.write("None of the words you asked about is left in any table or media file.")

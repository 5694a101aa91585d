"""Makes what is served but not kept in the repository: the fonts and the joined style sheet."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from hub.pages.look.css_bundle import STATIC, CssIndexError, bundle, write_if_changed
from hub.pages.look.fonts import build_fonts


class Command(BaseCommand):
    help = "Builds static/fonts/*.woff2 (once) and static/build/hub.css (when a style changed)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            css = bundle()
        except CssIndexError as error:
            raise CommandError(str(error)) from error
        made = [file.name for file in build_fonts(STATIC / "fonts")]
        if write_if_changed(STATIC / "build" / "hub.css", css):
            made.append("hub.css")
        if options["verbosity"] and made:
            self.stdout.write(f"Built {', '.join(made)}.")

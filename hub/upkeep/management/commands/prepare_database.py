"""manage.py prepare_database: tables as the code wants them, and the rights of the web process, made by their owner."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from hub.upkeep import unfinished
from hub.upkeep.roles import CannotMakeRole, give_rights, make_web_role


class Command(BaseCommand):
    help = "Brings the tables up to date and gives the web process its rights, as the owner. Before each start."

    def handle(self, *args: Any, **options: Any) -> None:
        unfinished.refuse_if_any()
        try:
            said = make_web_role()
        except CannotMakeRole as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("migrate", verbosity=0, interactive=False)
        said += give_rights()
        if options["verbosity"]:
            self.stdout.write("\n".join(said) or "The web process has the rights it needs, and no other.")

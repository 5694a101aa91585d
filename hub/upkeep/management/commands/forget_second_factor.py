"""manage.py forget_second_factor NAME: for whoever runs the Hub, when no other administrator can help."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from hub.accounts.operations import forget_second_factor


class Command(BaseCommand):
    help = "Takes away somebody's lost second step and signs them out everywhere. They set up a new one at sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError("There is no account with that user name.")
        if forget_second_factor(person, by=None):
            self.stdout.write("The second step is taken away. They are signed out and set up a new one at sign-in.")
        else:
            self.stdout.write("There was no second step to take away. They are signed out everywhere.")

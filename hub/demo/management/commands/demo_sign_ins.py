"""Says who can sign in to the demo that is here, for whoever has just started it."""

from typing import Any

from django.core.management.base import BaseCommand

from hub.demo.folders import FIRST
from hub.demo.loader import demo_here
from hub.demo.people import sign_ins


class Command(BaseCommand):
    help = "Says who can sign in to the demo: role, user name and password."

    def handle(self, *args: Any, **options: Any) -> None:
        people = sign_ins(demo_here() or FIRST)
        widths = [max(len(getattr(each, part)) for each in people) for part in ("role", "username")]
        self.stdout.write("Sign in as (role, user name, password):")
        for one in people:
            self.stdout.write(f"  {one.role:{widths[0]}}  {one.username:{widths[1]}}  {one.password}")

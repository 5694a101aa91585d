"""The Hub in its image: `python -m hub.image` makes ready what the web process may make, and serves. One process does
both, so that a restart loads the code once. Refuses to serve what may not start, with one sentence.
"""

import os
import sys

import django
from django.core.management import CommandError, call_command
from django.db import OperationalError

from hub import env
from hub.upkeep.health import unreachable_sentence
from hub.workers import load_before_forking, workers

# `withdraw_again`: after a restore, before anything is served
STEPS = (("may_start",), ("first_pages",), ("provision",), ("withdraw_again",), ("first_administrator",))
WORKERS = 2


def main() -> None:
    """Serves until a TERM signal. Ends with a sentence and status 1 when something stands in the way."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    env.no_owner_here()
    port, number = env.number("PORT", 8000, most=65_535), env.number("HUB_WORKERS", WORKERS, most=64)
    django.setup()
    try:
        for step in STEPS:
            call_command(*step)
    except OperationalError as error:
        sys.exit(unreachable_sentence(error) or f"The database answered: {error}")
    except CommandError as error:
        sys.exit(str(error))
    load_before_forking()
    workers("0.0.0.0", port, number=number, kill_after=10).serve()  # noqa: S104 - a container has no other address


if __name__ == "__main__":
    main()

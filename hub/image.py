"""The Hub in its image: `python -m hub.image` makes ready what the web process may make, and serves. One process does
both, so that a restart loads the code once. Refuses to serve what may not start, with one sentence.
"""

import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import OperationalError

from hub import env, leaving
from hub.upkeep.health import unreachable_sentence
from hub.workers import load_before_forking, workers

# `withdraw_again`: after a restore, before anything is served
STEPS = (("may_start",), ("first_pages",), ("provision",), ("withdraw_again",), ("first_administrator",))
WORKERS = 2
LONGEST_ANSWER = 30  # seconds that what was begun may take after a TERM signal; compose.yaml gives 40 in all


def main() -> None:
    """Serves until a TERM signal. Ends with a sentence and status 1 when something stands in the way."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    env.no_owner_here()
    port, number = env.number("PORT", 8000, most=65_535), env.number("HUB_WORKERS", WORKERS, most=64)
    at = at_a_socket()
    django.setup()
    try:
        for step in STEPS:
            call_command(*step)
    except OperationalError as error:
        sys.exit(unreachable_sentence(error) or f"The database answered: {error}")
    except CommandError as error:
        sys.exit(str(error))
    serve(port, number, **at)


def serve(port: int, number: int, **at: Any) -> None:
    """Until a TERM signal; what was begun is answered. One of several hubs says first that it leaves."""
    tell_for = env.number("HUB_LEAVES_AFTER", 3, most=60)
    load_before_forking()
    server = workers("0.0.0.0", port, number=number, kill_after=LONGEST_ANSWER, **at)  # noqa: S104 - a container has no other address
    if settings.HUB_SEVERAL_MACHINES:
        leaving.tell_before_stopping(server, tell_for)
    server.serve()


def at_a_socket() -> dict[str, Any]:
    """Where HUB_SOCKET says, and at no port: open to whoever sees its folder. One that a killed hub left there goes."""
    place = env.text("HUB_SOCKET")
    if not place:
        return {}
    if not place.startswith("/"):
        env.refuse("HUB_SOCKET", "is not a full path", "Write it as in HUB_SOCKET=/run/hub/hub.sock.")
    Path(place).unlink(missing_ok=True)
    return {"uds": Path(place), "uds_permissions": 0o666}


if __name__ == "__main__":
    main()

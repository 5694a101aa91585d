"""Is the Hub well enough to answer readers? The one place that says so, for /healthz, containers and manage.py."""

import os
import socket
import sys
import time
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error, OperationalError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hub import rights
from hub.pages import installed_triggers
from hub.upkeep import unfinished


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and holds consent, 503 otherwise; never a detail that helps a stranger."""
    if unfinished.is_marked_beside():
        return JsonResponse({"status": "unwell", "database": "being restored"}, status=503)
    try:
        holds = installed_triggers.ask_again()
        has_other_rights = bool(rights.differences())
    except Error:
        connection.close()
        return JsonResponse({"status": "unwell", "database": "unreachable"}, status=503)
    if has_other_rights:
        return JsonResponse({"status": "unwell", "database": "with other rights"}, status=503)
    if not holds:
        return JsonResponse({"status": "unwell", "database": "without its triggers"}, status=503)
    return JsonResponse({"status": "well", "database": "reachable"})


def unreachable_sentence(error: OperationalError) -> str | None:
    """What to tell the person at the terminal if `error` means that no connection could be made, else None."""
    if getattr(error.__cause__, "sqlstate", None) is not None:
        return None  # the server answered: another kind of trouble
    reason = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
    return (
        f"The Hub cannot reach its database: {reason}\n"
        f"Check {'DATABASE_OWNER_URL' if settings.AS_OWNER else 'DATABASE_URL'} (user, password, host, port, database "
        "name) and that PostgreSQL is running. A role that is missing is made by prepare_database."
    )


JOBS_ALIVE = Path("/tmp/jobs-alive")  # noqa: S108 - in the container of the jobs, which has that folder to itself
JOBS_HANG = 10 * 60  # seconds that one round may take


def jobs_are_alive() -> None:
    """Said by the process of the jobs after each round, whether or not the database was there for it."""
    JOBS_ALIVE.touch()


def main(arguments: list[str]) -> None:
    """For a container's health check. `jobs`: has a round ended lately? Otherwise: ask this machine's own /healthz."""
    if arguments == ["jobs"]:
        if not JOBS_ALIVE.exists() or time.time() - JOBS_ALIVE.stat().st_mtime > JOBS_HANG:
            sys.exit("No round of the jobs has ended for ten minutes.")
        return
    ours = os.environ.get("ALLOWED_HOSTS") or urlsplit(os.environ.get("HUB_ADDRESS", "")).hostname or "localhost"
    host = ours.split(",")[0].strip().lstrip(".")
    try:
        status = _asked(host, os.environ.get("HUB_SOCKET", ""), int(os.environ.get("PORT", "8000")))
    except (OSError, HTTPException) as error:
        sys.exit(f"The Hub is unwell: {error}")
    if status != HTTPStatus.OK:
        sys.exit(f"The Hub is unwell: it answered {status}.")


def _asked(host: str, place: str, port: int) -> int:
    """What our own /healthz answers, at the socket `place` or at the port."""
    line = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        if place:
            line.sock = socket.socket(socket.AF_UNIX)
            line.sock.settimeout(5)
            line.sock.connect(place)
        line.request("GET", "/healthz", headers={"Host": host})
        return line.getresponse().status
    finally:
        line.close()


if __name__ == "__main__":
    main(sys.argv[1:])

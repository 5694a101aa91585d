"""The Hub on one's own machine: `python -m hub.local demo` with example content, `run` without. Refuses in production.

Prepares only what is missing, serves until Ctrl-C, and leaves no process behind. `reset` forgets what was written."""

import argparse
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path
from types import FrameType
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor

from hub import embedded_postgres, rights
from hub.demo.folders import DEMOS, why_not
from hub.upkeep import unfinished
from hub.upkeep.health import unreachable_sentence
from hub.workers import load_before_forking, workers

ROOT = Path(__file__).resolve().parent.parent
FIRST_PORT = 8000
PORTS_TO_TRY = 50
WORKERS = 2
WRITTEN = ("media", "evidence", "ledger", "mail", "cache")


def main() -> None:
    """Prepare and serve. Ends with a sentence and status 1 when something stands in the way."""
    arguments = _arguments()
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _stop)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
    if arguments.what == "reset":
        return reset()
    try:
        port = choose_port(arguments.address, arguments.port)
        os.environ.setdefault("HUB_ADDRESS", f"http://localhost:{port}")
        prepare(demo=arguments.what == "demo", which=arguments.demo)
        serve(arguments.address, port, demo=arguments.what == "demo")
    except KeyboardInterrupt:
        say("Stopped.")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m hub.local", description=__doc__)
    parser.add_argument("what", choices=["demo", "run", "reset"])
    parser.add_argument("--port", type=int, help=f"listen here (otherwise {FIRST_PORT} or the next free one)")
    parser.add_argument("--address", default="127.0.0.1", help="0.0.0.0 lets other machines in")
    parser.add_argument("--demo", default=os.environ.get("HUB_DEMO", ""), help=f"which: {' or '.join(DEMOS)}")
    arguments = parser.parse_args()
    if arguments.demo and (mistake := why_not(arguments.demo)):
        sys.exit(mistake)
    return arguments


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def choose_port(address: str, wanted: int | None) -> int:
    """The wanted port, or the first free one from 8000. Says so when 8000 is taken; refuses when `wanted` is."""
    if wanted is not None:
        if not 0 < wanted < 65536:
            sys.exit(f"{wanted} is not a port. Choose one from 1024 to 65535, as in --port 8080.")
        if not _is_free(address, wanted):
            sys.exit(f"Port {wanted} is taken or not allowed. Choose another, or leave --port out and one is found.")
        return wanted
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TO_TRY):
        if _is_free(address, port):
            if port != FIRST_PORT:
                say(f"Port {FIRST_PORT} is taken by another program, so the Hub uses {port}.")
            return port
    sys.exit(f"No port from {FIRST_PORT} to {FIRST_PORT + PORTS_TO_TRY - 1} is free. Choose one with --port.")


def _is_free(address: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError:
            return False
    return True


def prepare(*, demo: bool, which: str = "") -> None:
    """Bring database and static files to what the code wants; a second time changes nothing.

    A demo is loaded before the first pages are made: they say the law of its place.
    """
    _refuse_in_production()
    started = time.monotonic()
    django.setup()

    try:
        unfinished.refuse_if_any()
        if the_owner_is_needed():
            say("Making the database ...")
            as_owner("prepare_database", "--verbosity", "0")
        call_command("may_start")
        if demo:
            call_command("load_demo", demo=which)
        call_command("first_pages", verbosity=0)
        call_command("provision", verbosity=0)
        call_command("withdraw_again")
        call_command("build_static", verbosity=0)
        collect_static(Path(settings.STATIC_ROOT))
    except OperationalError as error:
        sys.exit(unreachable_sentence(error) or f"The database answered: {error}")
    except CommandError as error:
        sys.exit(str(error))
    say(f"Ready in {time.monotonic() - started:.1f} seconds.")


def _refuse_in_production() -> None:
    if settings.HUB_MODE == "production":
        sys.exit("This is for one's own machine. On a server start the Hub as docs/running.md says.")


def reset() -> None:
    """Deletes the database of this folder, its media, evidence, journal and mail. Refuses while the Hub runs."""
    _refuse_in_production()
    data = settings.DATABASES["default"].get("HUB_DATA")
    if data is None:
        sys.exit("DATABASE_URL names another database, which this does not touch. Leave it out, or empty that one.")
    if not embedded_postgres.remove(data):
        sys.exit("The Hub is running here, or its tests. Stop them first (Ctrl-C), then try again.")
    for folder in WRITTEN:
        shutil.rmtree(settings.VAR_DIR / folder, ignore_errors=True)
    say("Forgotten: database, media, evidence, journal and mail. `make demo` or `make run` begins anew.")


def the_owner_is_needed() -> bool:
    """Whether tables or rights are other than the code wants them. This process may look, and change neither."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()) or rights.differences())
    except ProgrammingError:  # it may not even look at what there is
        return True


def as_owner(*command: str) -> None:
    """Runs a command as the owner of the tables, in a process that ends with it. Ends this one when it fails."""
    if subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=False).returncode:
        sys.exit("The database could not be prepared.")


def collect_static(root: Path) -> bool:
    """Collect, hash and compress the static files if any differs from last time; answers whether it did."""
    stamp, now = root / ".collected", _fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text() == now:
        return False
    say("Packing style sheets, scripts and pictures ...")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(now)
    return True


def _fingerprint_of_static_files() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def serve(address: str, port: int, *, demo: bool) -> None:
    """Serve until Ctrl-C, a TERM signal or a closed terminal."""
    load_before_forking()
    os.register_at_fork(after_in_child=os.setpgrp)  # Ctrl-C reaches this process alone; it ends the workers
    server = workers(address, port, number=WORKERS, kill_after=5)

    @server.on_startup
    def greet() -> None:
        signal.signal(signal.SIGHUP, server.signal_handler_interrupt)  # a closed terminal ends it too
        say(banner(port, demo=demo))

    server.serve()
    say("\nStopped.")


def banner(port: int, *, demo: bool) -> str:
    """What a person needs to know now: addresses, sign-ins, where mail goes, how to stop."""
    partnership: Any = apps.get_model("partners", "Partnership")
    address = f"http://localhost:{port}"
    lines = [
        "",
        f"  {partnership.objects.first() or partnership()}",
        "",
        f"  Readers:  {address}/",
        f"  Staff:    {address}/admin/",
    ]
    lines += ["", *_said_by("demo_sign_ins" if demo else "first_administrator"), ""]
    if mail := getattr(settings, "EMAIL_FILE_PATH", None):
        lines.append(f"  Mail is not sent: each message becomes a file in {mail}")
    lines += ["  Press Ctrl-C to stop.", ""]
    return "\n".join(lines)


def _said_by(command: str) -> list[str]:
    """How to get in."""
    said = StringIO()
    call_command(command, stdout=said)
    return [f"  {line}" for line in said.getvalue().splitlines()]


if __name__ == "__main__":
    main()

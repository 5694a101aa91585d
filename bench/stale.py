"""Does anybody still see a story after it went dark? Under load, in three ways; counts every answer.

    python bench/stale.py [--times 1000] [--load 2] [--write]

Two servers that share nothing but the database, four workers in all. A story goes dark: by a moderator who puts it on
hold on her screen, by SQL, and by a process that is killed as soon as its statement is committed. From then on each
server is asked on new connections. Ends with status 1 if one answer still had the story; `--write` adds a line to
results.md with what was run.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
os.environ["HUB_VAR_DIR"] = str(ROOT / "var" / "bench")

from bench.load import command  # noqa: E402 - the folder has to be on the path first
from bench.machine import free_ports  # noqa: E402
from bench.run import RESULTS, granian, made_demo, served  # noqa: E402 - the folder has to be on the path first

PORTS = free_ports(2)
WAYS = ("page", "sql", "sql", "page", "sql", "sql", "page", "sql", "sql", "killed")  # in turn; the first takes longest
TOKEN = "b" * 32
KILLED = (
    "import os, signal, psycopg; c = psycopg.connect({dsn!r}, autocommit=True);"
    "c.execute('DELETE FROM pages_visibility WHERE page_id = {pk}'); os.kill(os.getpid(), signal.SIGKILL)"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=1_000, help="how often the story goes dark")
    parser.add_argument("--load", type=int, default=2, help="connections that ask for it all the time, of each server")
    parser.add_argument("--asked", type=int, default=2, help="how often each server is asked after each time")
    parser.add_argument("--write", action="store_true", help="add a line to results.md")
    how = parser.parse_args()
    made_demo()
    begun = time.monotonic()
    counted = measured(how.times, how.load, how.asked)
    stale = sum(number for name, number in counted.items() if name.startswith("stale"))
    line = (
        f"{how.times} times dark ({counted['page']} by a moderator's page, {counted['sql']} by SQL, {counted['killed']}"
        f" by a process that was killed), {counted['answers']:,} answers asked for afterwards of two servers with four"
        f" workers under load ({how.load} connections each): **{stale} stale**. {time.monotonic() - begun:.0f} s.\n"
    )
    sys.stdout.write(line)
    if how.write:
        with RESULTS.open("a") as results:
            results.write(f"\n## Stale answers\n\n{time.strftime('%-d %B %Y')}: {line}")
    sys.exit(bool(stale))


def measured(times: int, load: int, asked: int) -> Counter[str]:
    """How often the story went dark in each way, how many answers were asked for, and how many were stale."""
    import django

    django.setup()
    from hub.stories.models import StoryPage

    story = StoryPage.objects.live().order_by("pk").first()
    if story is None:
        sys.exit("The demo shows no story.")
    path = str(story.url)
    counted: Counter[str] = Counter()
    one, other = (granian("hub.wsgi:application", port) for port in PORTS)
    with served(one, PORTS[0]), served(other, PORTS[1], HUB_SEVERAL_MACHINES="yes"):
        readers = [
            subprocess.Popen(command(address(port, path), 3_600, load), cwd=ROOT, stdout=subprocess.DEVNULL)
            for port in PORTS
        ]
        try:
            for number in range(times):
                way = WAYS[number % len(WAYS)]
                wait_until_shown(path)
                darken(story, way)
                counted[way] += 1
                for port in PORTS * asked:
                    counted["answers"] += 1
                    counted[f"stale after {way}"] += shows(port, path)
                light(story, way)
        finally:
            for each in readers:
                each.send_signal(signal.SIGKILL)
                each.wait()
    return counted


def address(port: int, path: str) -> str:
    return f"http://localhost:{port}{path}"


def shows(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(address(port, path), timeout=60):  # noqa: S310 - our own fixed address
            return True
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
        return False


def wait_until_shown(path: str) -> None:
    """Until each server shows it, and has kept it."""
    for port in PORTS:
        while not shows(port, path):
            time.sleep(0.02)
        shows(port, path)


def darken(story: Any, way: str) -> None:
    from django.db import connection

    if way == "page":
        on_her_screen(f"/admin/stories/{story.pk}/hold/")
    elif way == "sql":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM pages_visibility WHERE page_id = %s", [story.pk])
    else:
        own = connection.get_connection_params()
        dsn = " ".join(f"{name}={own[name]}" for name in ("dbname", "user", "host", "port") if own.get(name))
        command = [sys.executable, "-c", KILLED.format(dsn=dsn, pk=story.pk)]
        subprocess.run(command, check=False)


def on_her_screen(path: str) -> None:
    """A moderator sends a form of the admin to the first server."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    moderator = Client()
    moderator.force_login(User.objects.get(username="moderator"))
    session = moderator.cookies[settings.SESSION_COOKIE_NAME].value
    form = urllib.parse.urlencode({"comment": "Measured.", "csrfmiddlewaretoken": TOKEN}).encode()
    cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    request = urllib.request.Request(address(PORTS[0], path), form, {"Cookie": cookies})  # noqa: S310
    try:
        urllib.request.build_opener(Stay).open(request, timeout=60)
    except urllib.error.HTTPError as error:
        if error.code != 302 or "/login/" in error.headers["Location"]:
            sys.exit(f"The moderator's form was answered {error.code}, {error.headers.get('Location')}.")
    else:
        sys.exit("The moderator's form was not taken.")


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing: the redirect says that it was done."""

    def redirect_request(self, *args: Any) -> None:
        return None


def light(story: Any, way: str) -> None:
    from django.contrib.auth.models import User

    from hub.stories.light import relight
    from hub.stories.review import end_hold

    if way == "page":
        end_hold(story, moderator=User.objects.get(username="administrator"))
    relight(story.pk)


if __name__ == "__main__":
    main()

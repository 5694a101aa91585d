"""Does the Hub hold when everybody comes at once? Readers and writers for a while, and not one error.

    python bench/crowd.py [--readers 200] [--writers 50] [--minutes 10] [--write]

Of the writers three in five are staff who save a page each, one in five sends feedback, one in five is somebody in a
story who pauses it and goes on. A story that was paused has to be gone at the next request; what was saved last has
to be there at the end. Ends with status 1 if an answer was an error, a story was shown after its pause, or something
that was saved is lost; `--write` adds a line to results.md.
"""

import argparse
import gzip
import http.client
import os
import random
import re
import statistics
import sys
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
os.environ["HUB_VAR_DIR"] = str(ROOT / "var" / "bench")

from bench.run import RESULTS, made_demo, served  # noqa: E402 - the folder has to be on the path first

PORT = 8481
HOST, TOKEN = f"localhost:{PORT}", "c" * 32
READS, WRITES = (1.0, 4.0), (4.0, 16.0)  # seconds that somebody looks at a page, or types
WORDS = ("stigma", "families", "30 minutes", "8 people", "money", "school", "counter", "help", "adict", "hoose")
SAVED = "Saved in the crowd, number {}."


@dataclass
class Seen:
    """What all of them saw, together."""

    answers: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    took: dict[str, list[float]] = field(default_factory=lambda: {"read": [], "write": []})
    saved: dict[int, str] = field(default_factory=dict)  # by page, the last sentence that was taken
    closed: int = 0  # lines that the server closed while nobody used them; it does after ten seconds
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note_closed(self) -> None:
        with self.lock:
            self.closed += 1

    def note(self, kind: str, status: int, seconds: float, *, right: bool, about: str) -> None:
        with self.lock:
            self.answers[f"{kind} {status}"] += 1
            self.took[kind].append(seconds)
            if not right:
                self.wrong[about] += 1


class Person:
    """Somebody with a browser, at an address of her own."""

    def __init__(self, number: int, seen: Seen, until: float, cookies: str = "") -> None:
        self.seen, self.until, self.cookies = seen, until, cookies
        self.chance = random.Random(number)  # noqa: S311 - the same crowd each time
        self.network = f"10.{number // 250}.{number % 250}.7"
        self.line: http.client.HTTPConnection | None = None

    def ask(self, path: str, form: list[tuple[str, str]] | None = None, right: tuple[int, ...] = (200,)) -> str:
        """The page that was answered, or where it leads to; empty when something was wrong, which is counted."""
        kind, begun, status, said = "read" if form is None else "write", time.monotonic(), 0, ""
        about = re.sub(r"\d+", "0", re.sub(r"/yours/[^/]+/", "/yours/…/", path.partition("?")[0]))
        try:
            status, said = self._answer(path, None if form is None else urllib.parse.urlencode(form).encode())
            about = f"{kind} {about}: {status}"
        except (OSError, http.client.HTTPException) as error:
            self.line = None
            about = f"{kind} {about}: {type(error).__name__}"
        self.seen.note(kind, status, time.monotonic() - begun, right=status in right, about=about)
        return said if status in right else ""

    def _answer(self, path: str, body: bytes | None) -> tuple[int, str]:
        """On the line she has. One that was closed while she read is no error: browsers and Caddy take a new one."""
        kept = self.line is not None
        try:
            return self._answer_on_a_line(path, body)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            if not kept:
                raise
            self.line = None
            self.seen.note_closed()
            return self._answer_on_a_line(path, body)

    def _answer_on_a_line(self, path: str, body: bytes | None) -> tuple[int, str]:
        self.line = self.line or http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        headers = {"Host": HOST, "X-Forwarded-For": self.network, "Accept-Encoding": "gzip", "Cookie": self.cookies}
        headers |= {"Origin": f"http://{HOST}", "Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.line.request("POST" if body else "GET", path, body, headers)
        answer = self.line.getresponse()
        data = answer.read()
        if answer.headers.get("Connection", "").lower() == "close":
            self.line.close()
            self.line = None
        if answer.headers.get("Content-Encoding") == "gzip":
            data = gzip.decompress(data)
        return answer.status, answer.headers.get("Location") or data.decode(errors="replace")

    def waits(self, between: tuple[float, float]) -> bool:
        """Whether there is time left after a look at the page."""
        time.sleep(min(self.chance.uniform(*between), max(0.0, self.until - time.monotonic())))
        return time.monotonic() < self.until


def reads(person: Person, pages: list[str], pausing: set[str]) -> None:
    while person.waits(READS):
        if person.chance.random() < 0.1:
            person.ask("/search/?" + urllib.parse.urlencode({"q": person.chance.choice(WORDS)}))
            continue
        page = person.chance.choice(pages)
        person.ask(page, right=(200, 404) if page in pausing else (200,))


def saves(person: Person, page: int) -> None:
    """Opens her page in the editor, writes a sentence and saves it, over and over."""
    address, turn = f"/admin/pages/{page}/edit/", 0
    while person.waits(WRITES):
        form = fields_of(person.ask(address), "page-edit-form")
        if not form:
            continue
        turn += 1
        sentence = SAVED.format(turn)
        sent = [(name, sentence if name == "summary" else value) for name, value in form]
        sent.append(("body-count", "0"))  # the pieces of the page are drawn by a script
        if person.ask(address, sent, right=(302,)):
            person.seen.saved[page] = sentence


def tells(person: Person, page: int) -> None:
    """Sends feedback about a page."""
    while person.waits(WRITES):
        form = fields_of(person.ask(f"/feedback/{page}/"), "")
        if form and person.waits((3.5, 5.0)):  # what comes quicker is asked for once more
            said = dict(form) | {"useful": "yes", "words": f"It helped us, {person.chance.random()}."}
            person.ask(f"/feedback/{page}/", list(said.items()), right=(302,))


def changes_her_mind(person: Person, key: str, story: str) -> None:
    """Pauses her story and goes on; a stranger looks each time."""
    stranger = Person(person.chance.randrange(60_000), person.seen, person.until)
    while person.waits(WRITES):
        for act, right in (("pause", 404), ("go-on", 200)):
            address = f"/yours/{key}/words/{act}/"
            form = fields_of(person.ask(address), "")
            if person.ask(address, [*form, ("go", "1")], right=(302,)):
                stranger.ask(story, right=(right,))


def fields_of(page: str, form_id: str) -> list[tuple[str, str]]:
    """What a browser would send of a form: cheaper than a real parser, for pages that are our own."""
    start = page.find(f'id="{form_id}"') if form_id else page.find('method="post"')
    part = page[start : page.find("</form>", start)] if start >= 0 else ""
    found = []
    for tag in re.findall(r"<input\b[^>]*>", part):
        named = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        is_off = named.get("type") in {"checkbox", "radio", "submit", "file"} and " checked" not in tag
        if "name" in named and not is_off:
            found.append((named["name"], unescape(named.get("value", ""))))
    for name, text in re.findall(r'<textarea\b[^>]*?name="([^"]+)"[^>]*>(.*?)</textarea>', part, re.DOTALL):
        found.append((name, unescape(text.removeprefix("\n"))))
    for name, options in re.findall(r'<select\b[^>]*?name="([^"]+)"[^>]*>(.*?)</select>', part, re.DOTALL):
        chosen = re.findall(r'<option\b[^>]*?value="([^"]*)"[^>]*\bselected', options)
        found += [(name, unescape(value)) for value in chosen]
    return found


@dataclass
class Cast:
    """Who writes what: made in the database before anybody comes."""

    pages: list[int]
    cookies: list[str]
    told_about: list[int]
    keys: list[tuple[str, str]]


def cast_for(writers: int) -> Cast:
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth.models import Group, User
    from django.test import Client

    from hub.pages.models import GuidancePage, HubPage, ModulePage

    staff, families = writers * 3 // 5, writers // 5
    section = HubPage.objects.get(slug="clued-up", content_type__model="partnersectionpage").specific
    pages, cookies = [], []
    for number in range(staff):
        name = f"crowd-{number}"
        user, _ = User.objects.get_or_create(username=name, defaults={"email": f"{name}@hub.example"})
        user.groups.set([Group.objects.get(name="Clued Up: authors")])
        page = GuidancePage.objects.filter(slug=name).first()
        if page is None:
            page = GuidancePage(title=name, slug=name, partner=section.partner, summary="-", live=False, owner=user)
            section.add_child(instance=page)
            page.save_revision(user=user)
        client = Client()
        client.force_login(user)
        pages.append(page.pk)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}")
    told = list(ModulePage.objects.live().values_list("pk", flat=True))
    return Cast(pages, cookies, told, keys_of_families(families))


def keys_of_families(number: int) -> list[tuple[str, str]]:
    from hub.stories.family.links import issue
    from hub.stories.models import PrivateLink, StoryPage

    found = []
    for story in StoryPage.objects.live().order_by("pk")[:number]:
        person = story.participations.order_by("pk").first()
        if person:
            found.append((issue(person, PrivateLink.Purpose.KEEP).address, str(story.url)))
    return found


def everybody(readers: int, seen: Seen, until: float, cast: Cast) -> list[threading.Thread]:
    stranger = Person(60_001, seen, until)
    lists = ("modules", "activities", "guidance", "partners", "information")
    found = [re.findall(r"<loc>http://[^/]+(/[^<]*)</loc>", stranger.ask(f"/sitemap-{name}.xml")) for name in lists]
    stories = re.findall(r'href="(/partners/[\w-]+/s-\w+/)"', stranger.ask("/stories/"))
    pages = [*{page for each in found for page in each}, *{*stories}, "/stories/", "/feed.xml", "/activities/"]
    pausing = {story for _, story in cast.keys}
    jobs: list[tuple[Any, ...]] = [(reads, Person(n, seen, until), sorted(pages), pausing) for n in range(readers)]
    number = readers
    for page, cookie in zip(cast.pages, cast.cookies, strict=True):
        jobs.append((saves, Person(number := number + 1, seen, until, cookie), page))
    for key, story in cast.keys:
        jobs.append((changes_her_mind, Person(number := number + 1, seen, until), key, story))
    return [threading.Thread(target=job[0], args=job[1:], daemon=True) for job in jobs]


def those_who_tell(number: int, seen: Seen, until: float, pages: list[int]) -> list[threading.Thread]:
    people = [Person(30_000 + n, seen, until) for n in range(number)]
    return [threading.Thread(target=tells, args=(one, pages[0]), daemon=True) for one in people]


def lost(seen: Seen) -> int:
    """How many pages have not the sentence that was saved last."""
    from hub.pages.models import HubPage

    pages = HubPage.objects.filter(pk__in=seen.saved).select_related("latest_revision")
    return sum(page.latest_revision.content["summary"] != seen.saved[page.pk] for page in pages)


def said_of(seen: Seen, minutes: float, readers: int, writers: int) -> str:
    times = {kind: sorted(took) for kind, took in seen.took.items() if took}
    slow = "; ".join(
        f"{kind}: median {statistics.median(took) * 1000:.0f} ms, 99 in 100 within {took[len(took) * 99 // 100]:.2f} s"
        for kind, took in times.items()
    )
    return (
        f"{readers} readers and {writers} writers for {minutes:g} minutes, {sum(seen.answers.values()):,} answers"
        f" ({slow}; {seen.closed} lines were closed while nobody used them):"
        f" **{sum(seen.wrong.values())} wrong, {lost(seen)} of {len(seen.saved)} saved pages lost**.\n"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--write", action="store_true", help="add a line to results.md")
    how = parser.parse_args()
    made_demo()
    os.environ["HUB_BEHIND_PROXY"] = "yes"  # so that each comes from a network of her own
    command = [sys.executable, "-m", "hub.local", "demo", "--port", str(PORT)]
    with served(command, PORT):
        cast, seen = cast_for(how.writers), Seen()
        until = time.monotonic() + how.minutes * 60
        threads = everybody(how.readers, seen, until, cast)
        rest = how.writers - len(cast.pages) - len(cast.keys)
        threads += those_who_tell(rest, seen, until, cast.told_about)
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        line = said_of(seen, how.minutes, how.readers, how.writers)
    sys.stdout.write(line)
    for about, number in seen.wrong.most_common(20):
        sys.stdout.write(f"  {number} × {about}\n")
    if how.write:
        with RESULTS.open("a") as results:
            results.write(f"\n## A crowd\n\n{time.strftime('%-d %B %Y')}: {line}")
    sys.exit(bool(seen.wrong) or "**0 wrong, 0 of" not in line)


if __name__ == "__main__":
    main()

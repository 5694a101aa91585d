"""Is the Hub as quick when it is full? 5,000 pages and 20,000 answers, asked before and after; all is taken back.

    python bench/big_hub.py [pages]

Makes the demo under var/bench if there is none, and fills it in one transaction that is rolled back. The rows are
copies of a story of the demo, put in without triggers by the owner of the tables; everything is measured with triggers.
"""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
os.environ["HUB_VAR_DIR"] = str(ROOT / "var" / "bench")
MAKE_THE_DEMO = "from hub.local import prepare; prepare(demo=True)"
if __name__ == "__main__":
    subprocess.run([sys.executable, "-c", MAKE_THE_DEMO], cwd=ROOT, check=True)  # noqa: S603 - our own words
    os.environ["HUB_AS_OWNER"] = "yes"

import django  # noqa: E402 - the demo has to be there, and the settings have to know the owner

django.setup()

from django.contrib.auth.models import User  # noqa: E402 - Django has to be set up first
from django.db import connection, models, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment  # noqa: E402
from django.utils import timezone  # noqa: E402
from wagtail.models import Revision  # noqa: E402

from hub.pages.models import GuidancePage, HubPage, Visibility  # noqa: E402
from hub.stories.light import publish_story, relight, show_what_is_ready  # noqa: E402
from hub.stories.models import (  # noqa: E402
    Consent,
    ConsentEvent,
    HandIn,
    ModerationDecision,
    Participant,
    StoryPage,
    StoryParticipant,
)
from hub.stories.withdrawal.stopping import withdraw  # noqa: E402

ANSWERS = 20_000
WAITING = 300  # of the stories: handed in, and nobody has decided
ROUNDS = 7
FAR = 1_000_000  # numbers from here on are copies
SCREENS = {
    "a moderator's first screen": ("moderator", "/admin/"),
    "her queue": ("moderator", "/admin/stories/review/"),
    "her queue, with what nobody handed in": ("moderator", "/admin/stories/review/?all"),
    "register": ("moderator", "/admin/stories/consents/"),
    "register: words have changed": ("moderator", "/admin/stories/consents/?reason=outdated"),
    "register: it counts": ("moderator", "/admin/stories/consents/?reason=in_force"),
    "register as a file": ("moderator", "/admin/stories/consents.csv"),
    "pages to check": ("administrator", "/admin/guidance/check/"),
    "an administrator's first screen": ("administrator", "/admin/"),
    "home": ("", "/"),
    "section": ("", "/partners/clued-up/"),
    "stories": ("", "/stories/"),
    "list of guidance for machines": ("", "/sitemap-guidance.xml"),
    "list of stories for machines": ("", "/sitemap-stories.xml"),
    "search, a common word": ("", "/search/?q=story"),
    "search, a rare word": ("", "/search/?q=qqqzzz"),
}


def copies(model: type[models.Model], first: int, source: str, new: dict[str, str], number: int) -> None:
    """Copies the rows of `model` that the SQL `source` chooses `number` times; `new` says what differs, by n."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.local_concrete_fields]
    values = ", ".join(new.get(str(column), f'o."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} o,"  # noqa: S608 - our own names
            f" generate_series({first}, {first + number - 1}) n WHERE {source}"
        )


def fill(pages: int) -> None:
    """Stories with as many answers as there are to be, then guidance."""
    story = StoryPage.objects.live().filter(participations__consents__isnull=False).order_by("pk").first()
    guidance = GuidancePage.objects.live().order_by("pk").first()
    if story is None or guidance is None:
        sys.exit("The demo shows no story and no guidance.")
    answers = Consent.objects.filter(participation__story=story).count()
    stories = min(ANSWERS // answers, pages - 500)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    _stories(story, stories)
    _hashes(story, stories)
    under = guidance.path[:-4]
    page = {**_page(under, "guidance"), "url_path": f"'{guidance.url_path}' || n || '/'"}
    copies(HubPage, stories + 1, f"o.id = {guidance.pk}", page, pages - stories)
    copies(
        GuidancePage,
        stories + 1,
        f"o.hubpage_ptr_id = {guidance.pk}",
        {"hubpage_ptr_id": f"{FAR} + n"},
        pages - stories,
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute("ANALYZE")


def _page(under: str, name: str) -> dict[str, str]:
    return {
        "id": f"{FAR} + n",
        "path": f"'{under}' || lpad(to_hex(n + 4096), 4, '0')",
        "slug": f"'{name}-' || n",
        "translation_key": "gen_random_uuid()",
    }


def _stories(story: StoryPage, number: int) -> None:
    """Each story with a revision, its people, their answers and lines, the approval, the hand-in and its light."""
    own = {"story_id": f"{FAR} + n"}
    revision = f"{FAR} + n"
    page = {**_page(story.path[:-4], "s-copy"), "url_path": f"'{story.url_path}' || n || '/'"}
    page |= {"live_revision_id": revision, "latest_revision_id": revision, "has_unpublished_changes": "false"}
    copies(
        Revision, 1, f"o.id = {story.latest_revision_id}", {"id": revision, "object_id": f"({FAR} + n)::text"}, number
    )
    copies(HubPage, 1, f"o.id = {story.pk}", page, number)
    copies(
        StoryPage,
        1,
        f"o.hubpage_ptr_id = {story.pk}",
        {"hubpage_ptr_id": f"{FAR} + n", "only_page": "gen_random_uuid()"},
        number,
    )
    people = f"SELECT participant_id FROM stories_storyparticipant WHERE story_id = {story.pk}"  # noqa: S608 - a number
    far = f"{FAR} + n * 1000"
    copies(Participant, 1, f"o.id IN ({people})", {"id": f"{far} + o.id", "code": "'B-' || o.id || '-' || n"}, number)
    copies(
        StoryParticipant,
        1,
        f"o.story_id = {story.pk}",
        {**own, "id": f"{far} + o.id", "participant_id": f"{far} + o.participant_id"},
        number,
    )
    theirs = f"o.participation_id IN (SELECT id FROM stories_storyparticipant WHERE story_id = {story.pk})"  # noqa: S608 - a number
    copies(Consent, 1, theirs, {"id": f"{far} + o.id", "participation_id": f"{far} + o.participation_id"}, number)
    person = "(SELECT p.id FROM stories_participant p WHERE p.code = o.participant_code)"
    line = {**own, "sequence": f"{FAR} + n * 10000 + o.sequence", "consent_id": f"{far} + o.consent_id"}
    line |= {
        "participant_code": f"'B-' || {person} || '-' || n",
        "hash": "md5((n * 10000 + o.sequence)::text)",
        "previous_hash": "md5('before ' || n * 10000 + o.sequence)",
        "id": f"{FAR} + n * 10000 + o.id",
    }
    copies(ConsentEvent, 1, f"o.story_id = {story.pk} AND o.participant_code <> ''", line, number)
    decided = {**own, "id": f"{far} + o.id", "revision_id": revision}
    newest = f"o.id = (SELECT max(id) FROM stories_moderationdecision WHERE story_id = {story.pk})"  # noqa: S608 - a number
    copies(ModerationDecision, WAITING + 1, newest, decided, number - WAITING)
    copies(
        Visibility,
        WAITING + 1,
        f"o.page_id = {story.pk}",
        {"page_id": f"{FAR} + n", "revision_id": revision},
        number - WAITING,
    )


def _hashes(story: StoryPage, number: int) -> None:
    """What each copy says, address included, so that what they agreed to is what is there; all are handed in."""
    found = []
    copy = StoryPage.objects.get(pk=story.pk)
    for n in range(1, number + 1):
        copy.slug = f"s-copy-{n}"
        found.append((FAR + n, copy.content_hash()))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE said (story bigint, hash text) ON COMMIT DROP")
        cursor.executemany("INSERT INTO said VALUES (%s, %s)", found)
        for table, of in (("stories_moderationdecision", "t.story_id"), ("pages_visibility", "t.page_id")):
            cursor.execute(f"UPDATE {table} t SET content_hash = hash FROM said WHERE story = {of}")  # noqa: S608
        cursor.execute(
            "UPDATE stories_consent t SET content_hash = hash FROM said, stories_storyparticipant p"
            " WHERE p.id = t.participation_id AND p.story_id = story AND t.content_hash <> ''"
        )
    by = User.objects.get(username="moderator")
    HandIn.objects.bulk_create(
        [HandIn(story_id=pk, revision_id=pk, content_hash=words, by=by) for pk, words in found], batch_size=1000
    )


def timed(work: Callable[[], Any], rounds: int = ROUNDS) -> tuple[float, float]:
    """The median of the milliseconds that it takes, and of those that this process works, after one time to warm up.

    On a machine that others keep busy the second says more; the database's own work is in the first alone.
    """
    times, own = [], []
    for _ in range(rounds + 1):
        begun, at_work = time.perf_counter(), time.process_time()
        work()
        times.append((time.perf_counter() - begun) * 1000)
        own.append((time.process_time() - at_work) * 1000)
    return statistics.median(times[1:]), statistics.median(own[1:])


def asked(clients: dict[str, Client], who: str, address: str) -> tuple[float, float, int]:
    """Milliseconds, those of this process, and questions put to the database."""

    def read() -> None:
        answer = clients[who].get(address)
        b"".join(answer) if answer.streaming else answer.content
        if answer.status_code != 200:
            sys.exit(f"{address} answers {answer.status_code}.")

    milliseconds, own = timed(read)
    with CaptureQueriesContext(connection) as captured:
        read()
    return milliseconds, own, len(captured)


def main(pages: int) -> None:
    setup_test_environment()
    clients = {who: Client(SERVER_NAME="localhost") for who in ("", "moderator", "administrator")}
    for who in ("moderator", "administrator"):
        clients[who].force_login(User.objects.get(username=who))
    before = {name: asked(clients, *screen) for name, screen in SCREENS.items()}
    with transaction.atomic():
        fill(pages)
        counted = (HubPage.objects.count(), Consent.objects.count(), HubPage.objects.live().count())
        sys.stdout.write(f"{counted[0]:,} pages ({counted[2]:,} public), {counted[1]:,} answers\n\n")
        sys.stdout.write("| what | demo, ms | full, ms | at work | questions, demo and full |\n|---|---|---|---|---|\n")
        for name, screen in SCREENS.items():
            (demo, _, few), (full, own, many) = before[name], asked(clients, *screen)
            sys.stdout.write(f"| {name} | {demo:.0f} | {full:.0f} | {own:.0f} | {few}, {many} |\n")
            sys.stdout.flush()
        another = iter(StoryPage.objects.filter(pk__gt=FAR + WAITING).order_by("pk"))
        for name, work in {
            "publish": lambda: publish_story(next(another)),
            "light anew": lambda: relight(next(another).pk),
            "withdraw": lambda: withdraw(next(another).participations.order_by("pk")[0]),
            "the clock: what is ready": lambda: show_what_is_ready(timezone.now()),
        }.items():
            milliseconds, own = timed(work, 3)
            sys.stdout.write(f"| {name} | | {milliseconds:.0f} | {own:.0f} | |\n")
        transaction.set_rollback(True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)

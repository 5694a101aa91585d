"""What does the consent rule cost a reader? Compares our queries and pages with what Wagtail does without it.

Needs the database of the demo, and changes nothing in it.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")

import django

django.setup()

from django.test import Client  # noqa: E402 - Django has to be set up first
from wagtail.models import Site  # noqa: E402
from wagtail.search.backends import get_search_backend  # noqa: E402

from hub.pages.models import GuidancePage, HubPage  # noqa: E402
from hub.search.found import Matches, Wanted  # noqa: E402
from hub.search.known import what_is_known  # noqa: E402
from hub.stories.models import StoryPage  # noqa: E402

ROUNDS = 60
WORD = "language"


def medians(first: Callable[[], object], second: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds of each, in alternating rounds, so that a busy moment slows both."""
    first(), second()
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for side, work in zip(times, (first, second), strict=True):
            begun = time.perf_counter()
            work()
            side.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times[0]), statistics.median(times[1])


def report(what: str, against: str, work: Callable[[], object], peer: Callable[[], object]) -> None:
    ours, theirs = medians(work, peer)
    sys.stdout.write(f"| {what} ({ours:.1f} ms) | {against} ({theirs:.1f} ms) | {ours / theirs:.2f} |\n")


def main() -> None:
    site = Site.objects.get(is_default_site=True)
    reader = Client(SERVER_NAME=site.hostname)
    story = StoryPage.objects.live().first()
    guidance = GuidancePage.objects.live().first()
    if story is None or guidance is None:
        sys.exit("There is no demo in this database. Run make demo first.")
    report(
        "every public page, consent asked",
        "the live column alone",
        lambda: list(HubPage.objects.live()),
        lambda: list(HubPage.objects.extra(where=["live"])),
    )
    report(
        "a story, hashed before it leaves",
        "a guidance page",
        lambda: reader.get(story.url),
        lambda: reader.get(guidance.url),
    )
    backend, known = get_search_backend(), what_is_known(site)
    report(
        "our search: stored vectors, no story that is dark",
        "Wagtail's search, pages only",
        lambda: Matches(site, [WORD], known, typed=[WORD], first="").best(Wanted(), 0, 100),
        lambda: list(backend.search(WORD, HubPage)),
    )


if __name__ == "__main__":
    main()

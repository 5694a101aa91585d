"""How long does a search take with many pages? Fills the demo, searches, and takes all back.

Needs the database of the demo, and changes nothing in it: everything happens in one transaction that is rolled back.
"""

import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - Django has to be set up first
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402
from wagtail.models import Site  # noqa: E402

from hub.nearness import pieces  # noqa: E402
from hub.pages.models import GuidancePage, SearchEntry, SearchWord  # noqa: E402

PAGES = 5_000
WORDS = 20_000  # different ones, as many as a large site uses
ON_A_PAGE = 400
ROUNDS = 15
SEARCHES = {
    "a word on every page": "language",
    "two words on every page": "language door",
    "a rare word": "wabcd",
    "words with synonyms": "benefits lone parent",
    "a slip of the finger": "langauge",
    "time and size": "activity for a group of 8 in half an hour",
    "a title": "what stays between us",
    "nothing like it": "qqqzzzxxx",
}


def fill() -> None:
    """Pages that a reader may read, with words that come as often as words do."""
    model = GuidancePage.objects.live().first()
    if model is None:
        sys.exit("There is no demo in this database. Run make demo first.")
    chance = random.Random(8)  # noqa: S311 - for words, not for secrets
    made = ["".join(chance.choices("abcdefghilmnoprstuw", k=chance.randint(4, 11))) for _ in range(WORDS)]
    often = [1 / rank for rank in range(1, WORDS + 1)]
    columns = [f.column for f in model._meta.concrete_fields if f.model is not GuidancePage and f.column != "id"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM pages_hubpage")
        first = cursor.fetchone()[0] + 1
        new = {"path": f"'{model.path[:-4]}' || lpad(to_hex(n + 4096), 4, '0')", "url_path": "url_path || n || '/'",
               "translation_key": "gen_random_uuid()", "slug": "'copy-' || n", "title": "'Page ' || n"}  # fmt: skip
        values = ", ".join(new.get(column, f'"{column}"') for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        cursor.execute(
            f"INSERT INTO pages_hubpage (id, {names}) SELECT {first} + n, {values} FROM pages_hubpage,"  # noqa: S608
            f" generate_series(1, {PAGES}) n WHERE id = {model.pk}"
        )
        cursor.execute(
            "INSERT INTO pages_guidancepage (hubpage_ptr_id, body) SELECT %s + n, '[]' FROM generate_series(1, %s) n",
            [first, PAGES],
        )
    entries = []
    for n in range(1, PAGES + 1):
        text = "language door benefits lone parent " + " ".join(chance.choices(made, often, k=ON_A_PAGE))
        entries.append(SearchEntry(page_id=first + n, title=f"page {n}", summary="", words=text, text=text))
    entries[0].words += " wabcd"
    SearchEntry.objects.bulk_create(entries, batch_size=500)
    rows = [SearchWord(word=word, pieces=pieces(word)) for word in set(made)]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2_000)
    with connection.cursor() as cursor:
        for index in ("search_entry_vector", "search_word_pieces"):  # as autovacuum does soon after
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [index])
        cursor.execute("ANALYZE")


def main() -> None:
    setup_test_environment()  # so that an answer says what it was made of
    site = Site.objects.get(is_default_site=True)
    reader = Client(SERVER_NAME=site.hostname)
    with transaction.atomic():
        fill()
        for name, typed in SEARCHES.items():
            times = []
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                answer = reader.get("/search/", {"q": typed})
                times.append((time.perf_counter() - begun) * 1000)
            times.sort()
            sys.stdout.write(
                f"| {name} | {answer.context['total']} found | median {statistics.median(times):.0f} ms"
                f" | p95 {times[int(len(times) * 0.95)]:.0f} ms |\n"
            )
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()

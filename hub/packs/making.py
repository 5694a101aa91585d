"""Making a pack: the file, the row that its code finds again, and a line in the use register for each story in it.

Each story is asked about when the words are taken, and again, under its lock, before the file is handed out: one that
was taken back in the second between is not in it. A file is in English, whoever asks for it: its pages are,
and its code is made of its words. Refuses to write down who made it; the register knows what and when.
"""

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.core.cache import cache
from django.utils import timezone

from hub.bounded_process import LimitReached, Limits, run
from hub.packs import stories
from hub.packs.blocks import Pictures
from hub.packs.contents import items
from hub.packs.documents import Cover, Document, document
from hub.packs.editions import digest_of_story
from hub.packs.models import Pack
from hub.packs.one_file import as_html
from hub.packs.parts import help_part, parts_of
from hub.packs.typesetting import pdf
from hub.pages.models.base import today
from hub.screen_languages import IN_ENGLISH, spoken
from hub.stories.choices import Use
from hub.stories.ledger import verb
from hub.stories.light import lock
from hub.stories.models import StoryPage
from hub.stories.withdrawal import record_use

LIMITS = Limits(seconds=20, megabytes=1_500, answer_megabytes=60)
PATIENCE = 4.0  # seconds that a pack waits for the one before it; then whoever asks is told to come back
KEPT = 24 * 3600  # seconds that a ready pack is kept made
TRIES = 3
AT_ONCE = 2  # in each worker: one is gathered while another is being set
_turns = threading.BoundedSemaphore(AT_ONCE)


class ChangedMeanwhile(Exception):
    """A story in it was changed or taken back while the pack was being made."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file to take away. `holds_story` says whether anybody's words are in it."""

    data: bytes
    code: str
    form: str
    holds_story: bool


def make(numbers: Iterable[int], cover: Cover, *, counts: bool = True) -> Made:
    """The pack of these pages as they are now. Raises LimitReached when too much is being made at once.

    `counts` is false for a form that was sent twice: the register has its line already.
    """
    wanted = list(numbers)
    with a_turn(), spoken(IN_ENGLISH):
        for left in reversed(range(TRIES)):
            pack = gathered(wanted, cover)
            data, begins = WRITTEN[cover.form](pack)
            try:
                hand_out(pack, begins, counts=counts)
            except ChangedMeanwhile:
                if left == 0:
                    raise
            else:
                return Made(data, pack.code, cover.form, any(part.holds_story for part in pack.parts))
    raise AssertionError("unreachable")


def make_ready(numbers: Iterable[int], cover: Cover) -> Made:
    """A ready pack, which holds no story: made once a day for the same words, however often it is asked for."""
    with a_turn(), spoken(IN_ENGLISH):
        pack = gathered(numbers, cover)
        name = f"pack-{pack.code}-{pack.stamp}"
        data = cache.get(name)
        if data is None or not Pack.objects.filter(code=pack.code).exists():
            data, begins = WRITTEN[cover.form](pack)
            hand_out(pack, begins)
            cache.set(name, data, timeout=KEPT)
    return Made(data, pack.code, cover.form, holds_story=False)


@contextmanager
def a_turn() -> Iterator[None]:
    """Raises LimitReached when AT_ONCE others are still at it after PATIENCE."""
    if not _turns.acquire(timeout=PATIENCE):
        raise LimitReached("seconds")
    try:
        yield
    finally:
        _turns.release()


def gathered(numbers: Iterable[int], cover: Cover) -> Document:
    """The words of a pack as they may be printed now."""
    pictures = Pictures()
    parts = [*parts_of(items(numbers), pictures), help_part()]
    return document(parts, pictures, cover)


@verb
def hand_out(pack: Document, begins: list[tuple[str, int]], *, counts: bool = True) -> None:
    """Writes down that this pack was made. Raises ChangedMeanwhile when a story in it may not be printed any more."""
    where = f"Pack {pack.code}"
    for part in sorted((part for part in pack.parts if part.holds_story), key=lambda part: part.number):
        if not StoryPage.objects.filter(pk=part.number).exists():
            raise ChangedMeanwhile
        lock(part.number)
        story = stories.as_agreed(part.number)
        if story is None or digest_of_story(story) != part.digest:
            raise ChangedMeanwhile
        if counts:
            record_use(story, Use.PRINT_PACK, where=where, used_on=today(), by=None, copies=pack.cover.copies)
    Pack.objects.get_or_create(code=pack.code, defaults=_row(pack, dict(begins)))


def as_pdf(pack: Document) -> tuple[bytes, list[tuple[str, int]]]:
    """The PDF, and on which page each part begins. Raises LimitReached."""
    data = json.dumps(pack.as_data(), ensure_ascii=False).encode()
    midnight = datetime.combine(today(), time.min, tzinfo=timezone.get_current_timezone())
    made = run(pdf, data, {"timestamp": int(midnight.timestamp())}, limits=LIMITS, patience=PATIENCE)
    begins, pages = made.value
    return made.blobs[0], [*((str(name), int(page)) for name, page in begins), ("pages", int(pages))]


def _row(pack: Document, begins: dict[str, int]) -> dict[str, Any]:
    firsts = [*(begins[str(part.number)] for part in pack.parts), begins["end"]]
    places = zip(pack.parts, firsts, firsts[1:], strict=False)
    rows = [[part.number, part.digest, first, after - 1] for part, first, after in places if part.digest]
    return {"form": pack.cover.form, "is_big": pack.cover.is_big, "parts": rows, "pages": begins["pages"]}


WRITTEN: dict[str, Callable[[Document], tuple[bytes, list[tuple[str, int]]]]] = {"pdf": as_pdf, "html": as_html}

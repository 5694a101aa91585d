"""What people have said since the last copy of the database was made, kept beside it and not inside it.

A restore brings back the answers of the day of the copy. So each line of the ledger, and each legal flag, is also
written to a file outside the database: codes and numbers, nothing personal. `withdraw_again` reads it before anything
is served. Only ever added to; refuses nothing, since what it tells of has happened already.
"""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from hub.stories.models import ConsentEvent, LegalFlag

logger = logging.getLogger(__name__)
Line = dict[str, Any]
LONGEST_LINE = 400  # bytes


def note(event: ConsentEvent) -> None:
    """Adds this line of the ledger when the change it tells of is committed."""
    _when_committed(line_of(event))


def note_flag(flag: LegalFlag) -> None:
    """Adds a legal flag when it is committed."""
    _when_committed(line_of_flag(flag))


def note_replayed(line: Line) -> None:
    """Adds, at once, that `line` has been made true again in a restored database."""
    append([{"replayed": key_of(line)}])


def line_of(event: ConsentEvent) -> Line:
    return {
        "ledger": event.hash,
        "number": event.sequence,
        "kind": str(event.kind),
        "story": event.story_id,
        "participant": event.participant_code,
        "use": str(event.use),
        "given_by": str(event.given_by),
        "at": event.at.isoformat(),
    }


def line_of_flag(flag: LegalFlag) -> Line:
    said = {"story": flag.story_id, "reason": str(flag.reason), "hides": flag.hides}
    return {**flag_line(flag.pk, flag.raised_at), **said}


def flag_line(number: int, raised_at: datetime) -> Line:
    """What tells one legal flag from every other: numbers are given out anew after a restore."""
    return {"flag": number, "at": raised_at.isoformat()}


def key_of(line: Line) -> str:
    """What tells one line from every other."""
    return str(line["ledger"]) if "ledger" in line else f"flag {line['flag']} {line['at']}"


def is_said(line: Line) -> bool:
    """Whether a line tells of something that was said or flagged; the rest are notes about the journal itself."""
    return "ledger" in line or {"flag", "at"} <= line.keys()


def replayed(written: Iterable[Line]) -> set[str]:
    """What has been made true again in the database that is here now: since it was restored, not before."""
    keys: set[str] = set()
    for line in written:
        if "restored" in line:
            keys = set()
        if "replayed" in line:
            keys.add(line["replayed"])
    return keys


def as_text(line: Line) -> str:
    """The line as it is written down, which is the same for the same line."""
    return json.dumps(line)


def lines(file: Path | None = None) -> Iterator[Line]:
    """Every line of the journal, or of another one, oldest first. One that a loss of power cut off is left out."""
    journal = file or settings.LEDGER_JOURNAL
    if not journal.exists():
        return
    with journal.open(encoding="utf-8") as written:
        for text in written:
            try:
                line = json.loads(text)
            except ValueError:
                line = None
            if isinstance(line, dict):
                yield line
            else:
                logger.warning("A line of the journal of consent cannot be read. It was cut off as it was written.")


def newest(most: int) -> list[Line]:
    """The last lines of the journal, at most so many, without reading the rest of it."""
    if not settings.LEDGER_JOURNAL.exists():
        return []
    with settings.LEDGER_JOURNAL.open("rb") as written:
        size = written.seek(0, os.SEEK_END)
        written.seek(max(0, size - most * LONGEST_LINE))
        tail = written.read().decode(errors="replace").splitlines()
    found = []
    for text in tail[-most:]:
        try:
            found.append(json.loads(text))
        except ValueError:  # the first may be cut off here, the last by a loss of power
            continue
    return found


def complete() -> int:
    """Adds what was committed but not written, for example when the disk was full. Returns how many lines."""
    written = {key_of(line) for line in lines() if is_said(line)}
    said = [line_of(event) for event in ConsentEvent.objects.order_by("sequence")]
    said += [line_of_flag(flag) for flag in LegalFlag.objects.order_by("pk")]
    missing = [line for line in said if key_of(line) not in written]
    append(missing)
    return len(missing)


def set_aside() -> Path:
    """Moves the journal out of the way, because it is another database's, and says where it is now."""
    for number in range(1, 1000):
        place = settings.LEDGER_JOURNAL.with_name(f"{settings.LEDGER_JOURNAL.name}.of-another-database-{number}")
        if not place.exists():
            settings.LEDGER_JOURNAL.rename(place)
            return place
    raise OSError(f"{settings.LEDGER_JOURNAL.parent} is full of journals that were set aside.")


def append(new: Iterable[Line]) -> None:
    """Adds lines, and returns once they are on the disk. A cut-off last line does not swallow the next one."""
    text = "".join(f"{as_text(line)}\n" for line in new)
    if not text:
        return
    settings.LEDGER_JOURNAL.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(settings.LEDGER_JOURNAL, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(handle).st_size
        cut_off = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        os.write(handle, (("\n" if cut_off else "") + text).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _when_committed(line: Line) -> None:
    """Robust: the answer stands even if it cannot be written here now; `complete` adds it at the next tick."""
    transaction.on_commit(partial(append, [line]), robust=True)

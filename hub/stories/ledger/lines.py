"""The only place that writes to the ledger of consent. Each line holds the hash of the line before it, and is also
written beside the database (journal.py), so that a restore does not forget it.

Writing a line needs no key: the keyed hash of the words was made when the answer was written in.
"""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from hub.stories.choices import EventKind
from hub.stories.content_hash import canonical
from hub.stories.ledger import journal
from hub.stories.models import Consent, ConsentEvent, StoryParticipant

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FIRST = "0" * 64
LOCK = 0x48554201  # one writer at a time, so that the chain cannot fork


def hash_of(event: ConsentEvent) -> str:
    """SHA-256 over everything a line says and the hash of the line before it."""
    said = {
        "sequence": event.sequence,
        "kind": str(event.kind),
        "story": event.story_id,
        "participant": event.participant_code,
        "use": str(event.use),
        "consent": event.consent_id,
        "keyed_hash": event.keyed_hash,
        "given_by": str(event.given_by),
        "method": str(event.method),
        "by_user": event.by_user_id,
        "at": event.at.isoformat(),
        "previous": event.previous_hash,
    }
    if event.said_at is not None:  # lines from before there was such a column keep their hash
        said["said_at"] = event.said_at.isoformat()
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def write(
    kind: EventKind, consent: Consent, *, by: "User | None", at: datetime, said_at: datetime | None = None
) -> ConsentEvent:
    """Adds a line about `consent`. Must be called inside the transaction that makes the change it tells of."""
    return _add(
        kind=kind,
        story_id=consent.participation.story_id,
        participant_code=consent.participation.participant.code,
        use=consent.use,
        consent_id=consent.pk,
        keyed_hash=consent.keyed_hash,
        given_by=consent.given_by,
        method=consent.method,
        by_user_id=by.pk if by else None,
        at=at,
        said_at=said_at,
    )


def write_of_person(
    kind: EventKind,
    participation: StoryParticipant,
    *,
    by: "User | None",
    at: datetime,
    use: str = "",
    given_by: str = "",
) -> ConsentEvent:
    """Adds a line about somebody in a story and none of their answers; with `use` it decides about that use."""
    return _add(
        kind=kind,
        story_id=participation.story_id,
        participant_code=participation.participant.code,
        use=use,
        given_by=given_by,
        by_user_id=by.pk if by else None,
        at=at,
    )


def write_of_story(kind: EventKind, story_id: int, *, by: "User | None", at: datetime) -> ConsentEvent:
    """Adds a line about a whole story: it was taken back, sent back, may be shown again."""
    return _add(kind=kind, story_id=story_id, by_user_id=by.pk if by else None, at=at)


def _add(**said: Any) -> ConsentEvent:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = ConsentEvent.objects.order_by("-sequence").first()
    event = ConsentEvent(
        sequence=(last.sequence if last else 0) + 1, previous_hash=last.hash if last else FIRST, **said
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    journal.note(event)
    return event


def head() -> ConsentEvent | None:
    """The newest line; None in an empty ledger."""
    return ConsentEvent.objects.order_by("-sequence").first()


def first_broken_link() -> int | None:
    """The sequence number of the first line that does not follow from the one before it; None when all do."""
    previous, expected = FIRST, 1
    for event in ConsentEvent.objects.order_by("sequence").iterator():
        if event.sequence != expected or event.previous_hash != previous or event.hash != hash_of(event):
            return int(event.sequence)
        previous, expected = event.hash, expected + 1
    return None

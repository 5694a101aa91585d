"""The only place that writes to the ledger of consent. Each line holds the hash of the line before it, and is also
written beside the database (journal.py), so that a restore does not forget it.
"""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from hub.stories import journal
from hub.stories.choices import EventKind
from hub.stories.content_hash import canonical
from hub.stories.models import Consent, ConsentEvent
from hub.stories.story_key import keyed_hash

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
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def write(kind: EventKind, consent: Consent, *, by: "User | None", at: datetime) -> ConsentEvent:
    """Adds a line about `consent`. Must be called inside the transaction that makes the change it tells of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = ConsentEvent.objects.order_by("-sequence").first()
    event = ConsentEvent(
        sequence=(last.sequence if last else 0) + 1,
        kind=kind,
        story_id=consent.participation.story_id,
        participant_code=consent.participation.participant.code,
        use=consent.use,
        consent_id=consent.pk,
        keyed_hash=keyed_hash(consent.participation.story_id, consent.content_hash),
        given_by=consent.given_by,
        method=consent.method,
        by_user_id=by.pk if by else None,
        at=at,
        previous_hash=last.hash if last else FIRST,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    journal.note(event)
    return event


def first_broken_link() -> int | None:
    """The sequence number of the first line that does not follow from the one before it; None when all do."""
    previous, expected = FIRST, 1
    for event in ConsentEvent.objects.order_by("sequence").iterator():
        if event.sequence != expected or event.previous_hash != previous or event.hash != hash_of(event):
            return int(event.sequence)
        previous, expected = event.hash, expected + 1
    return None

"""Do the three tellings agree: the ledger with itself, with the records, and with the journal beside the database?

Says each difference by number and code. The quick half is asked by every process each minute: while the newest lines
of the journal are not in the ledger, lines were lost or deleted, and no story is shown. Changes nothing.
"""

from collections.abc import Iterator

from hub.stories.last_line import NEUTRAL, STILL_YES, YES
from hub.stories.ledger import journal
from hub.stories.ledger.lines import first_broken_link
from hub.stories.ledger.story_key import keyed_hash
from hub.stories.models import Consent, ConsentEvent
from hub.stories.rule import Decision

NEWEST = 50
MEANS: dict[str, set[str]] = {
    Decision.REFUSED: {"refused"},
    Decision.DEFERRED: {"deferred"},
    Decision.WITHDRAWN: {"withdrawn"},
    Decision.REVOKED: {"revoked"},
    Decision.INVALIDATED: {"invalidated"},
    Decision.ENTERED_IN_ERROR: {"entered_in_error"},
}
"""What the newest line says, for each state of a record but a yes, a question and what is replaced."""


def differences() -> Iterator[str]:
    """A sentence for each thing that does not agree. None: everything was compared and agrees."""
    broken = first_broken_link()
    if broken is not None:
        yield f"Line {broken} of the ledger does not follow from the line before it."
    for lost in lines_the_ledger_lost(everything=True):
        yield f"The journal tells of a line that the ledger does not have ({lost})."
    newest, opened = _newest_lines(), _openings()
    for consent in Consent.objects.select_related("participation__participant").order_by("pk").iterator(chunk_size=500):
        yield from _of_one(consent, newest.get(consent.pk, ""), opened.get(consent.pk))
    here = set(Consent.objects.values_list("pk", flat=True))
    for number, kind in newest.items():
        if kind in STILL_YES and number not in here:
            yield f"Answer {number} stands in the ledger as a yes, and its record is gone."


def lines_the_ledger_lost(*, everything: bool = False) -> list[str]:
    """What the journal knows and the ledger does not, by hash; the newest lines alone, or all of them."""
    written = list(journal.lines()) if everything else journal.newest(NEWEST)
    told = [line["ledger"] for line in written if "ledger" in line]
    replayed = {line["replayed"] for line in written if "replayed" in line}
    known = set(ConsentEvent.objects.filter(hash__in=told).values_list("hash", flat=True))
    return [f"ledger {one[:12]}" for one in told if one not in known and one not in replayed]


def _of_one(consent: Consent, newest: str, opened: str | None) -> Iterator[str]:
    name = f"Answer {consent.pk} of {consent.participation.participant.code} in story {consent.participation.story_id}"
    if consent.decision == Decision.GIVEN:
        wanted = {"held"} if consent.held_at else STILL_YES
        if newest not in wanted:
            yield f"{name} is a yes in the records, and its newest line says “{newest or 'nothing'}”."
        if opened != consent.keyed_hash or _hash_of(consent) not in {consent.keyed_hash, None}:
            yield f"{name} is about other words in the records than in the ledger."
    elif newest not in MEANS.get(consent.decision, {newest}):
        yield f"{name} says “{consent.decision}” in the records, and its newest line says “{newest or 'nothing'}”."


def _hash_of(consent: Consent) -> str | None:
    """The keyed hash of the words the record names; None while the key cannot be read."""
    try:
        return keyed_hash(consent.participation.story_id, consent.content_hash)
    except Exception:  # noqa: BLE001 - whatever is wrong with a key is told by the check of the keys
        return None


def _newest_lines() -> dict[int | None, str]:
    lines = ConsentEvent.objects.exclude(kind__in=NEUTRAL).exclude(consent_id=None).order_by("sequence")
    return dict(lines.values_list("consent_id", "kind"))


def _openings() -> dict[int | None, str]:
    lines = ConsentEvent.objects.filter(kind__in=YES).exclude(consent_id=None).order_by("-sequence")
    return dict(lines.values_list("consent_id", "keyed_hash"))

"""After a restore: what was withdrawn since the copy was made is withdrawn again, before anything is served.

Only what darkens is made true again. A yes that was given after the copy is lost with it: the story stays dark until
people are asked again. Refuses a journal that belongs to another database.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from hub.stories import journal
from hub.stories.choices import EventKind, LegalReason, Use
from hub.stories.erasure import CannotErase, erase
from hub.stories.models import Consent, ConsentEvent, LegalFlag, StoryPage, StoryParticipant
from hub.stories.operations import hold, raise_legal_flag, revoke, withdraw
from hub.stories.rule import Decision

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AnotherDatabase(Exception):
    """The journal tells of answers, and not one of them is in this database's ledger."""


def withdraw_again() -> list[str]:
    """Makes each lost withdrawal, pause, no, erasure and legal flag true again. Returns a sentence for each.

    Says nothing and changes nothing when the database is not behind its journal. Safe to stop and run again.
    """
    said = []
    for line in missing_lines():
        sentence = _flag_again(line) if "flag" in line else _say_again(line)
        journal.note_replayed(line)
        if sentence:
            said.append(sentence)
    return said


def missing_lines() -> list[journal.Line]:
    """Lines of the journal that this database knows nothing of. Raises AnotherDatabase."""
    written = list(journal.lines())
    told = [line["ledger"] for line in written if "ledger" in line]
    known = set(ConsentEvent.objects.filter(hash__in=told).values_list("hash", flat=True))
    if told and not known and ConsentEvent.objects.exists():
        raise AnotherDatabase
    known |= {line["replayed"] for line in written if "replayed" in line}
    flags = LegalFlag.objects.values_list("pk", "raised_at")
    known |= {journal.key_of(journal.flag_line(number, raised_at)) for number, raised_at in flags}
    return [line for line in written if "replayed" not in line and journal.key_of(line) not in known]


def _say_again(line: journal.Line) -> str:
    """One lost line of the ledger, by its kind; an empty sentence when nothing followed from it."""
    act = _ACTS.get(EventKind(line["kind"]))
    participations = StoryParticipant.objects.filter(story_id=line["story"], participant__code=line["participant"])
    participation = participations.select_related("participant", "story").first()
    if act is None or participation is None:
        return ""
    return act(participation, Use(line["use"]))


def _flag_again(line: journal.Line) -> str:
    story = StoryPage.objects.filter(pk=line["story"]).first()
    if story is None:
        return ""
    raise_legal_flag(story, LegalReason(line["reason"]), by=None, hides=line.get("hides", False))
    return f"Story {story.pk}: a legal flag is raised again."


def _withdraw(participation: StoryParticipant, use: Use) -> str:
    ended = withdraw(participation, uses=[use])
    return f"{participation}: {use.label} is withdrawn again." if ended else ""


def _end(participation: StoryParticipant, use: Use) -> str:
    ended = revoke(participation, EventKind.REVOKED, by=None)
    return f"{participation}: every answer is ended again." if ended else ""


def _pause(participation: StoryParticipant, use: Use) -> str:
    yeses: QuerySet[Consent] = participation.consents.filter(use=use, decision=Decision.GIVEN, held_at__isnull=True)
    for consent in yeses:
        hold(consent)
    return f"{participation}: {use.label} is paused again."


def _erase(participation: StoryParticipant, use: Use) -> str:
    """Dark first: a legal flag may stand against the erasure itself."""
    withdraw(participation)
    try:
        erase(participation.story_id)
    except CannotErase as refusal:
        return f"{participation}: dark again, and not erased. {refusal}"
    return f"Story {participation.story_id} is erased again."


_ACTS: dict[EventKind, Callable[[StoryParticipant, Use], str]] = {
    EventKind.WITHDRAWN: _withdraw,
    EventKind.REFUSED: _withdraw,
    EventKind.DEFERRED: _withdraw,
    EventKind.REVOKED: _end,
    EventKind.INVALIDATED: _end,
    EventKind.ENTERED_IN_ERROR: _end,
    EventKind.HELD: _pause,
    EventKind.ERASED: _erase,
}

"""After a restore: what was withdrawn since the copy was made is withdrawn again, before anything is served.

Only what darkens is made true again. A yes that was given after the copy is lost with it: the story stays dark until
people are asked again. Refuses a journal that belongs to another database.
"""

from collections.abc import Callable

from hub.law import AgeBand
from hub.stories.choices import EventKind, LegalReason, Use
from hub.stories.consent import note_age, pause
from hub.stories.erasure import CannotErase, erase
from hub.stories.ledger import Line, journal
from hub.stories.models import ConsentEvent, LegalFlag, StoryPage, StoryParticipant
from hub.stories.review import Why, raise_legal_flag, take_back
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal import revoke, stopping, withdraw


class AnotherDatabase(Exception):
    """The journal tells of answers, and not one of them is in this database's ledger."""


def withdraw_again() -> list[str]:
    """Makes true again whatever was lost and darkens: withdrawals, pauses, noes, erasures, flags, what was taken off.

    Returns a sentence for each. Says nothing and changes nothing when the database is not behind its journal. Safe to
    stop and run again.
    """
    said, over = [], _what_is_over()
    for line in missing_lines():
        sentence = "" if journal.key_of(line) in over else _flag_again(line) if "flag" in line else _say_again(line)
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
    known |= journal.replayed(written)
    flags = LegalFlag.objects.values_list("pk", "raised_at")
    known |= {journal.key_of(journal.flag_line(number, raised_at)) for number, raised_at in flags}
    return [line for line in written if journal.is_said(line) and journal.key_of(line) not in known]


def _what_is_over() -> set[str]:
    """Lines about stories taken off that decide nothing any more: a person showed the story again later, or it was a
    restore that took it off, for want of a journal, and not somebody who did not want it shown."""
    shown: dict[int, str] = {}
    taken: list[Line] = []
    by_a_restore: set[str] = set()
    for line in journal.lines():
        if line.get("kind") == EventKind.SHOWN_AGAIN:
            shown[line["story"]] = max(line["at"], shown.get(line["story"], ""))
        elif line.get("kind") == EventKind.TAKEN_BACK:
            taken.append(line)
        by_a_restore.add(line.get("of_a_restore", ""))
    return by_a_restore | {line["ledger"] for line in taken if line["at"] < shown.get(line["story"], "")}


def _say_again(line: Line) -> str:
    """One lost line of the ledger, by its kind; an empty sentence when nothing followed from it."""
    kind = line["kind"]
    if kind in OF_A_STORY:
        return _take_back(line["story"], OF_A_STORY[EventKind(kind)])
    participations = StoryParticipant.objects.filter(story_id=line["story"], participant__code=line["participant"])
    participation = participations.select_related("participant", "story").first()
    act = OF_A_PERSON.get(EventKind(kind)) if kind in EventKind.values else _withdraw  # not known yet: no is safe
    return act(participation, line) if act and participation else ""


def _flag_again(line: Line) -> str:
    story = StoryPage.objects.filter(pk=line["story"]).first()
    if story is None:
        return ""
    raise_legal_flag(story, LegalReason(line["reason"]), by=None, hides=line.get("hides", False))
    return f"Story {story.pk}: a legal flag is raised again."


def _take_back(story_id: int, why: Why) -> str:
    if not StoryPage.objects.filter(pk=story_id).exists():
        return ""
    take_back(story_id, why=why)
    return f"Story {story_id} is taken off the site again."


def _withdraw(participation: StoryParticipant, line: Line) -> str:
    """In the voice in which it was said, so that a parent's no stays a parent's no."""
    uses = [line["use"]] if line["use"] in Use.values else list(Use)
    given_by = line.get("given_by") or GivenBy.SELF
    stop = stopping.receive(participation, EventKind.WITHDRAWN, uses=uses, given_by=given_by)
    stopping.follow_up(stop)
    label = Use(line["use"]).label if line["use"] in Use.values else "every use"
    return f"{participation}: {label} is withdrawn again."


def _end(participation: StoryParticipant, line: Line) -> str:
    ended = revoke(participation, EventKind.REVOKED, by=None)
    return f"{participation}: every answer is ended again." if ended else ""


def _pause(participation: StoryParticipant, line: Line) -> str:
    for consent in participation.consents.filter(use=line["use"], decision=Decision.GIVEN, held_at__isnull=True):
        pause(consent)
    return f"{participation}: {Use(line['use']).label} is paused again."


def _wait(participation: StoryParticipant, line: Line) -> str:
    """The journal holds no days that people chose. So it is paused, until they end the pause or choose again."""
    by_guardian = line.get("given_by") == GivenBy.GUARDIAN
    for consent in participation.consents.filter(decision=Decision.GIVEN, held_at__isnull=True):
        if (consent.given_by == GivenBy.GUARDIAN) == by_guardian:
            pause(consent)
    return f"{participation}: they had chosen a day, which is lost. It is paused; ask them for the day."


def _forget_age(participation: StoryParticipant, line: Line) -> str:
    """The journal holds no ages. Until somebody notes it again it is not known, and what is not known means no.

    The same for whom another law did not know: the restored database may have the law of before.
    """
    note_age(participation.participant, age_band=AgeBand.UNKNOWN, reask_at=None)
    return f"{participation}: their age was noted after the backup. Note it again."


def _erase(participation: StoryParticipant, line: Line) -> str:
    """Dark first: a legal flag may stand against the erasure itself."""
    withdraw(participation)
    try:
        erase(participation.story_id)
    except CannotErase as refusal:
        return f"{participation}: dark again, and not erased. {refusal}"
    return f"Story {participation.story_id} is erased again."


OF_A_PERSON: dict[EventKind, Callable[[StoryParticipant, Line], str]] = {
    EventKind.WITHDRAWN: _withdraw,
    EventKind.REFUSED: _withdraw,
    EventKind.DEFERRED: _withdraw,
    EventKind.REVOKED: _end,
    EventKind.INVALIDATED: _end,
    EventKind.ENTERED_IN_ERROR: _end,
    EventKind.PAUSED: _pause,
    EventKind.NOT_BEFORE: _wait,
    EventKind.AGE_NOTED: _forget_age,
    EventKind.LAW_CHANGED: _forget_age,
    EventKind.ERASED: _erase,
}
OF_A_STORY: dict[EventKind, Why] = {
    EventKind.TAKEN_BACK: Why.UNPUBLISHED,
    EventKind.RETURNED: Why.SENT_BACK,
    EventKind.ON_HOLD: Why.SENT_BACK,
}

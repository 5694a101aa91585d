"""How answers end: their rows, a line in the ledger for each, every plan to publish. Lights nothing, needs no key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from hub.database_clock import database_now
from hub.stories.choices import EventKind, Use
from hub.stories.last_line import NO, OVER, STILL_YES
from hub.stories.ledger.lines import write, write_of_person
from hub.stories.models import Consent, ConsentEvent, StoryPage, StoryParticipant
from hub.stories.rule import Decision, GivenBy

if TYPE_CHECKING:
    from django.contrib.auth.models import User

BECOMES = {
    EventKind.WITHDRAWN: Decision.WITHDRAWN,
    EventKind.REVOKED: Decision.REVOKED,
    EventKind.INVALIDATED: Decision.INVALIDATED,
    EventKind.ENTERED_IN_ERROR: Decision.ENTERED_IN_ERROR,
    EventKind.SUPERSEDED: Decision.SUPERSEDED,
}


@dataclass(frozen=True, slots=True)
class Ended:
    """Answers that have just ended, and the uses among them that had been agreed to."""

    answers: list[Consent]
    uses: frozenset[str]
    agreed: frozenset[str]


def end_answers(
    participation: StoryParticipant,
    kind: EventKind,
    *,
    uses: Iterable[str],
    by: "User | None",
    given_by: str = GivenBy.SELF,
    said_at: datetime | None = None,
) -> Ended:
    """Ends every open answer of this person about `uses`, whoever gave it. The page must be locked.

    A withdrawal also stands in the ledger for uses nobody has asked about: a yes dated before it is then no yes.
    """
    wanted = list(uses)
    is_open = [Decision.GIVEN, Decision.REQUESTED, Decision.DEFERRED]
    answers = list(participation.consents.filter(use__in=wanted, decision__in=is_open).order_by("pk"))
    agreed = frozenset(answer.use for answer in answers if answer.decision == Decision.GIVEN)
    _end(answers, kind, by=by, said_at=said_at)
    if kind == EventKind.WITHDRAWN:
        _withdraw_unasked(participation, wanted, by=by, given_by=given_by)
    return Ended(answers, frozenset(answer.use for answer in answers), agreed)


def supersede(answers: "QuerySet[Consent]", *, by: "User | None") -> None:
    """Ends answers that a newer one replaces, with a line for each."""
    rows = list(answers.exclude(decision=Decision.SUPERSEDED).order_by("pk"))
    _end(rows, EventKind.SUPERSEDED, by=by)


def cancel_schedule(story: StoryPage) -> None:
    """Clears any planned publication: unpublishing alone would leave it standing."""
    story.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)


def _end(answers: list[Consent], kind: EventKind, *, by: "User | None", said_at: datetime | None = None) -> None:
    Consent.objects.filter(pk__in=[answer.pk for answer in answers]).update(decision=BECOMES[kind])
    for answer in answers:
        write(kind, answer, by=by, at=database_now(), said_at=said_at)


def _withdraw_unasked(participation: StoryParticipant, uses: list[str], *, by: "User | None", given_by: str) -> None:
    lines = ConsentEvent.objects.filter(
        story_id=participation.story_id, participant_code=participation.participant.code, kind__in=OVER | STILL_YES
    ).order_by("sequence")
    newest = {(line.use, line.given_by == GivenBy.GUARDIAN): line.kind for line in lines}
    for use in uses:
        if newest.get((use, given_by == GivenBy.GUARDIAN)) not in NO:
            write_of_person(
                EventKind.WITHDRAWN, participation, by=by, at=database_now(), use=Use(use), given_by=given_by
            )

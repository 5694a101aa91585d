"""Dark first, with nothing needed: somebody stops or pauses, and the light is gone before anything else is tried.

`receive` writes one row, whose trigger takes the light away, and commits. What follows is a list of steps, each done
once in a transaction of its own. One that fails is logged, shown as not done, and continued by the jobs or by the
next act. Refuses nothing: whoever may act has been asked before.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction

from hub.database_clock import database_now
from hub.left_out import each
from hub.stories import ledger
from hub.stories.choices import EventKind, Use
from hub.stories.ledger import cancel_schedule, end_answers, verb
from hub.stories.light import lock, relight
from hub.stories.models import ChangeWanted, Consent, Stop, StoryParticipant
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal import cases, mail
from hub.stories.withdrawal.who_leaves import leaving_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)
ERASE = "Erase everything about me in this story."
LEAVE_THE_POST_TO_WHO_WROTE_IT = timedelta(minutes=2)


@verb
def receive(
    participation: StoryParticipant,
    kind: EventKind,
    *,
    uses: Iterable[str] = tuple(Use),
    given_by: str = GivenBy.SELF,
    by: "User | None" = None,
    erase: bool = False,
    by_card: bool = False,
) -> Stop:
    """Takes the story off the site, now, and keeps what is to follow. No key, mail, cache, index or file is needed."""
    lock(participation.story_id)
    return Stop.objects.create(
        participation=participation,
        kind=kind,
        uses=[str(use) for use in uses],
        given_by=given_by,
        by=by,
        erase=erase,
        by_card=by_card,
    )


def withdraw(
    participation: StoryParticipant, *, uses: Iterable[Use] = tuple(Use), by: "User | None" = None
) -> list[str]:
    """Takes a person's yes away, for all uses or some, and any schedule with it. Needs no reason. Idempotent.

    The story is dark before anything else is tried, and stays so whatever fails then. Returns the uses that had an
    answer.
    """
    stop = receive(participation, EventKind.WITHDRAWN, uses=uses, by=by)
    return list(follow_up(stop).answered_uses)


def revoke(participation: StoryParticipant, kind: EventKind, *, by: "User | None") -> list[str]:
    """Ends consents from our side: revoked, found not valid, or entered in error. Returns the uses, as `withdraw`."""
    return list(follow_up(receive(participation, kind, by=by)).answered_uses)


def follow_up(stop: Stop) -> Stop:
    """Does every step that is not done yet, in order; a step that failed is left for later. Raises nothing."""
    for name, step in STEPS.items():
        try:
            _once(stop.pk, name, step)
        except Exception:
            logger.exception("%s: the step “%s” failed. The story is dark; the step is tried again.", stop, name)
    transaction.on_commit(partial(_post_on, stop.pk), robust=True)
    stop.refresh_from_db()
    return stop


def continue_all(now: datetime) -> int:
    """Does what is left of every stop. Returns how many are finished now. Safe to run twice at once."""
    waiting = Stop.objects.filter(finished_at__isnull=True).order_by("pk").select_related("participation")
    return sum(each(waiting, partial(_continue, now=now), of="the stops gone on with"))


def _continue(stop: Stop, *, now: datetime) -> bool:
    if set(STEPS) - set(stop.done):
        follow_up(stop)
    if stop.received_at <= now - LEAVE_THE_POST_TO_WHO_WROTE_IT:
        post(stop.pk)
    return Stop.objects.filter(pk=stop.pk, finished_at__isnull=False).exists()


@verb
def _once(number: int, name: str, step: Callable[[Stop], None]) -> None:
    story_id = Stop.objects.values_list("participation__story_id", flat=True).get(pk=number)
    lock(story_id)
    stop = Stop.objects.select_for_update(of=["self"]).select_related("participation__story").get(pk=number)
    if name in stop.done or (name != "record" and stop.recorded_at is None):
        return
    step(stop)
    stop.done.append(name)
    stop.save(update_fields=["done", "recorded_at", "answered_uses", "agreed_uses"])


def _record(stop: Stop) -> None:
    """The answers and the ledger say the same."""
    if stop.kind == EventKind.PAUSED:
        for consent in _own_yeses(stop):
            Consent.objects.filter(pk=consent.pk).update(held_at=stop.received_at)
            ledger.write(EventKind.PAUSED, consent, by=stop.by, at=database_now())
    else:
        kind = EventKind(stop.kind)
        ended = end_answers(stop.participation, kind, uses=stop.uses, by=stop.by, given_by=stop.given_by)
        cancel_schedule(stop.participation.story)
        stop.answered_uses, stop.agreed_uses = sorted(ended.uses), sorted(ended.agreed)
    stop.recorded_at = database_now()


def _own_yeses(stop: Stop) -> list[Consent]:
    by_guardian = stop.given_by == GivenBy.GUARDIAN
    standing = stop.participation.consents.filter(decision=Decision.GIVEN, held_at__isnull=True, use__in=stop.uses)
    return [consent for consent in standing.order_by("pk") if (consent.given_by == GivenBy.GUARDIAN) == by_guardian]


def _light(stop: Stop) -> None:
    """What was not stopped may be shown again."""
    relight(stop.participation.story_id)


def _case(stop: Stop) -> None:
    if stop.kind != EventKind.PAUSED and stop.answered_uses:
        cases.note(
            stop.participation,
            EventKind(stop.kind),
            uses=stop.answered_uses,
            agreed=stop.agreed_uses,
            by=stop.by,
            by_card=stop.by_card,
        )


def _wish(stop: Stop) -> None:
    """On the case: they asked us to erase everything."""
    if stop.erase:
        cases.note_wish_to_erase(stop.participation, by_card=stop.by_card)


def _ask(stop: Stop) -> None:
    """For the worker: the same, among what this person asked for. Last, because it is encrypted."""
    if stop.erase:
        ChangeWanted.objects.create(participation=stop.participation, wanted=ERASE, asked_at=stop.received_at)


STEPS: dict[str, Callable[[Stop], None]] = {
    "record": _record,
    "light": _light,
    "case": _case,
    "wish": _wish,
    "ask": _ask,
}
"""In this order; nothing is done before the answers and the ledger say that it was stopped."""


def _post_on(number: int) -> None:
    """Sends the mail without making the person wait for a slow mail server."""
    if settings.MAIL_IN_BACKGROUND:
        threading.Thread(target=_post_and_close, args=[number], daemon=True).start()
    else:
        post(number)


def _post_and_close(number: int) -> None:
    try:
        post(number)
    finally:
        connection.close()


def post(number: int) -> None:
    """Tells staff, once, and notes that nothing is left to do. A mail that fails is tried again by the jobs."""
    stop = Stop.objects.filter(pk=number, finished_at__isnull=True).select_related("participation__story").first()
    if stop is None or set(STEPS) - set(stop.done):
        return
    wishes = stop.erase or leaving_of(stop.participation) is not None
    tells = stop.kind != EventKind.PAUSED and (bool(stop.answered_uses) or wishes)
    if not tells or cases.is_being_erased(stop.participation.story_id) or mail.tell(stop):
        Stop.objects.filter(pk=number).update(finished_at=database_now())

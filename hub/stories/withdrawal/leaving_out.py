"""Somebody wants their words out, and the others may go on without them: dark first, then a case that says what to do.

`receive` writes one row and commits; the database takes the story off the site by itself. What follows is done once,
step by step, and continued by the jobs. Refuses somebody who is alone in a story: that is erasing it.
"""

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q

from hub.database_clock import database_now
from hub.left_out import each
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.ledger import verb
from hub.stories.light import lock, relight
from hub.stories.models import (
    CaseLine,
    LeavingOut,
    PrivateLink,
    Stop,
    StoryParticipant,
    StoryWithout,
    TakenBack,
    WithdrawalCase,
)
from hub.stories.review import taking_back
from hub.stories.rule import GivenBy
from hub.stories.withdrawal import cases, stopping
from hub.stories.withdrawal.looking_after import check_may_decide
from hub.stories.withdrawal.who_leaves import (
    ERASE_OLD_LINE,
    LEAVE_LINE,
    leaving_of,
    new_story_of,
    others_in,
    participation_of,
    standing_in,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)
State, Channel = CaseLine.State, WithdrawalCase.Channel
STAYS = "They changed their mind: their words may stay, and they are asked again"


class CannotLeave(Exception):
    """The sentence says why, and what to do instead."""


def leave(link: PrivateLink) -> LeavingOut:
    """From their own page: out with my words. Raises TheirOwnDecision, and CannotLeave for who is alone in it."""
    check_may_decide(link)
    participation = link.participation
    leaving = receive(participation, given_by=GivenBy(link.given_by), by_card=link.opened_by_code)
    return follow_up(leaving)


def leave_for(participation: StoryParticipant, *, by: "User") -> LeavingOut:
    """They told a member of staff. Raises CannotLeave."""
    return follow_up(receive(participation, by=by))


@verb
def receive(
    participation: StoryParticipant,
    *,
    given_by: GivenBy = GivenBy.SELF,
    by: "User | None" = None,
    by_card: bool = False,
) -> LeavingOut:
    """Takes the story off the site, now, and keeps that they want to leave it. Asking twice asks once."""
    lock(participation.story_id)
    standing = standing_in(participation.story_id).filter(participant_code=participation.participant.code).first()
    if standing is not None:
        return standing
    if not others_in(participation).exists():
        raise CannotLeave("Nobody else is in this story. To leave their words out is to erase it.")
    if new_story_of(participation.story_id) is not None:
        raise CannotLeave("A new story has been made from this one already. Open that one, and do it there.")
    return LeavingOut.objects.create(
        story_number=participation.story_id,
        participant_code=participation.participant.code,
        given_by=given_by,
        by=by,
        by_card=by_card,
    )


def follow_up(leaving: LeavingOut) -> LeavingOut:
    """Ends every yes of theirs and opens the case. A step that fails is logged and tried again. Raises nothing."""
    for step in (_stop, _open_case):
        try:
            step(leaving)
        except Exception:
            logger.exception("%s: a step failed. The story is dark; it is tried again.", leaving)
    leaving.refresh_from_db()
    return leaving


def go_on(now: datetime) -> int:
    """Job: does what has still to follow from somebody's wish to leave. Returns how many are done now."""
    left = Q(stopped_at__isnull=True) | Q(followed_at__isnull=True)
    waiting = LeavingOut.objects.filter(left, stays_at__isnull=True, finished_at__isnull=True).order_by("pk")
    followed = each(waiting, follow_up, of="the wishes to leave gone on with")
    return sum(not LeavingOut.objects.filter(left, pk=leaving.pk).exists() for leaving in followed)


def _stop(leaving: LeavingOut) -> None:
    stop = _receive_stop(leaving)
    if stop is not None:
        stopping.follow_up(stop)


@verb
def _receive_stop(leaving: LeavingOut) -> Stop | None:
    """The same as a withdrawal of every use, once."""
    lock(leaving.story_number)
    participation = participation_of(leaving)
    mine = LeavingOut.objects.filter(pk=leaving.pk, stopped_at__isnull=True)
    if participation is None or not mine.update(stopped_at=database_now()):
        return None
    return stopping.receive(
        participation, EventKind.WITHDRAWN, given_by=leaving.given_by, by=leaving.by, by_card=leaving.by_card
    )


@verb
def _open_case(leaving: LeavingOut) -> None:
    lock(leaving.story_number)
    participation = participation_of(leaving)
    if participation is None or not LeavingOut.objects.filter(pk=leaving.pk, followed_at__isnull=True).exists():
        return
    taking_back.note_in_ledger(leaving.story_number, by=leaving.by)
    own = Channel.CARD_CODE if leaving.by_card else Channel.OWN_PAGES
    case = cases.case_of(participation, Channel.STAFF if leaving.by else own)
    cases.look_again(case)
    cases.write_line(case, *LEAVE_LINE, State.TO_DO)
    cases.write_line(case, *ERASE_OLD_LINE, State.TO_DO)
    for other in others_in(participation).select_related("participant"):
        code = other.participant.code
        cases.write_line(case, f"tell-{code}", f"Tell {code}: this story is being looked at again", State.TO_DO)
    LeavingOut.objects.filter(pk=leaving.pk).update(followed_at=database_now())


def stay_after_all(link: PrivateLink) -> None:
    """From their own page: my words may stay. Raises TheirOwnDecision, and CannotLeave when it is too late."""
    check_may_decide(link)
    leaving = leaving_of(link.participation)
    if leaving is not None:
        stay(leaving)


@verb
def stay(leaving: LeavingOut, *, by: "User | None" = None) -> None:
    """They changed their mind, while there is no new story. Their yes stays ended: they have to be asked again.

    Raises CannotLeave when it is too late, and for staff who would decide over somebody's own wish.
    """
    lock(leaving.story_number)
    if new_story_of(leaving.story_number) is not None:
        raise CannotLeave("There is a new story without these words already, so they cannot be left in any more.")
    if by is not None and leaving.by_id is None:
        raise CannotLeave("They asked for this themselves. Only they can say that their words may stay.")
    mine = standing_in(leaving.story_number).filter(pk=leaving.pk)
    if not mine.update(stays_at=database_now()):
        return
    lines = CaseLine.objects.filter(
        case__story_number=leaving.story_number, case__participant_code=leaving.participant_code
    )
    lines.filter(target__in=[LEAVE_LINE[0], ERASE_OLD_LINE[0]], state=State.TO_DO).update(
        description=STAYS, state=State.DONE, at=database_now(), by=by
    )
    if not standing_in(leaving.story_number).exists():
        StoryWithout.objects.filter(story_number=leaving.story_number).delete()
        left = taking_back.standing(leaving.story_number).filter(why=TakenBack.Why.LEFT)
        if left.update(ended_at=database_now(), ended_by=by):
            ledger.write_of_story(EventKind.SHOWN_AGAIN, leaving.story_number, by=by, at=database_now())
    relight(leaving.story_number)

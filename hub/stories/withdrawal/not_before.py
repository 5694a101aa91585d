"""A first day that somebody chose: nobody sees their words before it. When it comes, the rule is asked anew.

Dark first: the row that is written takes the light itself. Refuses a guardian from whom the decision has passed.
"""

from datetime import date, datetime, time

from django.utils import timezone

from hub.database_clock import database_now
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.ledger import verb
from hub.stories.light import days_chosen, lock, publish_when_agreed, relight
from hub.stories.models import NotBefore, PrivateLink, StoryParticipant
from hub.stories.rule import GivenBy
from hub.stories.withdrawal.looking_after import check_may_decide


def day_of(link: PrivateLink) -> datetime | None:
    """The first moment of the day this voice chose; None when there is none, or it has come."""
    chosen = _chosen(link.participation, by_guardian=link.given_by == GivenBy.GUARDIAN)
    return timezone.localtime(chosen) if chosen and chosen > timezone.now() else None


@verb
def not_before(link: PrivateLink, day: date) -> None:
    """Nobody sees the story before `day`. Raises TheirOwnDecision, and ValueError for a day that is not to come."""
    check_may_decide(link)
    if day <= timezone.localdate():
        raise ValueError("Choose a day that is still to come.")
    starts_at = timezone.make_aware(datetime.combine(day, time.min))
    lock(link.participation.story_id)
    if _chosen(link.participation, by_guardian=link.given_by == GivenBy.GUARDIAN) != starts_at:
        _write(link, EventKind.NOT_BEFORE, starts_at)
        relight(link.participation.story_id)


@verb
def from_any_day(link: PrivateLink) -> None:
    """Takes one's own day away. The story comes back only if everything else holds. Twice does no harm."""
    check_may_decide(link)
    lock(link.participation.story_id)
    if _chosen(link.participation, by_guardian=link.given_by == GivenBy.GUARDIAN) is not None:
        _write(link, EventKind.ANY_DAY, None)
        relight(link.participation.story_id)
        publish_when_agreed(link.participation.story_id)


def carry(old: StoryParticipant, new: StoryParticipant) -> None:
    """Whoever stays in the story that goes on keeps the day they chose."""
    for (_, code, by_guardian), starts_at in days_chosen([old.story_id]).items():
        if code == old.participant.code and starts_at is not None:
            given_by = GivenBy.GUARDIAN if by_guardian else GivenBy.SELF
            NotBefore.objects.create(
                story_number=new.story_id, participant_code=code, given_by=given_by, starts_at=starts_at
            )
            ledger.write_of_person(EventKind.NOT_BEFORE, new, by=None, at=database_now(), given_by=given_by)


def _chosen(participation: StoryParticipant, *, by_guardian: bool) -> datetime | None:
    days = days_chosen([participation.story_id])
    return days.get((participation.story_id, participation.participant.code, by_guardian))


def _write(link: PrivateLink, kind: EventKind, starts_at: datetime | None) -> None:
    person = link.participation
    NotBefore.objects.create(
        story_number=person.story_id,
        participant_code=person.participant.code,
        given_by=link.given_by,
        starts_at=starts_at,
    )
    ledger.write_of_person(kind, person, by=None, at=database_now(), given_by=link.given_by)

"""How old is somebody now? Noted after a birthday that counts; then they are asked again, in words for their age.

Brings no old answer back: each was ended, when it was given, on the day of that birthday.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hub.database_clock import database_now
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.ledger import verb
from hub.stories.light import lock, relight
from hub.stories.models import Participant
from hub.stories.rule import AgeBand

if TYPE_CHECKING:
    from django.contrib.auth.models import User

YEARS_UNTIL_ASKED_AGAIN = {AgeBand.UNDER_12: 12, AgeBand.AGE_12_15: 4, AgeBand.AGE_16_17: 2}
"""How many years somebody of this age can at most have until they are asked again."""
NEXT_BIRTHDAY = {AgeBand.UNDER_12: 12, AgeBand.AGE_12_15: 16, AgeBand.AGE_16_17: 18}


@verb
def note_age(
    participant: Participant, *, age_band: AgeBand, reask_at: datetime | None, by: "User | None" = None
) -> None:
    """Notes how old somebody is now. Each of their stories is asked about again; an answer that has ended stays ended.

    Raises ValueError for somebody under 18 without a day to come on which they are asked again.
    """
    check_reask_day(age_band, reask_at)
    story_ids = list(participant.participations.order_by("story_id").values_list("story_id", flat=True))
    for story_id in story_ids:
        lock(story_id)
    Participant.objects.filter(pk=participant.pk).update(age_band=age_band, reask_at=reask_at)
    for participation in participant.participations.select_related("participant").order_by("story_id"):
        ledger.write_of_person(EventKind.AGE_NOTED, participation, by=by, at=database_now())
    for story_id in story_ids:
        relight(story_id)


def check_reask_day(age_band: AgeBand, reask_at: datetime | None) -> None:
    """Raises ValueError with a sentence for a day that cannot be when somebody of this age turns 12, 16 or 18."""
    now = timezone.now()
    years = YEARS_UNTIL_ASKED_AGAIN.get(age_band)
    if years is None:
        if reask_at is not None:
            raise ValueError("This day is for people under 18. Leave it empty, or choose their age again.")
        return
    if reask_at is None or reask_at <= now:
        raise ValueError("Give the day, still to come, on which they turn 12, 16 or 18.")
    if reask_at > now + timedelta(days=366 * years):
        raise ValueError(
            f"At this age they turn {NEXT_BIRTHDAY[age_band]} within {years} years. "
            f"{timezone.localtime(reask_at):%-d %B %Y} is later than that."
        )

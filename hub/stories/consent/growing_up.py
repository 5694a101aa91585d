"""How old is somebody now? Noted after a birthday that counts; then they are asked again, in words for their age.

Brings no old answer back: each was ended, when it was given, on the day of that birthday.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hub.database_clock import database_now
from hub.law import AgeBand, Law
from hub.law.in_words import birthdays
from hub.partners.law import law_now
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.ledger import verb
from hub.stories.light import lock, relight
from hub.stories.models import Participant

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NO_SUCH_AGE = "The law of this place does not tell this age apart. Choose their age again."
ONLY_FOR_THE_YOUNG = "This day is for people under {grown_up}. Leave it empty, or choose their age again."


def day_to_come(law: Law) -> str:
    """What to type, said to whoever left it out or gave a day that is over."""
    return f"Give the day, still to come, on which they turn {birthdays(law)}."


@verb
def note_age(
    participant: Participant, *, age_band: AgeBand, reask_at: datetime | None, by: "User | None" = None
) -> None:
    """Notes how old somebody is now. Each of their stories is asked about again; an answer that has ended stays ended.

    Raises ValueError for somebody young without a day to come on which they are asked again.
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
    """Raises ValueError with a sentence for a day that cannot be the birthday that ends this age under the law here."""
    now, law = timezone.now(), law_now()
    if age_band == AgeBand.UNKNOWN and reask_at is None:
        return
    if law is None or (age_band != AgeBand.UNKNOWN and law.age(age_band) is None):
        raise ValueError(NO_SUCH_AGE)
    if age_band.ends_at is None:
        if reask_at is not None:
            raise ValueError(ONLY_FOR_THE_YOUNG.format(grown_up=law.grown_up_at))
        return
    if reask_at is None or reask_at <= now:
        raise ValueError(day_to_come(law))
    years = age_band.ends_at - age_band.first
    if reask_at > now + timedelta(days=366 * years):
        raise ValueError(
            f"At this age they turn {age_band.ends_at} within {years} years. "
            f"{timezone.localtime(reask_at):%-d %B %Y} is later than that."
        )

"""How old is somebody now? Noted after a birthday that counts; then they are asked again, in words for their age.

Brings no old answer back: each was ended, when it was given, on the day of that birthday.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from hub.stories.lighting import lock, relight
from hub.stories.models import Participant
from hub.stories.rule import AgeBand


@transaction.atomic
def note_age(participant: Participant, *, age_band: AgeBand, reask_at: datetime | None) -> None:
    """Notes how old somebody is now. Each of their stories is asked about again; an answer that has ended stays ended.

    Raises ValueError for somebody under 18 without a day to come on which they are asked again.
    """
    grown = age_band in {AgeBand.ADULT, AgeBand.UNKNOWN}
    if not grown and (reask_at is None or reask_at <= timezone.now()):
        raise ValueError("Give the day, still to come, on which they turn 12, 16 or 18.")
    story_ids = list(participant.participations.order_by("story_id").values_list("story_id", flat=True))
    for story_id in story_ids:
        lock(story_id)
    Participant.objects.filter(pk=participant.pk).update(age_band=age_band, reask_at=None if grown else reask_at)
    for story_id in story_ids:
        relight(story_id)

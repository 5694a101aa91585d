"""When a story is erased, its cards and addresses still open a page: that it is done, and when. Then nothing more.

Two steps of erasure/steps.py. Keeps of a card only what can be compared with it, a number and a code, as long as the
proofs. Refuses links that were made to answer: there is nothing left to answer.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from hub.database_clock import database_now
from hub.link_keys import hashes_of
from hub.partners.law import proof_kept
from hub.stories.family.links import BY_CODE_FOR, code_in, key_to, number_in
from hub.stories.models import CaseLine, Farewell, PrivateLink, StoryWithout, WithdrawalCase
from hub.stories.withdrawal import ERASE_OLD_LINE, LEAVE_LINE, standing_in

PREFIX = "f."


def remember_cards(story_number: int, by: Any) -> None:
    """Step: every card that leads to this story will say that it is erased. Who goes on has taken theirs along."""
    leavers = set(standing_in(story_number).values_list("participant_code", flat=True))
    cards = PrivateLink.objects.filter(participation__story_id=story_number, purpose=PrivateLink.Purpose.KEEP)
    for card in cards.select_related("participation__participant"):
        person = card.participation.participant
        Farewell.objects.get_or_create(
            address_hash=card.address_hash,
            defaults={
                "code_hash": card.code_hash,
                "key_name": card.key_name,
                "story_number": story_number,
                "participant_code": person.code,
                "partner": person.partner,
                "left": person.code in leavers,
                "given_by": card.given_by,
                "language": card.language,
                "keep_until": timezone.now() + proof_kept(),
            },
        )


def forget_where_it_went(story_number: int, by: Any) -> None:
    """Step: what a worker had written so far, and the number of the new story, go with the old one."""
    now = database_now()
    lines = CaseLine.objects.filter(
        case__story_number=story_number,
        case__participant_code__in=standing_in(story_number).values("participant_code"),
        state=CaseLine.State.TO_DO,
    )
    lines.filter(target=ERASE_OLD_LINE[0]).update(state=CaseLine.State.REMOVED, at=now, by=by)
    lines.filter(target=LEAVE_LINE[0]).update(state=CaseLine.State.DONE, at=now, by=by)
    StoryWithout.objects.filter(story_number=story_number).delete()
    standing_in(story_number).update(finished_at=now)


def find(key: str) -> Farewell | None:
    """What an address, or what a code led to, opens now that its story is erased. None for anything else."""
    cards = Farewell.objects.select_related("partner")
    if key.startswith(PREFIX):
        return cards.filter(pk=number_in(key, lasts=BY_CODE_FOR)).first()
    return cards.filter(address_hash__in=hashes_of(key)).first()


def by_code(typed: str) -> str | None:
    """A key for the next hour, for the code of a card whose story is erased."""
    found = Farewell.objects.filter(code_hash__in=hashes_of(code_in(typed))).first()
    return key_to(PREFIX, found.pk) if found else None


def erased_at(farewell: Farewell) -> datetime | None:
    """When nothing was left of the story; None while that still goes on."""
    cases = WithdrawalCase.objects.filter(story_number=farewell.story_number, erased_at__isnull=False)
    return cases.order_by("erased_at").values_list("erased_at", flat=True).first()


def forget_old(now: datetime) -> int:
    """Job: deletes what is kept of a card when the proofs go too."""
    deleted, _ = Farewell.objects.filter(keep_until__lt=now).delete()
    return deleted

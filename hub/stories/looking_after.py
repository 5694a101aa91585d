"""What somebody may do with their words later, no reason asked: pause, go on, stop one use or all, erase.

From 12 on the answer is the person's own (Data Protection Act 2018 s.208): a guardian's link then refuses.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from hub.stories import withdrawals
from hub.stories.choices import Use
from hub.stories.lighting import lock
from hub.stories.models import ChangeWanted, Consent, PrivateLink
from hub.stories.operations import hold, release, withdraw
from hub.stories.rule import AgeBand, Decision, GivenBy

ERASE = "Erase everything about me in this story."


class TheirOwnDecision(Exception):
    """A guardian tried to decide for somebody old enough to decide."""


def check_may_decide(link: PrivateLink) -> None:
    """Raises TheirOwnDecision unless whoever holds `link` may still decide for the person."""
    if link.given_by == GivenBy.GUARDIAN and link.participation.participant.age_band != AgeBand.UNDER_12:
        raise TheirOwnDecision


def standing(link: PrivateLink) -> list[Consent]:
    """Every yes of this person that stands, paused or not."""
    return list(link.participation.consents.filter(decision=Decision.GIVEN).order_by("pk"))


def own_voice(link: PrivateLink) -> list[Consent]:
    """Every yes that stands and was given by whoever holds `link`: a child's or their guardian's, not the other's."""
    by_guardian = link.given_by == GivenBy.GUARDIAN
    return [consent for consent in standing(link) if (consent.given_by == GivenBy.GUARDIAN) == by_guardian]


@transaction.atomic
def pause(link: PrivateLink) -> None:
    """Pauses every use. The story is dark on the next request, and nothing is lost.

    Of a child under 12 and their guardian each pauses for themself, so that neither can end the other's pause.
    """
    check_may_decide(link)
    lock(link.participation.story_id)
    for consent in own_voice(link):
        if consent.held_at is None:
            hold(consent)


@transaction.atomic
def go_on(link: PrivateLink) -> None:
    """Ends one's own pause. The story comes back only if everything else still holds."""
    check_may_decide(link)
    lock(link.participation.story_id)
    for consent in own_voice(link):
        if consent.held_at is not None:
            release(consent)


@transaction.atomic
def stop(link: PrivateLink, *, uses: Iterable[Use] = tuple(Use)) -> None:
    """Takes the yes back, for all uses or some. Doing it twice does no harm."""
    check_may_decide(link)
    withdraw(link.participation, uses=uses)
    if link.opened_by_code:
        withdrawals.came_by_card(link.participation)


@transaction.atomic
def ask_for_erasure(link: PrivateLink) -> None:
    """Stops every use now, and asks the partner to erase what is kept. Asking twice asks once."""
    stop(link)
    waiting = ChangeWanted.objects.filter(participation=link.participation, done_at__isnull=True)
    if not any(change.wanted == ERASE for change in waiting):
        ChangeWanted.objects.create(participation=link.participation, wanted=ERASE, asked_at=timezone.now())
        withdrawals.note_wish_to_erase(link.participation, by_card=link.opened_by_code)

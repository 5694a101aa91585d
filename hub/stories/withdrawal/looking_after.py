"""What somebody may do with their words later, no reason asked: pause, go on, stop, ask for a change, erase.

From the age at which the law has the answer be the person's own, a guardian's link refuses.
"""

from collections.abc import Iterable

from django.utils import timezone

from hub.encryption import CannotOpen
from hub.law import with_guardian
from hub.stories.choices import EventKind, Use
from hub.stories.consent import end_pause
from hub.stories.ledger import verb
from hub.stories.light import lock
from hub.stories.models import ChangeWanted, Consent, PrivateLink
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal import cases, stopping


class TheirOwnDecision(Exception):
    """A guardian tried to decide for somebody old enough to decide."""


def check_may_decide(link: PrivateLink) -> None:
    """Raises TheirOwnDecision unless whoever holds `link` may still decide for the person."""
    if link.given_by == GivenBy.GUARDIAN and not with_guardian(link.participation.participant.age_band):
        raise TheirOwnDecision


def standing(link: PrivateLink) -> list[Consent]:
    """Every yes of this person that stands, paused or not."""
    return list(link.participation.consents.filter(decision=Decision.GIVEN).order_by("pk"))


def own_voice(link: PrivateLink) -> list[Consent]:
    """Every yes that stands and was given by whoever holds `link`: a child's or their guardian's, not the other's."""
    by_guardian = link.given_by == GivenBy.GUARDIAN
    return [consent for consent in standing(link) if (consent.given_by == GivenBy.GUARDIAN) == by_guardian]


def pause(link: PrivateLink, *, uses: Iterable[Use] = tuple(Use)) -> None:
    """Pauses all uses or some. A paused website is dark on the next request, and nothing is lost.

    Of a child and the guardian asked with them each pauses for themself, so that neither can end the other's pause.
    """
    check_may_decide(link)
    _stop(link, EventKind.PAUSED, uses=uses)


@verb
def go_on(link: PrivateLink, *, uses: Iterable[Use] = tuple(Use)) -> None:
    """Ends one's own pause. The story comes back only if everything else still holds."""
    check_may_decide(link)
    lock(link.participation.story_id)
    for consent in own_voice(link):
        if consent.held_at is not None and consent.use in set(uses):
            end_pause(consent)


def stop(link: PrivateLink, *, uses: Iterable[Use] = tuple(Use)) -> None:
    """Takes the yes back, for all uses or some. Doing it twice does no harm."""
    check_may_decide(link)
    _stop(link, EventKind.WITHDRAWN, uses=uses)


def ask_for_erasure(link: PrivateLink) -> None:
    """Stops every use now, and asks the partner to erase what is kept. Asking twice asks once."""
    check_may_decide(link)
    _stop(link, EventKind.WITHDRAWN, uses=tuple(Use), erase=not cases.asked_to_erase(link.participation))


def _stop(link: PrivateLink, kind: EventKind, *, uses: Iterable[Use], erase: bool = False) -> None:
    stopping.follow_up(
        stopping.receive(
            link.participation,
            kind,
            uses=uses,
            given_by=link.given_by,
            erase=erase,
            by_card=link.opened_by_code,
        )
    )


@verb
def ask_for_a_change(link: PrivateLink, wanted: str) -> None:
    """Asks the partner to change something. What is shown stays as it is until everyone agrees to other words."""
    check_may_decide(link)
    _wish(link, wanted)


@verb
def ask_to_be_asked(link: PrivateLink, use: Use) -> None:
    """Somebody would like a question again. A yes is given with the exact words before it, so not here."""
    check_may_decide(link)
    _wish(link, wish_to_be_asked(use))


def wish_to_be_asked(use: Use) -> str:
    """The words by which a worker is told."""
    return f"Ask me again about: {use.label}."


def wishes_that_wait(link: PrivateLink) -> set[str]:
    """What this person has asked for and the partner has not yet done; nothing while the key to it is lost."""
    waiting = ChangeWanted.objects.filter(participation=link.participation, done_at__isnull=True)
    try:
        return {change.wanted for change in waiting}
    except CannotOpen:
        return set()


def _wish(link: PrivateLink, wanted: str) -> None:
    """Notes it for the partner, unless the same still waits."""
    lock(link.participation.story_id)
    if wanted not in wishes_that_wait(link):
        ChangeWanted.objects.create(participation=link.participation, wanted=wanted, asked_at=timezone.now())

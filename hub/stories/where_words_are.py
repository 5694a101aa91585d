"""Where somebody's words are, said to them: one card a use, with its state, until when, and what they may do about it.

Says nothing about anybody else: when the story is not shown, never who stopped it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from hub.stories.choices import Use
from hub.stories.looking_after import wish_to_be_asked, wishes_that_wait
from hub.stories.models import Consent, PrivateLink
from hub.stories.receipts import answers_of, day
from hub.stories.rule import Decision

STOP, PAUSE = ("stop-one", "Stop this"), ("pause-one", "Pause")
GO_ON, ASK_AGAIN = ("go-on-one", "End the pause"), ("ask-again", "Ask me again")


@dataclass(frozen=True, slots=True)
class UseInWords:
    """One use: its title, the state in a few words, a sentence about it, and the acts that are open."""

    use: str
    title: str
    status: str
    strand: str
    sentence: str
    acts: tuple[tuple[str, str], ...]


def where_words_are(link: PrivateLink, *, is_shown: bool) -> list[UseInWords]:
    """A card for each use that this person was asked about, in the order they were asked."""
    now, waiting = timezone.now(), wishes_that_wait(link)
    cards = [_card(consent, is_shown=is_shown, now=now) for consent in answers_of(link)]
    return [
        replace(card, sentence=f"{card.sentence} You would like us to ask you again.", acts=())
        if wish_to_be_asked(Use(card.use)) in waiting
        else card
        for card in cards
    ]


def _card(consent: Consent, *, is_shown: bool, now: datetime) -> UseInWords:
    status, strand, sentence, acts = (
        _yes(consent, is_shown=is_shown, now=now) if consent.decision == Decision.GIVEN else _no_yes(consent)
    )
    return UseInWords(consent.use, str(Use(consent.use).label), status, strand, sentence, acts)


Said = tuple[str, str, str, tuple[tuple[str, str], ...]]


def _yes(consent: Consent, *, is_shown: bool, now: datetime) -> Said:
    """The state of a yes that was not taken back."""
    until = day(consent.expires_at)
    if consent.held_at:
        return "Paused", "gorse", "Nobody can use it for now.", (GO_ON, STOP)
    if consent.expires_at is None or consent.expires_at <= now:
        return "Your yes has ended", "haar", "We do not use it. We may ask you again.", (ASK_AGAIN,)
    if consent.use != Use.WEBSITE:
        return "You said yes", "kelp", f"Your yes ends on {until}. We ask you before then.", (PAUSE, STOP)
    if is_shown:
        return "Showing", "kelp", f"Anyone can read it here. Your yes ends on {until}.", (PAUSE, STOP)
    if consent.not_before and consent.not_before > now:
        sentence = f"It is not shown before {day(consent.not_before)}. That is your time to think."
    else:
        sentence = "It is not shown now. It is shown when everyone has said yes and we have checked it."
    return "You said yes", "kelp", sentence, (PAUSE, STOP)


def _no_yes(consent: Consent) -> Said:
    """The state of everything else."""
    match consent.decision:
        case Decision.REFUSED:
            return "You said no", "haar", "We do not use it.", (ASK_AGAIN,)
        case Decision.DEFERRED:
            return "Not now", "haar", "We do not use it. We may ask you another time.", (ASK_AGAIN,)
        case Decision.REQUESTED:
            return "No answer yet", "gorse", "We do not use it until you say yes.", ()
        case Decision.WITHDRAWN:
            return "You told us to stop", "haar", "We do not use it any more.", (ASK_AGAIN,)
    return "No longer counts", "haar", "We do not use it. We may ask you again.", (ASK_AGAIN,)

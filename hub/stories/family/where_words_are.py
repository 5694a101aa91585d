"""Where somebody's words are, said to them: one card a use, with its state, until when, and what they may do about it.

Says nothing about anybody else: when the story is not shown, never who stopped it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from hub.stories.choices import ONLY_IF_ON_THE_WEBSITE, EventKind, SentBack, Use
from hub.stories.family.questions import SENT_BACK, WHO_SEES
from hub.stories.family.receipts import answers_of, day
from hub.stories.light import is_hidden
from hub.stories.models import CaseLine, Consent, ModerationDecision, PrivateLink, StoryParticipant, WithdrawalCase
from hub.stories.rule import Decision
from hub.stories.withdrawal import others_in, somebody_leaves, wish_to_be_asked, wishes_that_wait

State = CaseLine.State
STOP, PAUSE = ("stop-one", "Stop this"), ("pause-one", "Pause")
GO_ON, ASK_AGAIN = ("go-on-one", "End the pause"), ("ask-again", "Ask me again")


@dataclass(frozen=True, slots=True)
class UseInWords:
    """One use: title, state in a few words, a sentence about it, the acts that are open; of a yes, who sees it."""

    use: str
    title: str
    status: str
    strand: str
    sentence: str
    acts: tuple[tuple[str, str], ...]
    who: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class WhereItWas:
    """One place their words were in, and what became of them there."""

    name: str
    became: str


GONE = {
    State.REMOVED: "Gone",
    State.DONE: "Done",
    State.TOLD: "Done",
    State.CANNOT_BE_RECALLED: "We cannot get it back",
}


def places_gone_dark(link: PrivateLink) -> list[WhereItWas]:
    """What became of each place since this person last stopped or paused, with the time. Proof for them to keep.

    Written by the same steps that take it down, so that nothing is said before it is so.
    """
    person = link.participation
    stop = person.stops.order_by("-pk").first()
    if stop is None or not (person.consents.filter(held_at__isnull=False).exists() or stop.kind == EventKind.WITHDRAWN):
        return []
    places = [WhereItWas("This website", f"Off since {_moment(stop.received_at)}")] if Use.WEBSITE in stop.uses else []
    case = (
        WithdrawalCase.objects.filter(
            story_number=person.story_id, participant_code=person.participant.code, received_at__gte=stop.received_at
        ).last()
        or WithdrawalCase.objects.filter(
            story_number=person.story_id, participant_code=person.participant.code, closed_at__isnull=True
        ).last()
    )
    if case is None or stop.kind != EventKind.WITHDRAWN:
        return places
    ours = Q(target__startswith="tell-") | Q(target__startswith="erase-") | Q(target__startswith="leave-")
    lines = case.lines.exclude(ours)
    return places + [WhereItWas(line.description, _became(line)) for line in lines]


def _became(line: CaseLine) -> str:
    if line.is_open:
        return "Not done yet. We are at it"
    return f"{GONE[CaseLine.State(line.state)]}: {_moment(line.at)}"


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M:%S}"


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


def is_looked_at_again(participation: StoryParticipant) -> bool:
    """Whether somebody else has stopped or left this story, or it is a new one that they have not been asked about."""
    if not participation.consents.exists():
        return True
    others = Consent.objects.filter(participation__in=others_in(participation), use=Use.WEBSITE)
    over = Q(decision__in=[Decision.WITHDRAWN, Decision.REVOKED]) | Q(decision=Decision.GIVEN, held_at__isnull=False)
    return somebody_leaves(participation.story_id) or others.filter(over).exists()


@dataclass(frozen=True, slots=True)
class LookedAtAgain:
    """A moderator sent these words back; `why` in sentences that blame nobody."""

    why: tuple[str, ...]


def sent_back(link: PrivateLink) -> LookedAtAgain | None:
    """Why a moderator sent back the words this person was asked about; None when the last decision was another.

    Nothing of it while the story is hidden, nor about a draft that they have never been shown.
    """
    decisions = link.participation.story.decisions.exclude(outcome=ModerationDecision.Outcome.ON_HOLD)
    last = decisions.order_by("decided_at", "pk").last()
    if last is None or last.outcome != ModerationDecision.Outcome.RETURNED or is_hidden(link.participation.story_id):
        return None
    if not link.participation.consents.filter(content_hash=last.content_hash).exists():
        return None
    return LookedAtAgain(tuple(SENT_BACK[SentBack(why)] for why in last.told_people))


def _card(consent: Consent, *, is_shown: bool, now: datetime) -> UseInWords:
    status, strand, sentence, acts = (
        _yes(consent, is_shown=is_shown, now=now) if consent.decision == Decision.GIVEN else _no_yes(consent)
    )
    title, is_yes = str(Use(consent.use).label), consent.decision == Decision.GIVEN
    who, since = (WHO_SEES[Use(consent.use)], day(consent.given_at)) if is_yes else ("", "")
    return UseInWords(consent.use, title, status, strand, sentence, acts, who, since)


Said = tuple[str, str, str, tuple[tuple[str, str], ...]]


def _yes(consent: Consent, *, is_shown: bool, now: datetime) -> Said:
    """The state of a yes that was not taken back."""
    until = day(consent.expires_at)
    if consent.held_at:
        return "Paused", "gorse", "Nobody can use it for now.", (GO_ON, STOP)
    if consent.expires_at is None or consent.expires_at <= now:
        return "Your yes has ended", "haar", "We do not use it. We may ask you again.", (ASK_AGAIN,)
    if consent.use in ONLY_IF_ON_THE_WEBSITE and not is_shown:
        return "You said yes", "kelp", f"Only while it is on this website. Your yes ends on {until}.", (PAUSE, STOP)
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

"""Where somebody's words are, said to them: one card a use, with its state, until when, and what they may do about it.

Says nothing about anybody else: when the story is not shown, never who stopped it.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hub.screen_languages import IN_ENGLISH, spoken_now
from hub.stories.choices import ONLY_IF_ON_THE_WEBSITE, EventKind, SentBack, Use
from hub.stories.family.in_their_language import label_of, translated, used_in_words
from hub.stories.family.questions import SENT_BACK, WHO_SEES
from hub.stories.family.receipts import answers_of, day, moment
from hub.stories.light import is_hidden
from hub.stories.models import (
    CaseLine,
    Consent,
    ModerationDecision,
    PrivateLink,
    StoryParticipant,
    StoryUse,
    WithdrawalCase,
)
from hub.stories.rule import Decision
from hub.stories.withdrawal import others_in, somebody_leaves, wish_to_be_asked, wishes_that_wait

State = CaseLine.State
STOP, PAUSE, GO_ON, ASK_AGAIN = "stop-one", "pause-one", "go-on-one", "ask-again"
ACTS_IN_WORDS = {STOP: "Stop this", PAUSE: "Pause", GO_ON: "End the pause", ASK_AGAIN: "Ask me again"}


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
    off = WhereItWas(_("This website"), _("Off since %(moment)s") % {"moment": _moment(stop.received_at)})
    places = [off] if Use.WEBSITE in stop.uses else []
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
    return places + [WhereItWas(_named(line), _became(line)) for line in lines]


def _became(line: CaseLine) -> str:
    if line.is_open:
        return _("Not done yet. We are at it")
    return f"{translated(GONE[CaseLine.State(line.state)])}: {_moment(line.at)}"


def _named(line: CaseLine) -> str:
    """The place as it was written down, which is in English, said in the language of now."""
    number = line.target.removeprefix("used-")
    if spoken_now() == IN_ENGLISH or not number.isdecimal():
        return translated(line.description)
    used = StoryUse.objects.filter(pk=number, story_id=line.case.story_number).first()
    return used_in_words(used) if used else line.description


def _moment(at: datetime) -> str:
    return moment(at, "H:i:s")


def where_words_are(link: PrivateLink, *, is_shown: bool) -> list[UseInWords]:
    """A card for each use that this person was asked about, in the order they were asked."""
    now, waiting = timezone.now(), wishes_that_wait(link)
    cards = [_card(consent, is_shown=is_shown, now=now) for consent in answers_of(link)]
    again = _("You would like us to ask you again.")
    return [
        replace(card, sentence=f"{card.sentence} {again}", acts=())
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
    return LookedAtAgain(translated(tuple(SENT_BACK[SentBack(why)] for why in last.told_people)))


def _card(consent: Consent, *, is_shown: bool, now: datetime) -> UseInWords:
    status, strand, sentence, acts = (
        _yes(consent, is_shown=is_shown, now=now) if consent.decision == Decision.GIVEN else _no_yes(consent)
    )
    is_yes = consent.decision == Decision.GIVEN
    who, since = (translated(WHO_SEES[Use(consent.use)]), day(consent.given_at)) if is_yes else ("", "")
    in_words = tuple((act, translated(ACTS_IN_WORDS[act])) for act in acts)
    return UseInWords(consent.use, label_of(consent.use), status, strand, sentence, in_words, who, since)


Said = tuple[str, str, str, tuple[str, ...]]


def _yes(consent: Consent, *, is_shown: bool, now: datetime) -> Said:
    """The state of a yes that was not taken back."""
    until = {"day": day(consent.expires_at)}
    if consent.held_at:
        return _("Paused"), "gorse", _("Nobody can use it for now."), (GO_ON, STOP)
    if consent.expires_at is None or consent.expires_at <= now:
        return _("Your yes has ended"), "haar", _("We do not use it. We may ask you again."), (ASK_AGAIN,)
    if consent.use in ONLY_IF_ON_THE_WEBSITE and not is_shown:
        sentence = _("Only while it is on this website. Your yes ends on %(day)s.") % until
        return _("You said yes"), "kelp", sentence, (PAUSE, STOP)
    if consent.use != Use.WEBSITE:
        sentence = _("Your yes ends on %(day)s. We ask you before then.") % until
        return _("You said yes"), "kelp", sentence, (PAUSE, STOP)
    if is_shown:
        return _("Showing"), "kelp", _("Anyone can read it here. Your yes ends on %(day)s.") % until, (PAUSE, STOP)
    if consent.not_before and consent.not_before > now:
        first = {"day": day(consent.not_before)}
        sentence = _("It is not shown before %(day)s. That is your time to think.") % first
    else:
        sentence = _("It is not shown now. It is shown when everyone has said yes and we have checked it.")
    return _("You said yes"), "kelp", sentence, (PAUSE, STOP)


def _no_yes(consent: Consent) -> Said:
    """The state of everything else."""
    match consent.decision:
        case Decision.REFUSED:
            return _("You said no"), "haar", _("We do not use it."), (ASK_AGAIN,)
        case Decision.DEFERRED:
            return _("Not now"), "haar", _("We do not use it. We may ask you another time."), (ASK_AGAIN,)
        case Decision.REQUESTED:
            return _("No answer yet"), "gorse", _("We do not use it until you say yes."), ()
        case Decision.WITHDRAWN:
            return _("You told us to stop"), "haar", _("We do not use it any more."), (ASK_AGAIN,)
    return _("No longer counts"), "haar", _("We do not use it. We may ask you again."), (ASK_AGAIN,)

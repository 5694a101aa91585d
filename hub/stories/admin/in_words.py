"""What holds for one person about one use, in a sentence, with its day wherever one is meant."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from hub.law import with_guardian
from hub.stories.choices import Use
from hub.stories.last_line import YES
from hub.stories.models import StoryParticipant
from hub.stories.path import day, weekday
from hub.stories.reasons import Reason
from hub.stories.rule import Decision, GivenBy, PersonFacts, Verdict

ON_A_DAY = {
    Reason.COOLING_OFF: "They said yes, and can think it over until {}.",
    Reason.EXPIRED: "Their yes ran out on {}.",
    Reason.REFUSED: "They said no to this use on {}.",
    Reason.DEFERRED: "They said not now on {}.",
    Reason.NOT_ANSWERED: "They were asked on {}. There is no answer yet.",
    Reason.PAUSED: "They paused it on {}.",
    Reason.WITHDRAWN: "They said yes, and withdrew it on {}.",
    Reason.AGE_REASK: "They reached an age on {} at which they must be asked again.",
}
STATES = {
    Decision.REQUESTED: "Asked",
    Decision.GIVEN: "Said yes",
    Decision.REFUSED: "Said no",
    Decision.DEFERRED: "Said not now",
    Decision.WITHDRAWN: "Withdrew",
    Decision.REVOKED: "We ended it",
    Decision.INVALIDATED: "Found not valid",
    Decision.ENTERED_IN_ERROR: "Noted by mistake",
    Decision.SUPERSEDED: "Replaced by a newer answer",
}
"""What became of a question, as staff say it."""
STOPPED_BEFORE_A_YES = "They stopped it on {}, and had not said yes."


def in_words(answer: Verdict, person: PersonFacts) -> str:
    """Yes and until when, or every reason why not. `answer` is the rule's about `person` and one use."""
    if answer.allowed and answer.until:
        return f"Yes, until {day(timezone.localtime(answer.until))}."
    return " ".join(_with_its_day(gap.reason, person) for gap in answer.gaps)


def _with_its_day(reason: Reason, person: PersonFacts) -> str:
    last = max(_moments(reason, person), default=None)
    if last is None or reason not in ON_A_DAY:
        return reason.sentence
    here = timezone.localtime(last)
    never_said_yes = reason == Reason.WITHDRAWN and not _had_said_yes(person)
    sentence = STOPPED_BEFORE_A_YES if never_said_yes else ON_A_DAY[reason]
    return sentence.format(weekday(here) if reason == Reason.COOLING_OFF else day(here))


def _had_said_yes(person: PersonFacts) -> bool:
    """Whether a voice that withdrew had ever said yes: who was only asked can stop it too."""
    withdrawn = (consent for consent in person.consents if consent.decision == Decision.WITHDRAWN)
    return any(line.kind in YES for consent in withdrawn for line in consent.lines)


def _moments(reason: Reason, person: PersonFacts) -> Iterator[datetime]:
    """The moments at which `reason` came about; several when several voices spoke."""
    if reason == Reason.AGE_REASK and person.reask_at:
        yield person.reask_at
    said = {
        Reason.REFUSED: Decision.REFUSED,
        Reason.DEFERRED: Decision.DEFERRED,
        Reason.NOT_ANSWERED: Decision.REQUESTED,
    }
    for consent in person.consents:
        if consent.decision == said.get(reason) and consent.given_at:
            yield consent.given_at
        if reason == Reason.COOLING_OFF and consent.not_before:
            yield consent.not_before
        if reason == Reason.EXPIRED and consent.expires_at:
            yield consent.expires_at
        kind = {Reason.PAUSED: "held", Reason.WITHDRAWN: "withdrawn"}.get(reason)
        yield from (line.said_at for line in consent.lines if line.kind == kind)


def still_to_say_yes(participation: StoryParticipant) -> str:
    """For a young child two people answer: which of them has not said yes to the website. Empty for others."""
    if not with_guardian(participation.participant.age_band) or not participation.consent_needed:
        return ""
    yeses = {
        consent.given_by
        for consent in participation.consents.all()
        if consent.use == Use.WEBSITE and consent.decision == Decision.GIVEN
    }
    both = {GivenBy.SELF: "the child", GivenBy.GUARDIAN: "the parent or guardian"}
    missing = [words for giver, words in both.items() if giver not in yeses]
    return f" Still to say yes: {' and '.join(missing)}." if missing else ""

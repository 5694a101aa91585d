"""What may staff put right about somebody in a story, and when may they take somebody out of it?

Nobody is taken out, or made one who need not be asked, once they have answered or anybody has agreed to the story: the
others' yes would then show a person who never said one. Another way of being named is a new question.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from hub.database_clock import database_now
from hub.law import AgeBand
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.consent import evidence, note_age
from hub.stories.ledger import verb
from hub.stories.light import lock, relight, yeses_in
from hub.stories.models import ConsentEvent, Participant, StoryPage, StoryParticipant
from hub.stories.withdrawal.stopping import revoke
from hub.stories.withdrawal.who_leaves import leaving_of

if TYPE_CHECKING:
    from django.contrib.auth.models import User

SAID = [EventKind.GIVEN, EventKind.RENEWED, EventKind.REFUSED, EventKind.DEFERRED, EventKind.WITHDRAWN]
HAS_ANSWERED = (
    "{code} has answered, so they cannot just be taken out: what they said is kept. If they want to go, press “Leave "
    "their words out”. If what they agreed to has changed, ask them again."
)
SOMEBODY_AGREED = (
    "Somebody has agreed to this story with {code} in it. Ask {code} too. If they want to go, or cannot be asked, "
    "press “Leave their words out”: the others are then asked about a story without them."
)
LEAVES = "{code} wants their words left out. Take them out under “Take their words out”: that makes a new story."
CHANGED_MEANWHILE = (
    "Somebody else has changed what is known of this person since you opened the page. Nothing is saved yet, and what "
    "you chose is still here. Look at it beside the list of people; if you save again, yours counts."
)


class CannotCorrect(Exception):
    """The sentence says why, and what to do instead. `field` is where it belongs on a form; empty for all of it."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What staff note about somebody in a story, apart from what that person said."""

    role: str
    named_as: str
    place_level: str
    passages: str
    why_not_needed: str
    age_band: str
    reask_at: datetime | None
    may_be_answered_by_attorney: bool = False


def facts_of(participation: StoryParticipant) -> Facts:
    """As it is noted now."""
    person = participation.participant
    return Facts(
        role=participation.role,
        named_as=participation.named_as,
        place_level=participation.place_level,
        passages=participation.passages,
        why_not_needed="" if participation.consent_needed else participation.why_not_needed,
        age_band=person.age_band,
        reask_at=person.reask_at,
        may_be_answered_by_attorney=person.may_be_answered_by_attorney,
    )


def answered_codes(story: StoryPage) -> set[str]:
    """The codes of those who have ever answered about this story, as the ledger has it."""
    said = ConsentEvent.objects.filter(story_id=story.pk, kind__in=SAID)
    return set(said.values_list("participant_code", flat=True))


def has_answered(participation: StoryParticipant) -> bool:
    return participation.participant.code in answered_codes(participation.story)


def somebody_agrees(story: StoryPage) -> bool:
    """Whether anybody's yes to any use of this story stands."""
    return yeses_in(story).exists()


def why_not_take_out(participation: StoryParticipant) -> str:
    """Why this person cannot just be taken out, and what to do instead; empty when they can."""
    code = participation.participant.code
    if leaving_of(participation) is not None:
        return LEAVES.format(code=code)
    if has_answered(participation):
        return HAS_ANSWERED.format(code=code)
    if somebody_agrees(participation.story):
        return SOMEBODY_AGREED.format(code=code)
    return ""


@verb
def take_out(participation: StoryParticipant, *, by: "User") -> None:
    """Takes somebody out of a draft that nobody has agreed to. Raises CannotCorrect with what to do instead.

    A question they were asked was a mistake, and the ledger says so. Their links stop working. The code stays theirs.
    """
    lock(participation.story_id)
    refusal = why_not_take_out(participation)
    if refusal:
        raise CannotCorrect(refusal)
    now = database_now()
    for question in participation.consents.order_by("pk"):
        ledger.write(EventKind.ENTERED_IN_ERROR, question, by=by, at=now)
    participation.consents.all().delete()
    for file in participation.evidence.all():  # sent with a form that came back with a mistake: it proves nothing
        evidence.erase(file)
    participation.delete()
    relight(participation.story_id)


@verb
def correct(participation: StoryParticipant, facts: Facts, *, before: Facts, by: "User", sure: bool) -> bool:
    """Puts right what is noted about somebody. Returns whether their answers stopped counting, so that they are asked.

    `before` is what the form showed. Raises CannotCorrect, with the field it is about.
    """
    _lock_all(participation, facts, before)
    participation = StoryParticipant.objects.select_related("participant", "story").get(pk=participation.pk)
    now = facts_of(participation)
    if now != before:
        raise CannotCorrect(CHANGED_MEANWHILE)
    if facts == now:
        return False
    if facts.why_not_needed and not now.why_not_needed:
        refusal = why_not_take_out(participation)
        if refusal:
            raise CannotCorrect(refusal, "why_not_needed")
    renamed = facts.named_as != now.named_as and has_answered(participation)
    if renamed and not sure:
        raise CannotCorrect("Tick that they are asked again, or leave how they are named as it is.", "sure")
    if renamed:
        revoke(participation, EventKind.INVALIDATED, by=by)
    _write(participation, facts)
    if (facts.age_band, facts.reask_at) != (now.age_band, now.reask_at):
        _note_age(participation, facts, by)
    if facts.may_be_answered_by_attorney != now.may_be_answered_by_attorney:
        may = facts.may_be_answered_by_attorney and facts.age_band == AgeBand.ADULT
        Participant.objects.filter(pk=participation.participant_id).update(may_be_answered_by_attorney=may)
        for story_id in sorted(participation.participant.participations.values_list("story_id", flat=True)):
            relight(story_id)
    relight(participation.story_id)
    return renamed


def _lock_all(participation: StoryParticipant, facts: Facts, before: Facts) -> None:
    """This story, and if their age or who may answer is put right each story of theirs, in one order for everybody."""
    stories = {participation.story_id}
    if _of_the_person(facts) != _of_the_person(before):
        stories.update(participation.participant.participations.values_list("story_id", flat=True))
    for story_id in sorted(stories):
        lock(story_id)


def _of_the_person(facts: Facts) -> tuple[str, datetime | None, bool]:
    """What holds in every story they are in."""
    return facts.age_band, facts.reask_at, facts.may_be_answered_by_attorney


def _write(participation: StoryParticipant, facts: Facts) -> None:
    StoryParticipant.objects.filter(pk=participation.pk).update(
        role=facts.role,
        named_as=facts.named_as,
        place_level=facts.place_level,
        passages=facts.passages,
        consent_needed=not facts.why_not_needed,
        why_not_needed=facts.why_not_needed,
    )


def _note_age(participation: StoryParticipant, facts: Facts, by: "User") -> None:
    try:
        note_age(participation.participant, age_band=AgeBand(facts.age_band), reask_at=facts.reask_at, by=by)
    except ValueError as refusal:
        raise CannotCorrect(str(refusal), "reask_at") from None

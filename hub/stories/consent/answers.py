"""Everything that changes who agreed to what. One function, one transaction, a line in the ledger, one relighting.

Views, the admin, commands, the demo and the tests call these; with withdrawal/stopping.py and ledger/ending.py,
nothing else changes a record of consent. Refuses a yes that is older than its words, or than a no of the same person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hub.database_clock import database_now
from hub.law import AgeBand
from hub.partners.law import law_now
from hub.stories import ledger
from hub.stories.choices import EventKind, Method, Use
from hub.stories.consent import order_of_answers
from hub.stories.consent.order_of_answers import CannotRecord
from hub.stories.consent.wordings import is_for
from hub.stories.consent.words_saved import words_saved_at
from hub.stories.ledger import keyed_hash, supersede, verb
from hub.stories.light import has_yes, lock, relight, standing_beside
from hub.stories.models import (
    Consent,
    ConsentWording,
    EvidenceFile,
    StoryPage,
    StoryParticipant,
)
from hub.stories.rule import Decision, GivenBy, Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """What somebody said, when, and how. Without `given_at` it was said now; `expires_at` defaults by age and use.

    With `think_it_over` a first yes, or one after a no, has its days from when it is written in.
    """

    decision: Decision
    wording: ConsentWording
    given_by: GivenBy = GivenBy.SELF
    method: Method = Method.ONLINE
    witnessed: bool = False
    evidence: EvidenceFile | None = None
    special_categories: Iterable[str] = field(default_factory=list)
    given_at: datetime | None = None
    think_it_over: bool = False
    not_before: datetime | None = None
    expires_at: datetime | None = None


@verb
def add_participant(participation: StoryParticipant) -> Verdict:
    """Puts a person into a story. Whoever is added must be asked: the story goes dark until they agree."""
    participation.full_clean()
    lock(participation.story_id)
    participation.save(force_insert=True)
    return relight(participation.story_id)


def record_consent(
    participation: StoryParticipant,
    use: Use,
    answer: GivenAnswer,
    *,
    recorded_by: "User | None" = None,
    content_hash: str | None = None,
    revision_id: int | None = None,
) -> Consent:
    """Records one answer about one use, as `record_answers` does."""
    return record_answers(
        participation, {use: answer}, recorded_by=recorded_by, content_hash=content_hash, revision_id=revision_id
    )[0]


@verb
def record_answers(
    participation: StoryParticipant,
    answers: Mapping[Use, GivenAnswer],
    *,
    recorded_by: "User | None" = None,
    content_hash: str | None = None,
    revision_id: int | None = None,
) -> list[Consent]:
    """Records what one person said, in place of what the same voice said before, and relights the story once.

    A question or a yes about a newer draft leaves the yes to the words that are public standing; anything else ends it.
    It is about the story's present words unless `content_hash` and `revision_id` say which words were read.
    Raises CannotRecord, a ValueError, with a sentence for whoever writes it in; then nothing is recorded.
    """
    lock(participation.story_id)
    story = participation.story
    about = content_hash or story.content_hash()
    written = [
        _record(participation, use, answer, story=story, about=about, revision_id=revision_id, by=recorded_by)
        for use, answer in answers.items()
    ]
    relight(story.pk)
    return written


def _record(
    participation: StoryParticipant,
    use: Use,
    answer: GivenAnswer,
    *,
    story: StoryPage,
    about: str,
    revision_id: int | None,
    by: "User | None",
) -> Consent:
    now = database_now()
    said_at = answer.given_at or now
    if said_at > now:
        raise CannotRecord("An answer cannot be dated in the future.")
    if answer.decision == Decision.GIVEN and not is_for(answer.wording, participation, answer.given_by):
        raise CannotRecord("This wording was written for others. Show them the one for them, and ask again.")
    if answer.decision == Decision.REQUESTED and has_yes(participation, use, answer.given_by, about=about):
        raise CannotRecord("There is a yes in force. Ask again when it is about to end; the yes stands until then.")
    saved_at = words_saved_at(story, about, revision_id=revision_id, said_at=said_at)
    if answer.given_at:  # as it is typed, to the minute
        saved_at = saved_at.replace(second=0, microsecond=0)
    said_before = order_of_answers.SaidBefore(participation, use, answer.given_by)
    if answer.decision == Decision.GIVEN:
        said_before.check_yes(said_at, saved_at, has_evidence=answer.evidence is not None, method=answer.method)
        reask_at = participation.participant.reask_at
        if reask_at is not None and reask_at <= said_at:
            raise CannotRecord("They have reached an age at which they are asked in other words. Note their age first.")
    earlier = participation.consents.filter(use=use, given_by=answer.given_by)
    is_old = answer.decision != Decision.REQUESTED and said_before.a_newer_yes_stands(said_at, about=about)
    stays = standing_beside(earlier, answer.decision, story, about=about)
    if not is_old:
        supersede(earlier.exclude(pk__in=stays), by=by)
    think_until = said_before.end_of_thinking_it_over(now, answer.method) if answer.think_it_over else None
    consent = Consent.objects.create(
        participation=participation,
        use=use,
        decision=Decision.SUPERSEDED if is_old else answer.decision,
        revision_id=revision_id or story.latest_revision_id,
        content_hash=about,
        keyed_hash=keyed_hash(story.pk, about),
        wording=answer.wording,
        special_categories=sorted(answer.special_categories),
        given_by=answer.given_by,
        method=answer.method,
        witnessed=answer.witnessed,
        evidence=answer.evidence,
        recorded_by=by,
        given_at=said_at,
        words_saved_at=saved_at,
        not_before=answer.not_before or think_until,
        expires_at=last_day(participation, answer.expires_at or said_at + lifetime(participation, use)),
    )
    renewed = answer.decision == Decision.GIVEN and said_before.has_said_yes
    kind = EventKind.RENEWED if renewed else EventKind(answer.decision)
    ledger.write(kind, consent, by=by, at=now, said_at=said_at if answer.given_at else None)
    if is_old:
        ledger.write(EventKind.SUPERSEDED, consent, by=by, at=database_now())
    return consent


def lifetime(participation: StoryParticipant, use: Use) -> timedelta:
    """How long a yes lasts under the law here; without one, not at all."""
    law = law_now()
    return law.lasting.of(AgeBand(participation.participant.age_band), use) if law else timedelta()


def last_day(participation: StoryParticipant, wanted: datetime) -> datetime:
    """`wanted`, or the day the person is to be asked again if that is sooner.

    Kept with the answer, so that it stays ended when staff later note a new age band and date.
    """
    reask_at = participation.participant.reask_at
    return min(wanted, reask_at) if reask_at else wanted


@verb
def pause(consent: Consent, *, by: "User | None" = None) -> Verdict:
    """Pauses a yes: the story goes dark, and nothing is lost."""
    lock(consent.participation.story_id)
    now = database_now()
    Consent.objects.filter(pk=consent.pk, held_at__isnull=True).update(held_at=now)
    ledger.write(EventKind.PAUSED, consent, by=by, at=now)
    return relight(consent.participation.story_id)


@verb
def end_pause(consent: Consent, *, by: "User | None" = None) -> Verdict:
    """Ends a pause. The story comes back only if everything else still holds."""
    lock(consent.participation.story_id)
    Consent.objects.filter(pk=consent.pk).update(held_at=None)
    ledger.write(EventKind.RESUMED, consent, by=by, at=database_now())
    return relight(consent.participation.story_id)

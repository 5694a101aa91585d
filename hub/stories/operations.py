"""Everything that changes who agreed to what. One function, one transaction, one line in the ledger, one relighting.

Views, the admin, commands, the demo and the tests call these; nothing else changes a record of consent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hub.stories import journal, ledger, withdrawals
from hub.stories.choices import EventKind, LegalReason, Method, Use
from hub.stories.lighting import lock, relight
from hub.stories.models import (
    Consent,
    ConsentWording,
    EvidenceFile,
    LegalFlag,
    ModerationDecision,
    StoryPage,
    StoryParticipant,
)
from hub.stories.moderation import check_may_approve, the_words_reviewed
from hub.stories.rule import AgeBand, Answer, Decision, GivenBy
from hub.stories.standing import has_yes, standing_beside
from hub.stories.wordings import is_for

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OVER = {
    EventKind.WITHDRAWN: Decision.WITHDRAWN,
    EventKind.REVOKED: Decision.REVOKED,
    EventKind.INVALIDATED: Decision.INVALIDATED,
    EventKind.ENTERED_IN_ERROR: Decision.ENTERED_IN_ERROR,
}


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """What somebody said, and how. `not_before` ends the cooling-off days; `expires_at` defaults by age and use."""

    decision: Decision
    wording: ConsentWording
    given_by: GivenBy = GivenBy.SELF
    method: Method = Method.ONLINE
    witnessed: bool = False
    evidence: EvidenceFile | None = None
    special_categories: Iterable[str] = field(default_factory=list)
    given_at: datetime | None = None
    not_before: datetime | None = None
    expires_at: datetime | None = None


@transaction.atomic
def add_participant(participation: StoryParticipant) -> Answer:
    """Puts a person into a story. Whoever is added must be asked: the story goes dark until they agree."""
    participation.full_clean()
    lock(participation.story_id)
    participation.save(force_insert=True)
    return relight(participation.story_id)


@transaction.atomic
def record_consent(
    participation: StoryParticipant,
    use: Use,
    answer: GivenAnswer,
    *,
    recorded_by: "User | None" = None,
    content_hash: str | None = None,
    revision_id: int | None = None,
) -> Consent:
    """Records one answer about one use, in place of earlier ones by the same person, and relights the story.

    A question or a yes about a newer draft leaves the yes to the words that are public standing; anything else ends it.
    It is about the story's present words unless `content_hash` and `revision_id` say which words were read.
    Raises ValueError for an answer dated in the future, and for a yes to a wording that was written for others.
    """
    now = timezone.now()
    given_at = answer.given_at or now
    if given_at > now:
        raise ValueError("An answer cannot be dated in the future.")
    if answer.decision == Decision.GIVEN and not is_for(answer.wording, participation, answer.given_by):
        raise ValueError("This wording was written for others. Show them the one for them, and ask again.")
    lock(participation.story_id)
    story = participation.story
    about = content_hash or story.content_hash()
    if answer.decision == Decision.REQUESTED and has_yes(participation, use, answer.given_by, about=about):
        raise ValueError("There is a yes in force. Ask again when it is about to end; the yes stands until then.")
    earlier = participation.consents.filter(use=use, given_by=answer.given_by)
    renewed = earlier.filter(decision=Decision.GIVEN).exists()
    stays = standing_beside(earlier, answer.decision, story, about=about)
    earlier.exclude(decision=Decision.SUPERSEDED).exclude(pk__in=stays).update(decision=Decision.SUPERSEDED)
    consent = Consent.objects.create(
        participation=participation,
        use=use,
        decision=answer.decision,
        revision_id=revision_id or story.latest_revision_id,
        content_hash=about,
        wording=answer.wording,
        special_categories=sorted(answer.special_categories),
        given_by=answer.given_by,
        method=answer.method,
        witnessed=answer.witnessed,
        evidence=answer.evidence,
        recorded_by=recorded_by,
        given_at=given_at,
        not_before=answer.not_before,
        expires_at=last_day(participation, answer.expires_at or given_at + lifetime(participation, use)),
    )
    kind = EventKind(answer.decision)
    ledger.write(EventKind.RENEWED if renewed and kind == EventKind.GIVEN else kind, consent, by=recorded_by, at=now)
    relight(story.pk)
    return consent


def lifetime(participation: StoryParticipant, use: Use) -> timedelta:
    """How long a yes lasts: 24 months; 12 for anyone not known to be an adult, and for media and social."""
    short = participation.participant.age_band != AgeBand.ADULT or use in {Use.MEDIA, Use.SOCIAL}
    return timedelta(days=settings.CONSENT_DAYS_SHORT if short else settings.CONSENT_DAYS)


def last_day(participation: StoryParticipant, wanted: datetime) -> datetime:
    """`wanted`, or the day the person is to be asked again if that is sooner.

    Kept with the answer, so that it stays ended when staff later note a new age band and date.
    """
    reask_at = participation.participant.reask_at
    return min(wanted, reask_at) if reask_at else wanted


@transaction.atomic
def hold(consent: Consent, *, by: "User | None" = None) -> Answer:
    """Pauses a yes: the story goes dark, and nothing is lost."""
    lock(consent.participation.story_id)
    now = timezone.now()
    Consent.objects.filter(pk=consent.pk, held_at__isnull=True).update(held_at=now)
    ledger.write(EventKind.HELD, consent, by=by, at=now)
    return relight(consent.participation.story_id)


@transaction.atomic
def release(consent: Consent, *, by: "User | None" = None) -> Answer:
    """Ends a pause. The story comes back only if everything else still holds."""
    lock(consent.participation.story_id)
    Consent.objects.filter(pk=consent.pk).update(held_at=None)
    ledger.write(EventKind.RELEASED, consent, by=by, at=timezone.now())
    return relight(consent.participation.story_id)


@transaction.atomic
def withdraw(
    participation: StoryParticipant, *, uses: Iterable[Use] = tuple(Use), by: "User | None" = None
) -> list[Consent]:
    """Takes a person's yes away, for all uses or some, and any schedule with it. Needs no reason. Idempotent.

    The story is dark when this transaction commits, even if everything after it fails.
    """
    return _end(participation, EventKind.WITHDRAWN, uses=uses, by=by)


@transaction.atomic
def revoke(participation: StoryParticipant, kind: EventKind, *, by: "User | None") -> list[Consent]:
    """Ends consents from our side: revoked, found not valid, or entered in error."""
    return _end(participation, kind, uses=tuple(Use), by=by)


def _end(participation: StoryParticipant, kind: EventKind, *, uses: Iterable[Use], by: "User | None") -> list[Consent]:
    lock(participation.story_id)
    now = timezone.now()
    open_answers = list(
        participation.consents.filter(
            use__in=list(uses), decision__in=[Decision.GIVEN, Decision.REQUESTED, Decision.DEFERRED]
        ).order_by("pk")
    )
    Consent.objects.filter(pk__in=[c.pk for c in open_answers]).update(decision=OVER[kind])
    for consent in open_answers:
        ledger.write(kind, consent, by=by, at=now)
    cancel_schedule(participation.story)
    relight(participation.story_id)
    withdrawals.note(participation, kind, open_answers, by=by)
    return open_answers


def cancel_schedule(story: StoryPage) -> None:
    """Clears any planned publication: unpublishing alone would leave it standing."""
    story.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=None)


@transaction.atomic
def approve_story(
    story: StoryPage,
    *,
    moderator: "User",
    sensitivity: int = ModerationDecision.Sensitivity.ORDINARY,
    checklist: dict[str, bool] | None = None,
    expected_hash: str | None = None,
) -> Answer:
    """Approves the words with `expected_hash`, or else those `story` holds. Raises MayNotApprove, WordsChanged."""
    lock(story.pk)
    check_may_approve(moderator, story, sensitivity=sensitivity)
    story = the_words_reviewed(story, expected_hash)
    return _decide(story, ModerationDecision.Outcome.APPROVED, moderator, sensitivity, checklist or {}, "")


@transaction.atomic
def return_story(story: StoryPage, *, moderator: "User", comment: str, expected_hash: str | None = None) -> Answer:
    """Sends a story back with a comment, taking back an approval of the same words. Raises WordsChanged."""
    lock(story.pk)
    story = the_words_reviewed(story, expected_hash)
    ordinary = ModerationDecision.Sensitivity.ORDINARY
    return _decide(story, ModerationDecision.Outcome.RETURNED, moderator, ordinary, {}, comment)


def _decide(
    story: StoryPage,
    outcome: str,
    moderator: "User",
    sensitivity: int,
    checklist: dict[str, bool],
    comment: str,
) -> Answer:
    ModerationDecision.objects.create(
        story=story,
        revision_id=story.latest_revision_id,
        content_hash=story.content_hash(),
        outcome=outcome,
        sensitivity=sensitivity,
        checklist=checklist,
        comment=comment,
        moderator=moderator,
    )
    return relight(story.pk)


@transaction.atomic
def raise_legal_flag(story: StoryPage, reason: LegalReason, *, by: "User | None", hides: bool = False) -> LegalFlag:
    """Blocks a story whatever anyone consents to; with `hides`, only safeguarding finds it from now on."""
    flag = LegalFlag.objects.create(story=story, reason=reason, raised_by=by, hides=hides)
    journal.note_flag(flag)
    relight(story.pk)
    return flag


@transaction.atomic
def clear_legal_flag(flag: LegalFlag, *, by: "User", note: str) -> Answer:
    """Lifts a block. Raises PermissionError unless `by` has the safeguarding role, ValueError without a note."""
    if not by.has_perm("stories.clear_legal_flag"):
        raise PermissionError("Clearing a legal flag is for the safeguarding role.")
    if not note.strip():
        raise ValueError("Say why the flag no longer applies.")
    lock(flag.story_id)
    open_flag = LegalFlag.objects.filter(pk=flag.pk, cleared_at__isnull=True)
    if not open_flag.update(cleared_at=timezone.now(), cleared_by=by, note=note.strip()):
        raise ValueError("Somebody has cleared this flag already. Their note stands.")
    return relight(flag.story_id)


@transaction.atomic
def publish_story(story: StoryPage, *, user: "User | None" = None) -> Answer:
    """Publishes the latest draft. It is shown only if everyone agreed to these words and a moderator approved them."""
    story.save_revision(user=user).publish(user=user)
    return relight(story.pk)

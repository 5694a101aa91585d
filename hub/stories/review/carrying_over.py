"""From a slip of the pen to words that everybody's yes covers: a worker proposes, a moderator who read it decides.

Refuses what is more than a small correction, whoever asks for it, and a decision about words that have changed since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import timezone

from hub.database_clock import database_now
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.ledger import verb
from hub.stories.light import agreed_to, lock, publish_when_agreed, relight, yeses_in, yeses_to
from hub.stories.models import (
    CarryOver,
    CarryOverProposal,
    Consent,
    ModerationDecision,
    StoryPage,
    StoryParticipant,
    draft_of,
)
from hub.stories.review.difference import Change, difference
from hub.stories.review.handing_in import hand_in
from hub.stories.review.small_correction import reasons_to_ask_again
from hub.stories.review.who_may_approve import WordsChanged, check_may_approve

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CANNOT_BE_SEEN = "The words they agreed to are not kept any more, so they cannot be compared. Ask again."
NOTHING_TO_CARRY = "Nobody's yes is about older words. There is nothing to carry over."


class CannotCarryOver(Exception):
    """The sentence says why, to the worker or the moderator who tried."""


@dataclass(frozen=True, slots=True)
class Older:
    """Words that some people agreed to and that are not those of the draft. `changes` is None if they are not kept."""

    content_hash: str
    consents: list[Consent]
    changes: list[Change] | None

    @property
    def codes(self) -> list[str]:
        return sorted({consent.participation.participant.code for consent in self.consents})

    @property
    def reasons(self) -> list[str]:
        return [CANNOT_BE_SEEN] if self.changes is None else reasons_to_ask_again(self.changes)


def older_words(story: StoryPage, draft: StoryPage) -> list[Older]:
    """What people said yes to that `draft` is not, each version once, the newest first."""
    return [
        Older(words, consents, difference(version, draft) if (version := _as_agreed(consents)) else None)
        for words, consents in _by_words(story, draft.content_hash()).items()
    ]


def has_older_yes(story: StoryPage, draft: StoryPage) -> bool:
    """Whether anybody's yes is about other words than those of `draft`."""
    return bool(_by_words(story, draft.content_hash()))


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of the pen that was put right under somebody's yes, for that person to see."""

    on: datetime
    changes: list[Change]


def corrections(participation: StoryParticipant) -> list[Correction]:
    """What was put right in this story without asking this person again, the newest first."""
    carried = CarryOver.objects.filter(consent__participation=participation).order_by("-created_at")
    found: dict[str, Correction] = {}
    for one in carried.select_related("consent__revision", "consent__participation"):
        before = _as_agreed([one.consent])
        after = _version_with(participation.story_id, one.to_hash)
        if one.to_hash not in found:
            found[one.to_hash] = Correction(one.created_at, difference(before, after) if before and after else [])
    return list(found.values())


@verb
def propose(story: StoryPage, *, by: "User", why: str) -> CarryOverProposal:
    """Hands the latest draft in, and asks a moderator to carry every yes over to it. Raises CannotCarryOver."""
    lock(story.pk)
    draft = draft_of(story)
    _check(older_words(story, draft))
    hand_in(story, by=by)
    story.carry_over_proposals.filter(decided_at__isnull=True).delete()
    return CarryOverProposal.objects.create(
        story_id=story.pk,
        revision_id=draft.latest_revision_id,
        to_hash=draft.content_hash(),
        why=why.strip(),
        proposed_by=by,
    )


@verb
def accept(proposal: CarryOverProposal, *, moderator: "User") -> list[Consent]:
    """Carries every yes over to the proposed words, and shows them if they are approved. Returns what was carried.

    Raises CannotCarryOver, MayNotApprove, and WordsChanged when the draft is another one by now.
    """
    proposal, draft = _still_open(proposal)
    check_may_approve(moderator, draft, sensitivity=sensitivity_of(draft))
    if draft.content_hash() != proposal.to_hash:
        raise WordsChanged(WordsChanged.sentence)
    older = older_words(draft, draft)
    _check(older)
    carried = [consent for words in older for consent in words.consents]
    for consent in carried:
        CarryOver.objects.get_or_create(
            consent=consent,
            to_hash=proposal.to_hash,
            defaults={"from_hash": consent.content_hash, "moderator": moderator},
        )
        ledger.write(EventKind.CARRIED_OVER, consent, by=moderator, at=database_now())
    _close(proposal, moderator, CarryOverProposal.Outcome.ACCEPTED)
    relight(draft.pk)
    publish_when_agreed(draft.pk)
    return carried


@verb
def decline(proposal: CarryOverProposal, *, moderator: "User", comment: str) -> None:
    """Says no: people are asked again. Raises CannotCarryOver, MayNotApprove, and ValueError without a comment."""
    proposal, draft = _still_open(proposal)
    check_may_approve(moderator, draft, sensitivity=sensitivity_of(draft))
    if not comment.strip():
        raise ValueError("Say why people have to be asked again, so that the worker knows.")
    _close(proposal, moderator, CarryOverProposal.Outcome.DECLINED, comment.strip())


def sensitivity_of(story: StoryPage) -> int:
    """How sensitive moderators have found this story, at its highest."""
    found = story.decisions.order_by("-sensitivity").values_list("sensitivity", flat=True).first()
    return int(found or ModerationDecision.Sensitivity.ORDINARY)


def _check(older: list[Older]) -> None:
    if not older:
        raise CannotCarryOver(NOTHING_TO_CARRY)
    reasons = [reason for words in older for reason in words.reasons]
    if reasons:
        raise CannotCarryOver(" ".join(dict.fromkeys(reasons)))


def _still_open(proposal: CarryOverProposal) -> tuple[CarryOverProposal, StoryPage]:
    lock(proposal.story_id)
    found = CarryOverProposal.objects.filter(pk=proposal.pk, decided_at__isnull=True).first()
    if found is None:
        raise CannotCarryOver("Somebody has decided about this already, or the worker has proposed it anew.")
    return found, draft_of(found.story)


def _close(proposal: CarryOverProposal, moderator: "User", outcome: str, comment: str = "") -> None:
    proposal.outcome, proposal.comment = outcome, comment
    proposal.decided_by, proposal.decided_at = moderator, timezone.now()
    proposal.save()


def _by_words(story: StoryPage, drafted: str) -> dict[str, list[Consent]]:
    yeses = yeses_in(story)
    older = yeses.exclude(pk__in=yeses.filter(agreed_to(drafted)).values("pk"))
    found: dict[str, list[Consent]] = {}
    for consent in older.select_related("participation__participant", "revision").order_by("-given_at", "pk"):
        if not _has_said_yes_to(drafted, consent):
            found.setdefault(consent.content_hash, []).append(consent)
    return found


def _has_said_yes_to(drafted: str, older: Consent) -> bool:
    """Whether the same person has agreed to the draft too, so that nothing of theirs needs carrying over."""
    return yeses_to(drafted, participation=older.participation, use=older.use, given_by=older.given_by).exists()


def _as_agreed(consents: list[Consent]) -> StoryPage | None:
    """The version these people read, if it is still kept word for word."""
    return next(_kept(consents), None)


def _version_with(story_id: int, content_hash: str) -> StoryPage | None:
    proposal = CarryOverProposal.objects.filter(story_id=story_id, to_hash=content_hash, revision__isnull=False).last()
    versions = [StoryPage.objects.get(pk=story_id)]
    if proposal and proposal.revision:
        versions.append(proposal.revision.as_object())
    return next((one for one in versions if one.content_hash() == content_hash), None)


def _kept(consents: list[Consent]) -> Iterator[StoryPage]:
    for consent in consents:
        revision = consent.revision
        version = revision.as_object() if revision else None
        if isinstance(version, StoryPage) and version.content_hash() == consent.content_hash:
            yield version
    row = StoryPage.objects.filter(pk=consents[0].participation.story_id).first()
    if row and row.content_hash() == consents[0].content_hash:
        yield row

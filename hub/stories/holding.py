"""A moderator puts a story on hold, at once and for everybody, until a moderator ends it. Refuses one without a reason.

A hold is a decision like any other, about each version there is: the approval that stood is not there until it is given
again. Whoever moderates may hold any story, also one of her own; ending it needs the four eyes of an approval.
"""

from typing import TYPE_CHECKING

from django.db import transaction

from hub.stories.lighting import lock, relight
from hub.stories.models import ModerationDecision, StoryPage
from hub.stories.moderation import MayNotApprove, check_may_approve, moderates
from hub.stories.rule import Answer

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Outcome = ModerationDecision.Outcome


@transaction.atomic
def hold_story(story: StoryPage, *, moderator: "User", comment: str) -> Answer:
    """Puts the public words and the latest draft on hold. Raises MayNotApprove, and ValueError without a comment."""
    if not moderates(moderator):
        raise MayNotApprove("Putting a story on hold is for moderators.")
    if not comment.strip():
        raise ValueError("Say why it is on hold, so that the worker knows what to do.")
    lock(story.pk)
    for version in _versions(story):
        ModerationDecision.objects.create(
            story_id=story.pk,
            revision_id=version.latest_revision_id,
            content_hash=version.content_hash(),
            outcome=Outcome.HELD,
            comment=comment.strip(),
            moderator=moderator,
        )
    return relight(story.pk)


@transaction.atomic
def end_hold(story: StoryPage, *, moderator: "User") -> Answer:
    """Approves again each version that was approved when it was put on hold. Raises MayNotApprove, and ValueError.

    Words that nobody had decided about have nothing to come back to: they are approved or returned as ever.
    """
    lock(story.pk)
    interrupted = _interrupted(story)
    if not interrupted:
        raise ValueError("This story is not on hold any more.")
    for held, approval in interrupted:
        check_may_approve(moderator, story, sensitivity=approval.sensitivity)
        ModerationDecision.objects.create(
            story_id=story.pk,
            revision_id=held.revision_id,
            content_hash=held.content_hash,
            outcome=Outcome.APPROVED,
            sensitivity=approval.sensitivity,
            checklist=approval.checklist,
            comment="The hold is ended.",
            moderator=moderator,
        )
    return relight(story.pk)


def standing_hold(story: StoryPage) -> ModerationDecision | None:
    """The hold that keeps approved words of this story dark; None when there is none."""
    return next((held for held, _ in _interrupted(story)), None)


def _interrupted(story: StoryPage) -> list[tuple[ModerationDecision, ModerationDecision]]:
    """For each version on hold that had been approved: the hold, and the approval it interrupts."""
    found = []
    for version in _versions(story):
        about = ModerationDecision.objects.filter(story_id=story.pk, content_hash=version.content_hash())
        latest = about.order_by("-decided_at", "-pk")
        held, before = latest.first(), latest.exclude(outcome=Outcome.HELD).first()
        if held and before and held.outcome == Outcome.HELD and before.outcome == Outcome.APPROVED:
            found.append((held, before))
    return found


def _versions(story: StoryPage) -> list[StoryPage]:
    """The words on the page and the latest draft; one of them if they are the same."""
    row = StoryPage.objects.get(pk=story.pk)
    versions = {version.content_hash(): version for version in (row, row.get_latest_revision_as_object())}
    return list(versions.values())

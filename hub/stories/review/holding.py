"""A moderator puts a story on hold, at once and for everybody, until a moderator ends it. Refuses one without a reason.

A hold is a decision like any other, about each version there is: the approval that stood is not there until it is given
again. Whoever moderates may hold any story, also one of her own; ending it needs the four eyes of an approval.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from hub.database_clock import database_now
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.ledger import verb
from hub.stories.light import Versions, lock, relight
from hub.stories.models import ModerationDecision, StoryPage
from hub.stories.review.who_may_approve import MayNotApprove, check_may_approve, moderates
from hub.stories.rule import Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Outcome = ModerationDecision.Outcome


@verb
def hold_story(story: StoryPage, *, moderator: "User", comment: str) -> Verdict:
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
            outcome=Outcome.ON_HOLD,
            comment=comment.strip(),
            moderator=moderator,
        )
    ledger.write_of_story(EventKind.ON_HOLD, story.pk, by=moderator, at=database_now())
    return relight(story.pk)


@verb
def end_hold(story: StoryPage, *, moderator: "User") -> Verdict:
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


class Decided:
    """What was decided about many stories: as these decisions say, the first first."""

    def __init__(self, decisions: Iterable[ModerationDecision]) -> None:
        self._latest_first: defaultdict[tuple[int, str], list[ModerationDecision]] = defaultdict(list)
        for decision in decisions:
            self._latest_first[decision.story_id, decision.content_hash].insert(0, decision)

    @classmethod
    def about(cls, stories: Iterable[int]) -> "Decided":
        """Asked in one query."""
        return cls(ModerationDecision.objects.filter(story_id__in=stories).order_by("decided_at", "pk"))

    def hold_on(self, one: Versions) -> ModerationDecision | None:
        """The hold that keeps approved words of this story dark, as `standing_hold` finds it."""
        both = dict.fromkeys((one.page_words, one.draft_words))
        held = (_interruption(self._latest_first.get((one.story.pk, words), [])) for words in both)
        return next((hold for hold, _ in filter(None, held)), None)

    def last_about(self, story: int, words: str) -> ModerationDecision | None:
        """The last decision about these words. A hold is none: it says nothing of words."""
        latest = self._latest_first.get((story, words), [])
        return next((one for one in latest if one.outcome != Outcome.ON_HOLD), None)


def _interrupted(story: StoryPage) -> list[tuple[ModerationDecision, ModerationDecision]]:
    """For each version on hold that had been approved: the hold, and the approval it interrupts."""
    decided = ModerationDecision.objects.filter(story_id=story.pk).order_by("-decided_at", "-pk")
    about = (decided.filter(content_hash=version.content_hash()) for version in _versions(story))
    return list(filter(None, map(_interruption, about)))


def _interruption(latest_first: Iterable[ModerationDecision]) -> tuple[ModerationDecision, ModerationDecision] | None:
    """Of the decisions about one content: the hold that stands, and the approval that it interrupts."""
    decisions = list(latest_first)
    before = next((one for one in decisions if one.outcome != Outcome.ON_HOLD), None)
    if before and decisions[0].outcome == Outcome.ON_HOLD and before.outcome == Outcome.APPROVED:
        return decisions[0], before
    return None


def _versions(story: StoryPage) -> list[StoryPage]:
    """The words on the page and the latest draft; one of them if they are the same."""
    row = StoryPage.objects.get(pk=story.pk)
    versions = {version.content_hash(): version for version in (row, row.newest_words())}
    return list(versions.values())

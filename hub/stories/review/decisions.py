"""What a moderator decides: approve, return, confirm. Each is bound to the exact words, and needs four eyes."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from hub.database_clock import database_now
from hub.stories import ledger
from hub.stories.choices import EventKind
from hub.stories.ledger import verb
from hub.stories.light import lock, relight
from hub.stories.models import Consent, ModerationDecision, StoryPage
from hub.stories.review.difference import Change, difference
from hub.stories.review.handing_in import end_hand_in
from hub.stories.review.who_may_approve import check_may_approve, check_may_confirm, the_words_reviewed
from hub.stories.rule import Verdict

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@verb
def confirm_answer(consent: Consent, *, by: "User") -> Verdict:
    """Somebody from another partner has seen what shows a yes that came after a no. Raises MayNotApprove."""
    lock(consent.participation.story_id)
    check_may_confirm(by, consent)
    ledger.write(EventKind.CONFIRMED, consent, by=by, at=database_now())
    return relight(consent.participation.story_id)


def changed_since_decided(story: StoryPage, draft: StoryPage) -> tuple[ModerationDecision, list[Change]] | None:
    """The last decision about other words than those of `draft`, and what differs from them; None without one.

    None too when those words are not kept as they were.
    """
    others = story.decisions.exclude(content_hash=draft.content_hash()).exclude(
        outcome=ModerationDecision.Outcome.ON_HOLD
    )
    for decision in others.select_related("revision", "moderator").order_by("-decided_at", "-pk")[:1]:
        version = decision.revision.as_object() if decision.revision else None
        if isinstance(version, StoryPage) and version.content_hash() == decision.content_hash:
            return decision, difference(version, draft)
    return None


@verb
def approve_story(
    story: StoryPage,
    *,
    moderator: "User",
    sensitivity: int = ModerationDecision.Sensitivity.ORDINARY,
    checklist: dict[str, bool] | None = None,
    expected_hash: str | None = None,
) -> Verdict:
    """Approves the words with `expected_hash`, or else those `story` holds. Raises MayNotApprove, WordsChanged."""
    lock(story.pk)
    check_may_approve(moderator, story, sensitivity=sensitivity)
    story = the_words_reviewed(story, expected_hash)
    return _decide(story, ModerationDecision.Outcome.APPROVED, moderator, sensitivity, checklist or {}, "")


@verb
def return_story(
    story: StoryPage,
    *,
    moderator: "User",
    comment: str,
    expected_hash: str | None = None,
    told_people: Iterable[str] = (),
) -> Verdict:
    """Sends a story back with a comment, taking back an approval of the same words. Raises WordsChanged.

    It is handed in no more: the worker does that again. `told_people` says why, on the pages of the people in it.
    """
    lock(story.pk)
    story = the_words_reviewed(story, expected_hash)
    end_hand_in(story.pk, by=moderator)
    ordinary = ModerationDecision.Sensitivity.ORDINARY
    return _decide(
        story, ModerationDecision.Outcome.RETURNED, moderator, ordinary, {}, comment, told_people=told_people
    )


def _decide(
    story: StoryPage,
    outcome: str,
    moderator: "User",
    sensitivity: int,
    checklist: dict[str, bool],
    comment: str,
    *,
    told_people: Iterable[str] = (),
) -> Verdict:
    ModerationDecision.objects.create(
        story=story,
        revision_id=story.latest_revision_id,
        content_hash=story.content_hash(),
        outcome=outcome,
        sensitivity=sensitivity,
        checklist=checklist,
        comment=comment,
        told_people=list(told_people),
        moderator=moderator,
    )
    if outcome == ModerationDecision.Outcome.RETURNED:
        ledger.write_of_story(EventKind.RETURNED, story.pk, by=moderator, at=database_now())
    return relight(story.pk)

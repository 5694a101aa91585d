"""Who may approve a story? Somebody who neither wrote it nor asked for any answer in it. Refuses everybody else,
and a decision about words that are no longer there."""

from typing import TYPE_CHECKING

from wagtail.models import Revision

from hub.partners.people import numbers_of_partners
from hub.stories.models import Consent, HandIn, ModerationDecision, StoryPage

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User


class MayNotApprove(Exception):
    """The sentence says why, to the person who tried."""


class WordsChanged(Exception):
    """Somebody changed the words after they were read. The sentence says what to do."""

    sentence = "The words changed while you were reading. Read them again below, then decide."


def the_words_reviewed(story: StoryPage, expected_hash: str | None) -> StoryPage:
    """The version of `story` that was read: its latest draft or its page's words, whichever has `expected_hash`.

    Without a hash it is `story` as it was handed in. Raises WordsChanged if neither has it any more.
    """
    if expected_hash is None:
        return story
    row = StoryPage.objects.get(pk=story.pk)
    for version in (row.newest_words(), row):
        if version.content_hash() == expected_hash:
            return version
    raise WordsChanged(WordsChanged.sentence)


def moderates(user: "User | AnonymousUser") -> bool:
    """Whether `user` holds the permission to moderate stories, of every partner."""
    return user.has_perm("stories.moderate_story")


def check_may_approve(user: "User", story: StoryPage, *, sensitivity: int) -> None:
    """Raises MayNotApprove with a sentence unless `user` may approve `story` at `sensitivity`."""
    if not moderates(user):
        raise MayNotApprove("Approving stories is for moderators.")
    if user.pk in writers_of(story):
        raise MayNotApprove("You worked on this story yourself. Another moderator has to approve it.")
    if HandIn.objects.standing(story.pk).filter(by=user).exists():
        raise MayNotApprove("You handed this story in yourself. Another moderator has to approve it.")
    if Consent.objects.filter(participation__story=story, recorded_by=user).exists():
        raise MayNotApprove("You recorded an answer in this story. Another moderator has to approve it.")
    high = sensitivity >= ModerationDecision.Sensitivity.HIGH
    if high and story.partner and _works_for(user, story.partner_id):
        raise MayNotApprove("A story this sensitive is approved by a moderator of another partner.")


def check_may_confirm(user: "User", consent: Consent) -> None:
    """Raises MayNotApprove unless `user` may be the second person behind a yes that came after a no."""
    story = consent.participation.story
    if not moderates(user):
        raise MayNotApprove("Confirming an answer is for moderators.")
    if consent.recorded_by_id == user.pk:
        raise MayNotApprove("You wrote this answer in yourself. Somebody else has to confirm it.")
    if story.partner and _works_for(user, story.partner_id):
        raise MayNotApprove("Somebody from another partner has to confirm this answer.")
    if consent.evidence_id is None:
        raise MayNotApprove("There is nothing that shows this answer. They have to be asked again.")


def writers_of(story: StoryPage) -> set[int]:
    """The accounts of everybody who worked on these words, also in the story that this one goes on from."""
    revisions = Revision.page_revisions.filter(object_id=str(story.pk), user__isnull=False)
    before = story.wrote_before.values_list("user_id", flat=True)
    return {*revisions.values_list("user_id", flat=True), *before, *([story.owner_id] if story.owner_id else [])}


def _works_for(user: "User", partner_id: int) -> bool:
    return partner_id in numbers_of_partners(user, also_closed=True)

"""Who may approve a story? Somebody who neither wrote it nor asked for any answer in it. Refuses everybody else,
and a decision about words that are no longer there."""

from typing import TYPE_CHECKING

from wagtail.models import Revision

from hub.stories.models import Consent, ModerationDecision, StoryPage

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
    for version in (row.get_latest_revision_as_object(), row):
        if version.content_hash() == expected_hash:
            found: StoryPage = version
            return found
    raise WordsChanged(WordsChanged.sentence)


def moderates(user: "User | AnonymousUser") -> bool:
    """Whether `user` holds the permission to moderate stories, of every partner."""
    return user.has_perm("stories.moderate_story")


def check_may_approve(user: "User", story: StoryPage, *, sensitivity: int) -> None:
    """Raises MayNotApprove with a sentence unless `user` may approve `story` at `sensitivity`."""
    if not moderates(user):
        raise MayNotApprove("Approving stories is for moderators.")
    if story.owner_id == user.pk or Revision.page_revisions.filter(object_id=str(story.pk), user=user).exists():
        raise MayNotApprove("You worked on this story yourself. Another moderator has to approve it.")
    if Consent.objects.filter(participation__story=story, recorded_by=user).exists():
        raise MayNotApprove("You recorded an answer in this story. Another moderator has to approve it.")
    high = sensitivity >= ModerationDecision.Sensitivity.HIGH
    if high and story.partner and _works_for(user, story.partner_id):
        raise MayNotApprove("A story this sensitive is approved by a moderator of another partner.")


def _works_for(user: "User", partner_id: int) -> bool:
    from hub.partners.roles import partners_of

    return any(partner.pk == partner_id for partner in partners_of(user, also_closed=True))

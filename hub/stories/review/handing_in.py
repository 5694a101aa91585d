"""A worker hands a story in: from then on moderators see it, and it is published when everybody has agreed.

About exact words: a draft that is saved afterwards has to be handed in again. Refuses a story without words or people,
and words that are not those on the worker's screen.
"""

from typing import TYPE_CHECKING

from hub.database_clock import database_now
from hub.stories.ledger import verb
from hub.stories.light import lock, publish_when_agreed
from hub.stories.models import HandIn, StoryPage

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CannotHandIn(Exception):
    """The sentence says why, to the worker who tried."""


@verb
def hand_in(story: StoryPage, *, by: "User", about: str | None = None) -> HandIn:
    """Hands the latest draft in, which has to have the hash `about` if one is given. Twice changes nothing.

    Raises CannotHandIn. If everybody has agreed and a moderator has approved it, it is published now.
    """
    lock(story.pk)
    draft = StoryPage.objects.get(pk=story.pk).newest_words()
    words = draft.content_hash()
    if about is not None and about != words:
        raise CannotHandIn("The words changed meanwhile. Read them, then hand them in.")
    if not draft.body or not draft.latest_revision_id:
        raise CannotHandIn("There are no words yet. Write and save them first.")
    if not story.participations.filter(consent_needed=True).exists():
        raise CannotHandIn("Nobody whose yes is needed is in it yet. Add the people first.")
    standing = HandIn.objects.standing(story.pk).first()
    if standing is None or standing.content_hash != words:
        end_hand_in(story.pk, by=by)
        standing = HandIn.objects.create(
            story_id=story.pk, revision_id=draft.latest_revision_id, content_hash=words, by=by
        )
    publish_when_agreed(story.pk)
    return standing


@verb
def take_hand_in_back(story: StoryPage, *, by: "User") -> bool:
    """Takes it out of the moderators' queue; what is public stays so. Returns whether anything was handed in."""
    lock(story.pk)
    return end_hand_in(story.pk, by=by)


def end_hand_in(story_id: int, *, by: "User | None") -> bool:
    """Ends what stands, inside a verb that has locked the story."""
    return bool(HandIn.objects.standing(story_id).update(ended_at=database_now(), ended_by=by))

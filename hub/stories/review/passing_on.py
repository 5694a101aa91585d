"""A moderator hands a story to another, who then finds it first in the queue. Any other may still decide about it.

Refuses somebody who may not approve it, and a story that nobody has handed in: there is nothing to decide then.
"""

from typing import TYPE_CHECKING

from django.contrib.auth.models import User

from hub.stories.ledger import verb
from hub.stories.light import lock
from hub.stories.models import HandIn, ModerationDecision, StoryPage
from hub.stories.review.who_may_approve import MayNotApprove, check_may_approve, moderates

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class CannotPassOn(Exception):
    """The sentence says why, to the moderator who tried."""


def who_could_look(story: StoryPage, *, instead_of: "User | AnonymousUser") -> list[User]:
    """Every other moderator who may approve `story`, at least if it is not highly sensitive, by name."""
    others = User.objects.with_perm("stories.moderate_story", include_superusers=False).exclude(pk=instead_of.pk or 0)
    return [user for user in others.order_by("first_name", "username") if _may(user, story)]


@verb
def pass_on(story: StoryPage, *, to: User, by: User) -> HandIn:
    """Gives what stands handed in to `to`. Raises CannotPassOn."""
    lock(story.pk)
    if not moderates(by):
        raise CannotPassOn("Handing a story on is for moderators.")
    if not to.is_active or not _may(to, story):
        raise CannotPassOn("They may not approve this story. Choose somebody else.")
    standing = HandIn.objects.standing(story.pk).first()
    if standing is None:
        raise CannotPassOn("Nobody has handed it in, so there is nothing to hand on.")
    standing.given_to, standing.given_by = to, by
    standing.save(update_fields=["given_to", "given_by"])
    return standing


def _may(user: User, story: StoryPage) -> bool:
    try:
        check_may_approve(user, story, sensitivity=ModerationDecision.Sensitivity.ORDINARY)
    except MayNotApprove:
        return False
    return True

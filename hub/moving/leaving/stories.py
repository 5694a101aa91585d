"""May the words of a story leave with a partner? Only those that everybody in it agrees to for other websites just now.

The use is “On the partners' own websites”: whoever said yes to it was told that a partner may show the words on a site
that is not this one, and that is where they go. A draft, a story that somebody is still being asked about, and one that
was paused or taken back stay, and a neutral line stands in their place: the same for each, so that it tells of nobody.
"""

from typing import Any

from django.db.models import QuerySet

from hub.partners.models import Partner
from hub.stories.choices import Use
from hub.stories.light import stories_seen_by
from hub.stories.models import StoryPage
from hub.stories.withdrawal import why_not

USE = Use.PARTNER_SITES
STAYS = "The words of this story are not in these files. Only words that everybody in it agrees to just now may leave."


def stories_of(partner: Partner | None, user: Any) -> QuerySet[StoryPage]:
    """The stories of `partner`, or of all, that `user` may know of; in their order."""
    seen = stories_seen_by(user).order_by("pk")
    return seen if partner is None else seen.filter(partner=partner)


def may_leave(story: StoryPage) -> bool:
    """Whether the words on the page of `story` may leave now. Asks the rule; a partner that is closed shows nothing."""
    return story.partner is not None and story.partner.is_open and not why_not(story, USE)

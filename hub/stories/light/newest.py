"""What words do many stories hold, the public ones and the newest? In as many queries as for one. Decides nothing.

For lists: the draft is made from its words alone, without its tree, comments and modules, which would ask the database.
Whoever decides or publishes reads the draft itself (`StoryPage.newest_words`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from hub.left_out import each
from hub.pages.blocks import pictures_at_hand
from hub.stories.models import StoryPage


@dataclass(frozen=True, slots=True)
class Versions:
    """One story: the words on its page and its newest words, each with its hash. Often they are the same."""

    story: StoryPage
    draft: StoryPage
    page_words: str
    draft_words: str


def versions_of(stories: Iterable[int], *, of: str) -> dict[int, Versions]:
    """Those of the stories with these numbers. One that cannot be read is left out `of` what it is for, and noted."""
    asked = stories if isinstance(stories, QuerySet) else list(stories)  # numbers still to be read cost no question
    rows = StoryPage.objects.filter(pk__in=asked).select_related("latest_revision", "partner").order_by("pk")
    drafts = {row.pk: (row, draft) for row, draft in each(rows, lambda row: (row, draft_in_words(row)), of=of)}
    with pictures_at_hand(version.body for both in drafts.values() for version in both):
        found = each(drafts.values(), lambda both: _versions(*both), of=of)
        return {one.story.pk: one for one in found}


def _versions(story: StoryPage, draft: StoryPage) -> Versions:
    words = story.content_hash()
    return Versions(story, draft, words, words if draft is story else draft.content_hash())


def draft_in_words(story: StoryPage) -> StoryPage:
    """The latest draft for its words alone. Its revision should have been fetched with `story`."""
    if story.latest_revision is None or not story.has_unpublished_changes:
        return story  # as Wagtail does: the page itself may have been changed since its last revision
    words = {name: value for name, value in story.latest_revision.content.items() if name != "modules"}
    draft: StoryPage = StoryPage.from_serializable_data(words, check_fks=False)
    draft.pk, draft.latest_revision_id = story.pk, story.latest_revision_id
    return draft

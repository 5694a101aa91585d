"""Copies, aliases and moves of stories as an older Hub allowed them, or as somebody makes them in the database."""

from typing import Any

from treebeard.mp_tree import MP_MoveHandler
from wagtail.actions.copy_page import CopyPageAction

from hub.pages.models import HubPage
from hub.stories.models import StoryPage


def copy_of(story: StoryPage, slug: str = "s-copy") -> StoryPage:
    """A live copy with its revisions, and a number of its own."""
    CopyPageAction(story, update_attrs={"slug": slug}, exclude_fields=["only_page"]).execute()
    return StoryPage.objects.get(slug=slug)


def alias_of(story: StoryPage, slug: str = "s-alias") -> StoryPage:
    """A live page that follows `story` as Wagtail's aliases do: without revisions."""
    alias = copy_of(story, slug)
    alias.revisions.all().delete()
    HubPage.objects.filter(pk=alias.pk).update(alias_of=story.pk, live_revision=None, latest_revision=None)
    return StoryPage.objects.get(pk=alias.pk)


def put_under(page: Any, parent: HubPage) -> StoryPage:
    """Moves the rows, and their addresses, without a word to Wagtail."""
    MP_MoveHandler(HubPage.objects.get(pk=page.pk), HubPage.objects.get(pk=parent.pk), "last-child").process()
    moved = HubPage.objects.get(pk=page.pk)
    HubPage.objects.filter(pk=page.pk).update(url_path=moved.set_url_path(HubPage.objects.get(pk=parent.pk)))
    return StoryPage.objects.get(pk=page.pk)

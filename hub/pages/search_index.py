"""Keeps the public search's words equal to what is public. Holds no word of a page that is not."""

from typing import Any

from hub.pages.models import HubPage, SearchEntry

KINDS = ("module", "activity", "guidance", "story")


def refresh(page: Any) -> None:
    """Writes the words of `page` if the public may read it now, and removes them if not."""
    specific = page.specific
    if specific.kind in KINDS and HubPage.objects.filter(pk=page.pk).live().exists():
        SearchEntry.objects.update_or_create(
            page_id=page.pk,
            defaults={"title": specific.title, "summary": specific.summary, "text": specific.plain_text()},
        )
    else:
        SearchEntry.objects.filter(page_id=page.pk).delete()


def page_changed(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Signal receiver: a page was published or unpublished."""
    refresh(instance)

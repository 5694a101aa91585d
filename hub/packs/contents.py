"""Which pages may stand in a pack, and which of those that are wanted are public now?

Modules, activities, guidance and stories. One that is gone says neither what it was nor why: its place stays, and
whoever made the pack can take it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hub.packs import stories
from hub.pages.models import ActivityPage, GuidancePage, HubPage, ModulePage
from hub.stories.models import StoryPage

KINDS: dict[type[HubPage], str] = {
    ModulePage: "Module",
    ActivityPage: "Activity",
    GuidancePage: "Guidance",
    StoryPage: "Story",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One place in a pack. `page` is None when it is not public, `may_be_printed` is always so but for a story."""

    number: int
    page: Any = None
    may_be_printed: bool = True

    @property
    def kind(self) -> str:
        return KINDS[type(self.page)] if self.page else ""

    @property
    def is_story(self) -> bool:
        return isinstance(self.page, StoryPage)


def items(numbers: Iterable[int]) -> list[Item]:
    """An item for each number, in that order."""
    wanted = list(numbers)
    found = {page.pk: page for page in _public(wanted)}
    return [_item(number, found.get(number)) for number in wanted]


def page_for_a_pack(number: int) -> Any:
    """The public page with this number, if a pack may hold it; otherwise None."""
    return next(iter(_public([number])), None)


def ready(module: ModulePage) -> list[int]:
    """What the ready pack of a module holds: itself, its activities and its guidance. Never a story (ADR 041)."""
    activities = ActivityPage.objects.live().child_of(module).order_by("path").values_list("pk", flat=True)
    guidance = module.guidance_pages.live().order_by("title").values_list("pk", flat=True)
    return [module.pk, *activities, *guidance]


def _public(numbers: list[int]) -> list[Any]:
    pages = HubPage.objects.filter(pk__in=numbers).live()
    pages = pages.select_related("partner", "visibility", for_specific_subqueries=True)
    return [page for page in pages.specific() if type(page) in KINDS]


def _item(number: int, page: Any) -> Item:
    return Item(number, page, not isinstance(page, StoryPage) or stories.is_offered(page))

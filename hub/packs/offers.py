"""What else could go into a pack? Everything that may, by module; a story only if the people in it agree to print.

Read from the light, which is quick; whether a story may be printed is asked again when the pack is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from hub.packs import stories
from hub.pages.models import ActivityPage, GuidancePage, ModulePage
from hub.stories.models import StoryPage


@dataclass(slots=True)
class Offer:
    """A module, and what goes with it."""

    module: ModulePage
    others: list[tuple[str, Any]] = field(default_factory=list)  # kind in words, page
    is_in: bool = False


def offers(taken: Iterable[int]) -> list[Offer]:
    """Every public module with what goes with it that is not `taken`; each page once, under its first module."""
    gone = set(taken)
    modules = list(ModulePage.objects.live().order_by("path").defer_streamfields())
    found = {module.pk: Offer(module, is_in=module.pk in gone) for module in modules}
    for activity in ActivityPage.objects.live().order_by("path").defer_streamfields():
        above = next((m for m in modules if activity.path.startswith(m.path)), None)
        _offer(found, gone, "Activity", activity, [above.pk] if above else [])
    for kind, pages in (("Guidance", GuidancePage.objects), ("Story", StoryPage.objects)):
        public = pages.live().order_by("title").select_related("visibility", "partner").prefetch_related("modules")
        for page in public.defer_streamfields():
            if kind != "Story" or stories.is_offered(page):
                _offer(found, gone, kind, page, [module.pk for module in page.modules.all()])
    return [offer for offer in found.values() if offer.others or not offer.is_in]


def _offer(found: dict[int, Offer], gone: set[int], kind: str, page: Any, modules: Iterable[int]) -> None:
    place = next((found[number] for number in sorted(modules) if number in found), None)
    if place is not None and page.pk not in gone:
        place.others.append((kind, page))
        gone.add(page.pk)

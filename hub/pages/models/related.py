"""What belongs beside a page: its neighbours, guidance, stories and headings. Every list here is a public one."""

from typing import Any

from hub.pages.models.base import HubPage
from hub.pages.pieces import kept, of_page
from hub.pages.visibility import holds_nobody

LISTED = 24  # beside a module; those beyond are found by the search and in the list of all stories


def visible_stories() -> Any:
    """Stories the public may read now, newest first, with their partner. Titles only: no story text is loaded."""
    return newest_first(HubPage.objects.exclude(holds_nobody()))


def newest_first(stories: Any) -> Any:
    """The public ones among `stories`, as lists of cards need them: with partner, light and language."""
    public = stories.live().select_related("partner", "visibility", "locale").defer_streamfields()
    return public.order_by("-first_published_at", "title")


def stories_about(module: Any) -> Any:
    """Visible stories a partner linked to `module`. With one more than are listed, so that the page can say so."""
    return newest_first(module.story_pages)[: LISTED + 1]


def guidance_about(module: Any) -> list[Any]:
    """Public guidance any partner linked to `module`, by title; one more than are listed."""
    return of_page(module, "guidance", lambda: _guidance_about(module))


def _guidance_about(module: Any) -> list[Any]:
    public = module.guidance_pages.live().select_related("partner").order_by("title").defer_streamfields()
    return list(public[: LISTED + 1])


def around(module: Any) -> dict[str, Any]:
    """Where a module stands on the path: its number, how many there are, and its neighbours."""
    siblings = kept(("modules beside", module.path[: -module.steplen]), lambda: _siblings(module))
    at = next((i for i, sibling in enumerate(siblings) if sibling.pk == module.pk), None)
    if at is None:  # a preview of a module that is not public yet
        return {"number": None, "total": len(siblings), "previous": None, "next": None}
    return {
        "number": at + 1,
        "total": len(siblings),
        "previous": siblings[at - 1] if at else None,
        "next": siblings[at + 1] if at + 1 < len(siblings) else None,
        "previous_number": at,
        "next_number": at + 2,
    }


def _siblings(module: Any) -> list[Any]:
    return list(type(module).objects.live().sibling_of(module).order_by("path").defer_streamfields())


def goes_well_with(activity: Any) -> list[Any]:
    """At most three other public activities: of the same module first, then of the modules beside it."""
    module = activity.path[: -activity.steplen]
    toolkit = module[: -activity.steplen]
    others = kept(("activities of", toolkit), lambda: _activities(type(activity), toolkit)) if toolkit else []

    def far(other: Any) -> tuple[int, int, str]:
        theirs = other.path[: -other.steplen]
        return abs(int(theirs, 36) - int(module, 36)), abs(other.minutes - activity.minutes), other.path

    return sorted((other for other in others if other.pk != activity.pk), key=far)[:3]


def _activities(model: Any, toolkit: str) -> list[Any]:
    return list(model.objects.live().filter(path__startswith=toolkit).select_related("partner").defer_streamfields())


def headings(body: Any) -> list[tuple[str, str]]:
    """(anchor, words) of each main heading of a body, for the contents list."""
    return [
        (block.value.anchor, block.value["text"])
        for block in body
        if block.block_type == "heading" and block.value["level"] == "h2"
    ]


def public_modules_of(page: Any) -> list[Any]:
    """The public modules that `page` says it belongs to, in their order; of a draft, those that the draft says."""
    return of_page(page, "modules", lambda: _modules_of(page))


def _modules_of(page: Any) -> list[Any]:
    modules = page._meta.get_field("modules").related_model.objects.live()
    chosen = page.modules.values_list("id", flat=True)
    return list(modules.filter(pk__in=chosen).order_by("path").defer_streamfields())

"""What belongs beside a page: its neighbours, guidance, stories and headings. Every list here is a public one."""

from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from hub.pages.models import ModulePage


def visible_stories() -> Any:
    """Stories the public may read now, newest first, with their partner. Titles only: no story text is loaded."""
    story = apps.get_model("stories", "StoryPage")
    return story.objects.live().select_related("partner").order_by("-first_published_at", "title").defer_streamfields()


def stories_about(module: "ModulePage") -> Any:
    """Visible stories a partner linked to `module`."""
    return visible_stories().filter(modules=module)


def guidance_about(module: "ModulePage") -> Any:
    """Public guidance any partner linked to `module`, by title."""
    return module.guidance_pages.live().select_related("partner").order_by("title").defer_streamfields()


def around(module: "ModulePage") -> dict[str, Any]:
    """Where a module stands on the path: its number, how many there are, and its neighbours. One query."""
    siblings = list(type(module).objects.live().sibling_of(module).order_by("path").defer_streamfields())
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


def headings(body: Any) -> list[tuple[str, str]]:
    """(anchor, words) of each main heading of a body, for the contents list."""
    return [
        (block.value.anchor, block.value["text"])
        for block in body
        if block.block_type == "heading" and block.value["level"] == "h2"
    ]


def public_modules_of(page: Any) -> Any:
    """The public modules that `page` says it belongs to, in their order; of a draft, those that the draft says."""
    modules = apps.get_model("pages", "ModulePage").objects.live()
    chosen = page.modules.values_list("id", flat=True)
    return modules.filter(pk__in=chosen).order_by("path").defer_streamfields()

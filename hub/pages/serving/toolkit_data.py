"""The modules and activities as data, for other websites and for planning: read only, and no story in it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from hub.left_out import each
from hub.pages.models import ActivityPage, ModulePage
from hub.pages.serving.machines import absolute

LICENCE = "Free to read, print and use."


@require_safe
def toolkit_data(request: HttpRequest) -> HttpResponse:
    """Every public module in its order, each with its public activities. The words of the pages are not in it."""
    activities: dict[str, list[dict[str, Any]]] = {}
    found = ActivityPage.objects.live().order_by("path").defer_streamfields()
    for module, activity in each(found, lambda page: _activity(request, page), of="the toolkit as data"):
        activities.setdefault(module, []).append(activity)
    modules = each(
        ModulePage.objects.live().order_by("path").defer_streamfields(),
        lambda page: {**_what_all_have(request, page), "activities": activities.get(page.path, [])},
        of="the toolkit as data",
    )
    response = JsonResponse({"licence": LICENCE, "modules": list(modules)})
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _activity(request: HttpRequest, page: ActivityPage) -> tuple[str, dict[str, Any]]:
    """The place of its module in the tree, and what is told about it."""
    own = {name: getattr(page, name) for name in ("aim", "minutes", "group_from", "group_to")}
    return page.path[: -page.steplen], {**_what_all_have(request, page), **own, "needed": list(page.needed)}


def _what_all_have(request: HttpRequest, page: Any) -> dict[str, Any]:
    return {
        "title": page.title,
        "address": absolute(page.get_url(request) or ""),
        "summary": page.summary,
        "for": page.audience,
        "talks_about": list(page.content_note),
        "is_example": page.is_example,
        "changed": page.last_published_at.isoformat() if page.last_published_at else None,
    }

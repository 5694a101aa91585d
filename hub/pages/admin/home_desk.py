"""What staff see first: what they can start, what is due and what is half done; and menus without what they cannot use.

Each app adds its own panel to the home of the admin. This one knows pages; stories come with theirs.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import CharField, Count, JSONField, OuterRef, Q, Subquery, Window
from django.db.models.functions import Cast, JSONObject
from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import WorkflowState
from wagtail.permissions import policy_registry

from hub.left_out import each
from hub.pages.admin.checks_screen import rows_of
from hub.pages.admin.waiting import waiting_for
from hub.pages.models import HubPage, PartnerSectionPage, ToolkitPage
from hub.pages.over_time.guidance_checks import due_for
from hub.pages.visibility import exempt_types
from hub.partners.people import partners_of

A_FEW = 8
OF_WAGTAIL = (
    "recent_edits",
    "workflow_objects_to_moderate",
    "user_objects_in_workflow_moderation",
    "locked_pages",
)
ABOUT_WAGTAIL = ("whats-new", "editor-guide")  # news and help of the software, not of the Hub


class PagesPanel(Component):
    """What waits for her approval; guidance to write, guidance to check, drafts to finish."""

    name = "pages_desk"
    template_name = "pages/admin/home_desk.html"
    order = 10

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["admin/desk.css"]}

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        due = due_for(request.user).annotate(number_due=Window(Count("pk")))  # the rows and their number at once
        rows = rows_of(due[:A_FEW], request.user)
        return {
            "request": request,
            "sections": sections_to_write_in(request.user),
            "toolkits": toolkits_to_write_in(request.user),
            "waiting": waiting_for(request.user),
            "due": rows,
            "due_count": rows[0]["page"].number_due if rows else 0,
            "drafts": drafts_for(request.user).annotate(asked=_approval())[:A_FEW],
            "edits_pages": policy_registry.get_by_type(HubPage).user_has_any_permission(
                request.user, ["add", "change", "publish"]
            ),
        }


def sections_of(user: Any) -> list[PartnerSectionPage]:
    """The sections of the partners `user` works for."""
    return [place for place in _places(user) if isinstance(place, PartnerSectionPage)]


def toolkits(user: Any) -> list[ToolkitPage]:
    """The toolkit: whoever reads it may find it."""
    return [place for place in _places(user) if isinstance(place, ToolkitPage)]


def sections_to_write_in(user: Any) -> list[PartnerSectionPage]:
    """Those of her sections where she may start a page."""
    return _to_write_in(sections_of(user), user)


def toolkits_to_write_in(user: Any) -> list[ToolkitPage]:
    """The toolkit, for whoever writes its modules and activities."""
    return _to_write_in(toolkits(user), user)


def _places(user: Any) -> list[Any]:
    """Both, asked at once and once for each `user` that was read: a menu and three panels of one screen want them."""
    kept: dict[str, list[Any]] = user.__dict__
    if "_places" not in kept:
        hers = Q(partnersectionpage__organisation__in=partners_of(user))
        found = HubPage.objects.filter(hers | Q(toolkitpage__isnull=False)).order_by("path")
        both = found.select_related("partnersectionpage", "toolkitpage")
        kept["_places"] = [getattr(page, "partnersectionpage", None) or page.toolkitpage for page in both]
    return list(kept["_places"])


def _to_write_in(places: list[Any], user: Any) -> list[Any]:
    asked = each(places, lambda page: (page, page.permissions_for_user(user).can_add_subpage()), of="the first screen")
    return [page for page, may in asked if may]


def drafts_for(user: Any) -> Any:
    """Pages that `user` may edit and whose latest words are not public, the newest first. Stories have their own."""
    mine = policy_registry.get_by_type(HubPage).instances_user_has_permission_for(user, "change")
    drafts = mine.filter(content_type__in=exempt_types(), has_unpublished_changes=True)
    return drafts.select_related("latest_revision__user", "content_type").order_by("-latest_revision_created_at", "pk")


def _approval() -> Subquery:
    """The approval a draft is in, to be asked with it: waiting, or sent back with what was said. None without one."""
    states = WorkflowState.objects.active().filter(object_id=Cast(OuterRef("pk"), CharField())).order_by("pk")
    said = JSONObject(status="status", comment="current_task_state__comment")
    return Subquery(states.annotate(said=said).values("said")[:1], output_field=JSONField())


def our_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Ours instead of Wagtail's, which also name pages somebody has no access to any more."""
    panels[:] = [panel for panel in panels if panel.name not in OF_WAGTAIL]
    panels.append(PagesPanel())


def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """How many pages and pictures there are helps nobody to do anything."""
    items.clear()


def menu_she_can_use(request: HttpRequest, items: list[Any]) -> None:
    """Reports list what all partners did, so they are the administrator's."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != "reports"]


def help_of_the_hub(request: HttpRequest, items: list[Any]) -> None:
    items[:] = [item for item in items if not item.name.startswith(ABOUT_WAGTAIL)]

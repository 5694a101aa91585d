"""What staff see first: what they can start, what is due and what is half done; and menus without what they cannot use.

Each app adds its own panel to the home of the admin. This one knows pages; stories come with theirs.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState, WorkflowState
from wagtail.permissions import policy_registry

from hub.left_out import each
from hub.pages.admin.checks_screen import rows_of
from hub.pages.admin.reading import pages_worked_on_by
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
        due = due_for(request.user)
        due_count = due.count()
        return {
            "request": request,
            "sections": sections_to_write_in(request.user),
            "toolkits": toolkits_to_write_in(request.user),
            "waiting": waiting_for(request.user),
            "due": rows_of(due[:A_FEW], request.user) if due_count else [],
            "due_count": due_count,
            "drafts": with_their_approval(list(drafts_for(request.user)[:A_FEW])),
            "edits_pages": policy_registry.get_by_type(HubPage).user_has_any_permission(
                request.user, ["add", "change", "publish"]
            ),
        }


def sections_to_write_in(user: Any) -> list[PartnerSectionPage]:
    """The sections of the partners `user` works for, where she may start a page."""
    partners = partners_of(user)
    if not partners:
        return []
    kept: list[Any] | None = user.__dict__.get("_sections_to_write_in")  # two panels of one screen ask
    if kept is None:
        kept = _to_write_in(PartnerSectionPage.objects.filter(organisation__in=partners).order_by("path"), user)
        user.__dict__["_sections_to_write_in"] = kept
    return list(kept)


def toolkits_to_write_in(user: Any) -> list[ToolkitPage]:
    """The toolkit, for whoever writes its modules and activities."""
    return _to_write_in(ToolkitPage.objects.order_by("path"), user)


def _to_write_in(places: Any, user: Any) -> list[Any]:
    asked = each(places, lambda page: (page, page.permissions_for_user(user).can_add_subpage()), of="the first screen")
    return [page for page, may in asked if may]


def drafts_for(user: Any) -> Any:
    """Pages that `user` may edit and whose latest words are not public, the newest first. Stories have their own."""
    mine = policy_registry.get_by_type(HubPage).instances_user_has_permission_for(user, "change")
    drafts = mine.filter(content_type__in=exempt_types(), has_unpublished_changes=True)
    return drafts.select_related("latest_revision__user", "content_type").order_by("-latest_revision_created_at", "pk")


def waiting_for(user: Any) -> list[dict[str, Any]]:
    """Pages that `user` may approve now, the longest waiting first: the version asked about, and who asks.

    Wagtail knows who approves, and not whether she still finds the page: that is asked of the policy.
    """
    if not TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exists():
        return []  # asking who approves which step takes eight questions
    states = TaskState.objects.reviewable_by(user).select_related("revision__user", "workflow_state")
    pages = pages_worked_on_by(user).in_bulk([int(state.workflow_state.object_id) for state in states])
    found = [(pages.get(int(state.workflow_state.object_id)), state) for state in states.order_by("started_at")]
    return [{"page": page, "state": state, "was_public": bool(page.live_revision_id)} for page, state in found if page]


def with_their_approval(drafts: list[Any]) -> list[Any]:
    """Each draft with `asked`, the approval it is in: waiting, or sent back with what was said. None without one."""
    states = WorkflowState.objects.active().filter(object_id__in=[str(page.pk) for page in drafts])
    asked = {state.object_id: state for state in states.select_related("current_task_state")}
    for page in drafts:
        page.asked = asked.get(str(page.pk))
    return drafts


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

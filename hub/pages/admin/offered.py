"""Which buttons stand in sight on an editor? Besides “Save draft” the one that comes next, not behind an arrow.

Wagtail hides “Publish”, “Submit” and “Approve” in one menu with “Cancel workflow”. A no stands beside its yes: whoever
is asked finds both. Refuses nothing: all of them are there.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem

from hub.pages.visibility import exempt_types

NEXT = ("approve", "action-publish", "action-submit")  # of these the first that she is offered
NO = "reject"


class TakeBackMenuItem(CancelWorkflowMenuItem):
    label = "Take it back from approval"


class SideBySide(ActionMenuItem):
    """Several buttons where Wagtail shows one."""

    name = "side-by-side"
    template_name: ClassVar[str | None] = None

    def __init__(self, items: list[Any]) -> None:
        super().__init__()
        self.items = items

    def render_html(self, parent_context: Mapping[str, Any] | None = None) -> SafeString:
        return mark_safe("".join(item.render_html(parent_context) for item in self.items))  # noqa: S308 - rendered

    @property
    def media(self) -> Any:
        media = self.items[0].media
        for item in self.items[1:]:
            media += item.media
        return media


def what_comes_next_in_sight(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Approve where she may, else publish, else submit. A story is handed in on a screen of its own."""
    items[:] = [TakeBackMenuItem(item.order) if type(item) is CancelWorkflowMenuItem else item for item in items]
    page = context.get("page")
    if page is not None and page.content_type_id not in exempt_types():
        return
    found = next((item for name in NEXT for item in items if item.name == name), None)
    if found is None or found is items[0]:
        return
    beside = [found, *(item for item in items[1:] if found.name == "approve" and item.name == NO)]
    items[:] = [SideBySide([items[0], *beside]), *(item for item in items[1:] if item not in beside)]

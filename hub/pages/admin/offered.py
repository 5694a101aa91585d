"""Which buttons stand in sight on an editor? Besides “Save draft” the one that comes next, not behind an arrow.

Wagtail hides “Publish”, “Submit” and “Approve” in one menu with “Cancel workflow”. A no stands beside its yes: whoever
is asked finds both. Refuses nothing: all of them are there.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.apps import apps
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem

from hub.pages.visibility import exempt_types, is_exempt

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


def _is_handed_in(request: HttpRequest, page: Any) -> bool:
    """Whether it is a page, new or not, that nobody publishes by hand."""
    if page is not None:
        return page.content_type_id not in exempt_types()
    match = request.resolver_match
    new = match.kwargs if match else {}
    return not is_exempt(apps.get_model(new["content_type_app_name"], new["content_type_model_name"]))


def what_comes_next_in_sight(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Approve where she may, else publish, else submit. A story is handed in on a screen of its own."""
    items[:] = [TakeBackMenuItem(item.order) if type(item) is CancelWorkflowMenuItem else item for item in items]
    if _is_handed_in(request, context.get("page")):
        items[:] = [item for item in items if item.name not in NEXT[1:]]
        return
    found = next((item for name in NEXT for item in items if item.name == name), None)
    if found is None or found is items[0]:
        return
    beside = [found, *(item for item in items[1:] if found.name == "approve" and item.name == NO)]
    items[:] = [SideBySide([items[0], *beside]), *(item for item in items[1:] if item not in beside)]

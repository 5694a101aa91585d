"""Which of Wagtail's own screens may a partner's people open, and with which numbers? The rest is not found.

Most of Wagtail's screens ask permissions themselves. These do not, or not enough: reports, autocompleted tags and the
admin's API list what everybody has, and some dialogues show the title of any page whose number they are given.
tests/partners/test_admin_walk.py walks every address and says which others would have to stand here. Administrators
see all.

The API's actions on pages are closed to them too: no screen of Wagtail's uses them, and they ask no lock and no form.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest
from django.urls import ResolverMatch
from django.utils.deprecation import MiddlewareMixin

from hub.pages.admin.reading import pages_readable_by, pages_worked_on_by
from hub.pages.models import HubPage
from hub.pages.models.owned_together import pages_asked_about

CLOSED_TO_ALL = "wagtailadmin_api:pages:action"
CLOSED_SPACES = ("wagtailadmin_reports", "wagtailadmin_api:images", "wagtailadmin_api:documents")
CLOSED = frozenset(
    {
        "wagtailadmin_tag_autocomplete",
        "wagtailadmin_error_test",
        "wagtailadmin_workflows:task_chooser",
        "wagtailadmin_workflows:task_chooser_results",
        "wagtailadmin_workflows:task_chosen",
    }
)


class AdminDoorsMiddleware(MiddlewareMixin):
    """Asks at the door, before Wagtail's view runs."""

    def process_view(self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """Raises Http404 when the door is closed to whoever is signed in."""
        match: ResolverMatch | None = request.resolver_match
        user: Any = request.user
        if match is not None and match.view_name == CLOSED_TO_ALL:
            raise Http404
        if match is None or not user.is_authenticated or user.is_superuser:
            return
        if match.view_name in CLOSED or ":".join(match.namespaces).startswith(CLOSED_SPACES):
            raise Http404
        may_open = DOORS.get(match.view_name)
        if may_open is not None and not may_open(user, request, kwargs):
            raise Http404


def _may_read(user: Any, numbers: Iterable[Any]) -> bool:
    wanted = _whole(numbers)
    return wanted is not None and pages_readable_by(user).filter(pk__in=wanted).count() == len(wanted)


def _may_work_on(user: Any, numbers: Iterable[Any]) -> bool:
    wanted = _whole(numbers)
    return wanted is not None and pages_worked_on_by(user).filter(pk__in=wanted).count() == len(wanted)


def _whole(numbers: Iterable[Any]) -> set[int] | None:
    """The numbers, each once; None if one is none."""
    texts = [str(number) for number in numbers]
    return {int(text) for text in texts} if all(text.isdecimal() for text in texts) else None


def _parent_of_chooser(user: Any, request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return _may_read(user, [kwargs["parent_page_id"]])


def _chosen(user: Any, request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return _may_read(user, request.GET.getlist("id"))


def _approved(user: Any, request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Steps of an approval. Wagtail says with its title that a page waits for none, before it asks who wants that."""
    return _may_work_on(user, [kwargs["page_id"]])


def _decided_at_once(user: Any, request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """The same without the page's own form. Owners agree in that form alone: it says which words they have read."""
    page = int(kwargs["page_id"]) if str(kwargs["page_id"]).isdecimal() else 0
    return page not in pages_asked_about(user) and _approved(user, request, kwargs)


def _moved(user: Any, request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    return _may_work_on(user, [kwargs["page_to_move_id"], kwargs["destination_id"]])


def _bulk(user: Any, request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    """Pages one works on. Wagtail asks about pictures and files itself, but for tags, which all would share."""
    if _is_of_pages(kwargs["app_label"], kwargs["model_name"]):
        return _may_work_on(user, request.GET.getlist("id"))
    return bool(kwargs["action"] != "add_tags")


def _is_of_pages(app_label: str, model_name: str) -> bool:
    """Bulk actions of pages come under the name of any type of page."""
    try:
        return issubclass(apps.get_model(app_label, model_name), HubPage)
    except LookupError:
        return False


DOORS: dict[str, Callable[[Any, HttpRequest, dict[str, Any]], bool]] = {
    "wagtailadmin_choose_page_child": _parent_of_chooser,
    "wagtailadmin_choose_page_chosen_multiple": _chosen,
    "wagtailadmin_pages:move_confirm": _moved,
    "wagtailadmin_pages:workflow_action": _decided_at_once,
    "wagtailadmin_pages:collect_workflow_action_data": _approved,
    "wagtailadmin_pages:confirm_workflow_cancellation": _approved,
    "wagtailadmin_pages:workflow_preview": _approved,
    "wagtail_bulk_action": _bulk,
}

"""“Guidance to check”: what is due, for whoever may edit it, and “Still right” in one click.

Whoever may not edit a page gets a 404 for it. Only those who may publish can say that the public words are right.
"""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.permissions import policy_registry

from hub.left_out import each
from hub.pages.models import HubPage
from hub.pages.over_time.guidance_checks import CannotCheck, due_for, still_right
from hub.pages.visibility import is_exempt
from hub.partners.people import known_as, signed_in

ON_A_PAGE = 50


@cache_control(private=True, no_store=True)
def checks(request: HttpRequest) -> HttpResponse:
    """What this user may edit and is due, the longest overdue first."""
    if not may_check(request.user):
        raise PermissionDenied
    page = Paginator(due_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pages/admin/checks.html", {"rows": rows_of(page.object_list, request.user), "page": page})


@require_POST
def say_still_right(request: HttpRequest, page_id: int) -> HttpResponse:
    """The one click. A refusal is a sentence on the same screen."""
    page = get_object_or_404(HubPage, pk=page_id).specific_deferred
    may = page.permissions_for_user(request.user)
    if not may.can_edit():
        raise Http404
    if not may.can_publish():
        raise PermissionDenied
    try:
        checked = still_right(page_id, by=signed_in(request), due=_day(request.POST.get("due", "")))
    except CannotCheck as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, f"“{checked.title}” is checked today. It comes back on {checked.next_check:%-d %B %Y}."
        )
    return redirect("guidance_checks")


def say_overdue(request: HttpRequest, page: Any) -> None:
    """Tells whoever opens an overdue page in the editor that it is."""
    if request.method == "GET" and page.is_overdue and is_exempt(type(page.specific)):
        messages.warning(
            request,
            f"This page should have been read again by {page.next_check:%-d %B %Y}. If it is still right, say so"
            " under “Guidance to check”. If not, change it here, and set the days under “Checking”.",
        )


def may_check(user: Any) -> bool:
    return bool(user.is_superuser or user_has_any_page_permission(user))


def rows_of(due: Any, user: Any) -> list[dict[str, Any]]:
    """Each of these pages, with who answers for it and whether this user may say that it is right."""
    publishes = policy_registry.get_by_type(HubPage).instances_user_has_permission_for(user, "publish")
    may_say = Exists(publishes.filter(pk=OuterRef("pk")).order_by())
    pages = due.select_related("partner", "owner").annotate(may_say=may_say)

    def row(page: Any) -> dict[str, Any]:
        return {"page": page, "owner": known_as(page.owner), "may_say": page.may_say}

    return list(each(pages, row, of="the checks"))


class ChecksMenuItem(MenuItem):
    """“Guidance to check”, for whoever edits pages."""

    def __init__(self) -> None:
        super().__init__(
            "Guidance to check", reverse("guidance_checks"), name="guidance-checks", icon_name="date", order=240
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may_check(request.user)


def _day(typed: str) -> date:
    try:
        found = parse_date(typed)
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found

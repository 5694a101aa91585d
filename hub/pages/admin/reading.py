"""Which pages may somebody read in the admin? What is public, and what she may work on; refuses all other drafts.

Permissions alone decide what may be changed; Wagtail's choosers would show everybody's drafts to everybody.
"""

from typing import Any

from django.http import HttpRequest
from wagtail.permissions import policy_registry

from hub.pages.models import HubPage

WORK_ON_A_PAGE = {"add", "change", "publish", "lock", "unlock"}


def pages_worked_on_by(user: Any) -> Any:
    """Pages of the places where `user` holds a permission; none that is hidden from her."""
    return policy_registry.get_by_type(HubPage).instances_user_has_any_permission_for(user, WORK_ON_A_PAGE)


def pages_readable_by(user: Any) -> Any:
    """Public pages, and those of the places where `user` holds a permission. Consent and the clock are asked."""
    if user.is_active and user.is_superuser:
        return HubPage.objects.all()
    return HubPage.objects.filter(pk__in=HubPage.objects.live().values("pk")) | HubPage.objects.filter(
        pk__in=pages_worked_on_by(user).values("pk")
    )


def only_readable_pages(pages: Any, request: HttpRequest) -> Any:
    """The page chooser lists, and finds, what its user may read."""
    return pages.filter(pk__in=pages_readable_by(request.user).values("pk"))

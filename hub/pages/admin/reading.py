"""Which pages may somebody read in the admin? What is public, and what she may work on; refuses all other drafts.

Permissions alone decide what may be changed; Wagtail's choosers would show everybody's drafts to everybody.
"""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from wagtail.permissions import policy_registry

from hub.pages.models import HubPage
from hub.pages.models.owned_together import pages_asked_about

WORK_ON_A_PAGE = {"add", "change", "publish", "lock", "unlock"}


def pages_worked_on_by(user: Any) -> Any:
    """Pages of the places where `user` holds a permission, and those about whose words her partner is asked."""
    hers = policy_registry.get_by_type(HubPage).instances_user_has_any_permission_for(user, WORK_ON_A_PAGE)
    asked = pages_asked_about(user)
    return HubPage.objects.filter(Q(pk__in=hers.values("pk")) | Q(pk__in=asked)) if asked else hers


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

"""What families are shown, for staff to read beforehand. A wording is a file of the product: nothing changes here."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem

from hub.stories.admin.register import may_see_register
from hub.stories.models import IN_ENGLISH, ConsentWording


@require_safe
def wordings(request: HttpRequest) -> HttpResponse:
    """Every wording in each language, the newest version first: since when, and until when it counts or counted."""
    if not may_see_register(request.user):
        raise PermissionDenied
    order = list(ConsentWording.Audience.values)
    found = list(ConsentWording.objects.select_related("retirement").order_by("language", "-version"))
    newest = {one.audience: one.version for one in reversed(found) if one.language == IN_ENGLISH}
    audiences: dict[str, list[tuple[ConsentWording, bool]]] = {}
    for wording in sorted(found, key=lambda one: order.index(one.audience)):
        read_in = f" ({wording.own_language})" if wording.own_language else ""
        is_shown = wording.version == newest[wording.audience]
        audiences.setdefault(f"{wording.get_audience_display()}{read_in}", []).append((wording, is_shown))
    return render(request, "stories/admin/wordings.html", {"audiences": audiences})


class WordingsMenuItem(MenuItem):
    """“Consent wordings”, for moderators and for whoever works for a partner."""

    def __init__(self) -> None:
        super().__init__(
            "Consent wordings", reverse("consent_wordings"), name="wordings", icon_name="doc-full", order=254
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may_see_register(request.user)

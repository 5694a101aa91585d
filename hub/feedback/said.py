"""Which answers may readers see? Those that staff published, while their page is public. Reads no word of feedback."""

from typing import Any

from django.db.models import QuerySet

from hub.feedback.models import Feedback
from hub.pages.models import ActivityPage, GuidancePage, HubPage, ModulePage

ASKS_FOR_FEEDBACK = (ModulePage, ActivityPage, GuidancePage)


def answers() -> QuerySet[Feedback]:
    """Every answer readers may see now, the newest first, with its page. What people wrote is not loaded."""
    return (
        Feedback.objects.filter(state=Feedback.State.ANSWERED, page__in=HubPage.objects.live().values("pk"))
        .order_by("-answered_on", "-pk")
        .defer("words", "suspected_because")
    )


def page_asking(page_id: int) -> Any:
    """The public page with this number, if it is of a kind that asks for feedback; otherwise None."""
    kinds = [kind._meta.model_name for kind in ASKS_FOR_FEEDBACK]
    return (
        HubPage.objects.live()
        .filter(pk=page_id, content_type__app_label="pages", content_type__model__in=kinds)
        .select_related("partner")
        .first()
    )

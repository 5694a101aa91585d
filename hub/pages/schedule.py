"""What is planned for today? Publishes pages whose hour has come and takes expired ones back, each by itself.

An expired page is dark before this runs: `live()` asks the clock. One page that fails stops no other, and is tried
again at the next run; Wagtail's own command would stop there. Nothing here shows what hub.pages.visibility refuses.
"""

import logging
from datetime import datetime

from django.db import transaction
from wagtail.models import Revision

from hub.pages.models import HubPage

logger = logging.getLogger(__name__)


def keep_to_the_schedule(now: datetime) -> int:
    """Publishes and takes back what is due at `now`. Returns how many pages it was."""
    expired = HubPage.objects.filter(expire_at__lte=now, expired=False).order_by("expire_at")
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    return sum(_take_back(page) for page in expired) + sum(_publish(revision) for revision in due)


def _take_back(page: HubPage) -> bool:
    try:
        with transaction.atomic():
            page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    except Exception:
        logger.exception("Page %s has expired and could not be unpublished. It is not shown.", page.pk)
        return False
    return True


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except Exception:
        logger.exception("A planned publication of page %s failed.", revision.object_id)
        return False
    return True

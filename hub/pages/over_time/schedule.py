"""What is planned for today? Publishes pages whose hour has come and takes expired ones back, each by itself.

An expired page is dark before this runs: `live()` asks the clock. One page that fails stops no other, and is tried
again at the next run; Wagtail's own command would stop there. Nothing here shows what hub.pages.visibility refuses.
"""

from datetime import datetime

from wagtail.models import Revision

from hub.left_out import each_by_itself
from hub.pages.models import HubPage


def keep_to_the_schedule(now: datetime) -> int:
    """Publishes and takes back what is due at `now`. Returns how many pages it was."""
    expired = HubPage.objects.filter(expire_at__lte=now, expired=False).order_by("expire_at")
    due = Revision.page_revisions.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    taken_back = each_by_itself(expired, _take_back, of="what has expired")
    return len([*taken_back, *each_by_itself(due, _publish, of="what is planned")])


def _take_back(page: HubPage) -> None:
    page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")

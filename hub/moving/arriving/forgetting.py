"""How long is it kept what came in at one time? A month; what came in stays, and where from is kept with each page."""

from datetime import datetime, timedelta

from hub.moving.models import Arrival

KEPT = timedelta(days=30)


def forget_old_arrivals(now: datetime) -> int:
    """Job. Returns how many were forgotten."""
    _, deleted = Arrival.objects.filter(at__lt=now - KEPT).delete()
    return deleted.get(Arrival._meta.label, 0)

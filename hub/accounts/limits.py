"""How often may one sender do this in an hour? Counts against a keyed hash of the address, which says nothing.

Kept in the cache that all workers share. Refuses nobody for long: an hour later it is forgotten.
"""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache

HOUR = 3600


def may_go_on(what: str, sender: str, *, most: int) -> bool:
    """Whether `sender` has done `what` fewer than `most` times in the last hour."""
    return int(cache.get(_key(what, sender), 0)) < most


def count(what: str, sender: str) -> None:
    """Once more."""
    key = _key(what, sender)
    cache.add(key, 0, timeout=HOUR)
    try:
        cache.incr(key)
    except ValueError:  # it ran out between the two lines
        cache.set(key, 1, timeout=HOUR)


def _key(what: str, sender: str) -> str:
    hashed = hmac.new(settings.SECRET_KEY.encode(), f"{what}\0{sender}".encode(), hashlib.sha256).hexdigest()
    return f"limit-{hashed[:32]}"

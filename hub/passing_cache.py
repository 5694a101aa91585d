"""A cache in Valkey that may be gone. Pages are made without it, as if nothing had been kept; health says that it is.

For half a minute nothing is asked of a server that did not answer; meanwhile this process keeps what it must in itself.
Refuses to lean on a cache: what has to be right, counts among it, stands in the database.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
ASKED_AGAIN_AFTER = 30.0  # seconds
LONGEST_WAIT = 0.5  # seconds, for one answer
KEPT_HERE = 60  # seconds: other processes change things and cannot tell this one

_gone_until: dict[str, float] = {}


def is_gone() -> bool:
    """Whether a server did not answer this process in the last half minute."""
    return any(until > time.monotonic() for until in _gone_until.values())


def _passing(name: str) -> Callable[..., Any]:
    def ask(self: "PassingCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() >= _gone_until.get(self.server, 0.0):
            try:
                return getattr(RedisCache, name)(self, *args, **kwargs)
            except (RedisError, OSError):
                _gone_until[self.server] = time.monotonic() + ASKED_AGAIN_AFTER
                self.instead.clear()  # what an earlier outage left here is too old
                logger.error("The cache does not answer. Pages are made without it, and take longer.")  # noqa: TRY400
        return getattr(self.instead, name)(*args, **kwargs)

    return ask


class PassingCache(RedisCache):
    """Django's own for Valkey and Redis, with a small one in this process to stand in for it."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        waits = {"socket_timeout": LONGEST_WAIT, "socket_connect_timeout": LONGEST_WAIT}
        params = {**params, "OPTIONS": {**waits, **params.get("OPTIONS", {})}}
        super().__init__(server, params)
        self.server = server
        self.instead = LocMemCache(f"instead of {server}", {"TIMEOUT": KEPT_HERE, "OPTIONS": {"MAX_ENTRIES": 1_000}})

    get, set, add, touch, delete = (_passing(name) for name in ("get", "set", "add", "touch", "delete"))
    get_many, set_many, delete_many = (_passing(name) for name in ("get_many", "set_many", "delete_many"))
    has_key, incr, clear = (_passing(name) for name in ("has_key", "incr", "clear"))

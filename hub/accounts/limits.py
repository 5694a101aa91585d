"""How often may one sender do this in an hour? Counts against a keyed hash of the sender, which says nothing.

Each try is counted before it is looked at, in one statement of the database: of a hundred at once no more get through
than of a hundred in turn, and nothing that fills up or stops makes it forget. Refuses nobody for long: the hour ends.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import connection

from hub.accounts.models import Tries

HOUR = 3600
KEPT = timedelta(days=1)
PAUSES_DOUBLE_FROM = 4  # seconds: with `free` tries behind somebody 4, then 8, 16 ...
TAKE = """
    INSERT INTO accounts_tries AS t (key, number, began_at, last_at)
    VALUES (%(key)s, 1, clock_timestamp(), clock_timestamp())
    ON CONFLICT (key) DO UPDATE SET
        number = CASE WHEN t.began_at <= clock_timestamp() - interval '1 hour' THEN 1 ELSE t.number + 1 END,
        began_at = CASE WHEN t.began_at <= clock_timestamp() - interval '1 hour' THEN clock_timestamp()
            ELSE t.began_at END,
        last_at = clock_timestamp()
    WHERE t.began_at <= clock_timestamp() - interval '1 hour' OR (t.number < %(most)s AND
        t.last_at + interval '1 second' * %(pause)s * (t.number >= %(free)s)::int
            * power(2, greatest(t.number - %(free)s, 0)) <= clock_timestamp())
    RETURNING number
"""
WAIT = """
    SELECT CASE WHEN number >= %(most)s THEN extract(epoch FROM began_at + interval '1 hour' - clock_timestamp())
        ELSE extract(epoch FROM last_at - clock_timestamp()) + %(pause)s * power(2, greatest(number - %(free)s, 0)) END
    FROM accounts_tries WHERE key = %(key)s
"""


def take(what: str, sender: str, *, most: int, free: int | None = None) -> bool:
    """Counts one more try. False, with nothing counted, when `most` were in this hour already.

    After `free` of them each has to wait twice as long for its turn as the one before; without, none has to wait.
    """
    if most <= 0:
        return False
    with connection.cursor() as cursor:
        cursor.execute(TAKE, _about(what, sender, most, free))
        return cursor.fetchone() is not None


def seconds_to_wait(what: str, sender: str, *, most: int, free: int | None = None) -> int:
    """How long until the next try is taken, when one was not."""
    with connection.cursor() as cursor:
        cursor.execute(WAIT, _about(what, sender, most, free))
        found = cursor.fetchone()
    return max(1, ceil(found[0])) if found else HOUR


def give_back(what: str, sender: str) -> None:
    """It was no wrong try after all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_tries SET number = number - 1 WHERE key = %s AND number > 0", [_key(what, sender)]
        )


def forget(what: str, sender: str) -> None:
    """Begins anew."""
    Tries.objects.filter(key=_key(what, sender)).delete()


def forget_old(now: datetime) -> int:
    """Job: what was counted a day ago counts no more. Returns how many."""
    deleted, _ = Tries.objects.filter(last_at__lt=now - KEPT).delete()
    return deleted


def _about(what: str, sender: str, most: int, free: int | None) -> dict[str, str | int]:
    return {
        "key": _key(what, sender),
        "most": most,
        "free": most if free is None else free,
        "pause": PAUSES_DOUBLE_FROM,
    }


def _key(what: str, sender: str) -> str:
    hashed = hmac.new(settings.SECRET_KEY.encode(), f"{what}\0{sender}".encode(), hashlib.sha256).hexdigest()
    return hashed[:32]

"""Have we the keys that this database was locked with? Asked at each start, so that nobody finds out on a bad day.

A key's name may be known to all; the key itself goes into a backup only where the Hub made it itself, on one's own
machine. Refuses to start with a key missing, since what is locked with another one could be opened by neither.
"""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from hub import env, env_keys
from hub.link_keys import name_of as name_of  # noqa: PLC0414 - named alike for both sorts of keys
from hub.stories.models import Farewell, PrivateLink
from hub.upkeep.models import KeyInUse

A_WORD = b"the word that only the right key opens"


def names_in_use() -> list[str]:
    """Of every key that something in the database may be locked with; the newest is among them from its first day."""
    note_newest()
    return sorted(KeyInUse.objects.values_list("name", flat=True))


def note_newest() -> None:
    """The newest key locks whatever is written from now on. In a database of before, the older ones may have, too."""
    keys = settings.HUB_ENCRYPTION_KEYS if not KeyInUse.objects.exists() else settings.HUB_ENCRYPTION_KEYS[:1]
    for key in keys:
        locked = Fernet(key).encrypt(A_WORD).decode()
        KeyInUse.objects.get_or_create(name=name_of(key), defaults={"locked": locked})


def missing() -> list[str]:
    """The names of keys that are needed and that we have not, or that do not open what they should."""
    ours = {name_of(key): key for key in settings.HUB_ENCRYPTION_KEYS}
    return [kept.name for kept in KeyInUse.objects.order_by("name") if not _opens(ours.get(kept.name), kept.locked)]


def not_ours(names: Iterable[str]) -> list[str]:
    """Which of these keys we have not, by their names."""
    ours = {name_of(key) for key in settings.HUB_ENCRYPTION_KEYS}
    return [name for name in names if name not in ours]


def _opens(key: str | None, locked: str) -> bool:
    try:
        return key is not None and Fernet(key).decrypt(locked.encode()) == A_WORD
    except InvalidToken:
        return False


def only_newest_is_needed() -> None:
    """Everything has been locked again: older keys may go."""
    note_newest()
    KeyInUse.objects.exclude(name=name_of(settings.HUB_ENCRYPTION_KEYS[0])).delete()


def are_lost() -> list[str]:
    """Stops asking for keys that are missing. Returns their names: what was locked with them opens no more."""
    lost = missing()
    KeyInUse.objects.filter(name__in=lost).delete()
    return lost


def are_our_own() -> bool:
    """Whether the Hub made its keys itself, in its own folder, where nobody else keeps them."""
    return settings.HUB_MODE == "local" and not env.text("HUB_ENCRYPTION_KEYS")


def to_take_along() -> dict[str, Any]:
    """What another machine needs to read this one's backup, and to know the private links that people hold."""
    own = not env.text("HUB_LINK_KEYS")
    return {"encryption": settings.HUB_ENCRYPTION_KEYS, "links": settings.HUB_LINK_KEYS if own else []}


def take_in(brought: dict[str, Any]) -> None:
    """Adds keys that a backup brought to our own, also in this process. Twice does no harm."""
    new = [key for key in brought["encryption"] if key not in settings.HUB_ENCRYPTION_KEYS]
    if new:
        with env_keys.more_keys(Path(settings.VAR_DIR)).open("a") as file:
            file.write("".join(f"{key}\n" for key in new))
        env_keys.more_keys(Path(settings.VAR_DIR)).chmod(0o600)
        settings.HUB_ENCRYPTION_KEYS = [*settings.HUB_ENCRYPTION_KEYS, *new]
    # older versions made links with the secret, and their backups bring that
    brought_links = [*brought.get("links", []), brought.get("secret", "")]
    more = [key for key in brought_links if key and key not in settings.HUB_LINK_KEYS]
    if more and not env.text("HUB_LINK_KEYS"):
        with env_keys.more_link_keys(Path(settings.VAR_DIR)).open("a") as file:
            file.write("".join(f"{key}\n" for key in more))
        env_keys.more_link_keys(Path(settings.VAR_DIR)).chmod(0o600)
        settings.HUB_LINK_KEYS = [*settings.HUB_LINK_KEYS, *more]


def links_by_key() -> dict[str, int]:
    """How many links and cards that still open are known by which key. No name: by the SECRET_KEY of their day."""
    found: Counter[str] = Counter()
    found.update(PrivateLink.objects.filter(Q(ends_at=None) | Q(ends_at__gt=Now())).values_list("key_name", flat=True))
    found.update(Farewell.objects.values_list("key_name", flat=True))
    return dict(found)


def missing_link_keys() -> list[str]:
    """The names of keys that cards of today are known by, and that we have not."""
    ours = {name_of(key) for key in settings.HUB_LINK_KEYS}
    return sorted(links_by_key().keys() - ours - {""})

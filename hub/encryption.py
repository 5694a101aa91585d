"""Who can read what is nobody else's to know? Only this server: it is encrypted before it reaches the database.

The keys are outside the database (HUB_ENCRYPTION_KEYS, newest first), so that a leaked backup tells nobody anything.
Refuses to guess: text that no key opens raises, and is never shown half.
"""

from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

A_KEY_IS_MISSING = "A key is missing from HUB_ENCRYPTION_KEYS: this was encrypted with another one."


class CannotOpen(Exception):
    """No key of ours opens this. The key it was locked with is missing from HUB_ENCRYPTION_KEYS."""


@cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def lock_away(text: str) -> str:
    """`text` encrypted with the newest key; an empty text stays empty."""
    return _box(tuple(settings.HUB_ENCRYPTION_KEYS)).encrypt(text.encode()).decode() if text else ""


def open_up(locked: str) -> str:
    """The text that `lock_away` was given. Raises CannotOpen."""
    if not locked:
        return ""
    try:
        return _box(tuple(settings.HUB_ENCRYPTION_KEYS)).decrypt(locked.encode()).decode()
    except InvalidToken:
        raise CannotOpen(A_KEY_IS_MISSING) from None


def lock_bytes(data: bytes) -> bytes:
    """The bytes of a file, encrypted with the newest key."""
    return _box(tuple(settings.HUB_ENCRYPTION_KEYS)).encrypt(data)


def open_bytes(locked: bytes) -> bytes:
    """The bytes that `lock_bytes` was given. Raises CannotOpen."""
    try:
        return _box(tuple(settings.HUB_ENCRYPTION_KEYS)).decrypt(locked)
    except InvalidToken:
        raise CannotOpen(A_KEY_IS_MISSING) from None


def lock_again(locked: str) -> str:
    """The same text under the newest key, for changing keys. Raises CannotOpen."""
    return lock_away(open_up(locked))

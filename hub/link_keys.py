"""With which key is a private link or a card known again? With one of its own: a new SECRET_KEY ends no card.

Of an address or a code only a keyed hash is kept, so that nobody tries a leaked table against guesses. The newest key
makes new ones; older keys know theirs for as long as somebody holds one. Each row names its key, by what may be known.
"""

import hashlib
import hmac

from django.conf import settings


def name_of(key: str) -> str:
    """What may be known of a key: enough to tell it from others."""
    return hashlib.sha256(f"name of {key}".encode()).hexdigest()[:12]


def newest() -> str:
    """The name of the key that new links are made with."""
    return name_of(settings.HUB_LINK_KEYS[0])


def hash_of(secret: str) -> str:
    """What is kept of a new address or code."""
    return _hashed(secret, settings.HUB_LINK_KEYS[0])


def hashes_of(secret: str) -> list[str]:
    """What may have been kept of it, whenever it was made."""
    return [_hashed(secret, key) for key in settings.HUB_LINK_KEYS]


def _hashed(secret: str, key: str) -> str:
    return hmac.new(key.encode(), secret.encode(), hashlib.sha256).hexdigest()

"""May this code from an authenticator app be used? Once: whoever watched it being typed cannot type it again.

allauth remembers used codes in the cache for half a minute, while one is good for a minute and a half; and a cache of
files lets two requests through at the same moment. So the last code used is kept with the app, under a lock.
"""

import base64
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt, encrypt
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction

LAST = "last_counter"
FIGURES, EACH = 6, 30  # what every app shows (RFC 6238), and for how many seconds
USED = "That code has been used already. Wait until your app shows the next one, half a minute at most, and type that."


class UsedAlready(Exception):
    """This code, or a newer one of the same app, has been used before."""


@transaction.atomic
def use_once(user: User, code: str) -> None:
    """Marks `code` as used, if it is one that the app of `user` shows about now. Raises UsedAlready."""
    app = Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.TOTP).first()
    counter = _counter(decrypt(app.data["secret"]), code) if app else None
    if app is None or counter is None:
        return
    if counter <= app.data.get(LAST, -1):
        raise UsedAlready(USED)
    app.data[LAST] = counter
    app.save(update_fields=["data"])


def _counter(secret: str, code: str) -> int | None:
    """Which half minute since 1970 `code` belongs to. Spaces that an app shows between figures say nothing."""
    typed = "".join(letter for letter in code if letter.isalnum()).encode()
    key = base64.b32decode(secret, casefold=True)
    app = HOTP(key, FIGURES, SHA1(), enforce_key_length=False)  # noqa: S303 - the one that apps know
    now = int(time.time()) // EACH
    for counter in range(now - settings.MFA_TOTP_TOLERANCE, now + settings.MFA_TOTP_TOLERANCE + 1):
        try:
            app.verify(typed, counter)
        except InvalidToken:
            continue
        return counter
    return None


def lock_again() -> int:
    """Puts the secrets of all apps and recovery codes under the newest key. Returns how many there were."""
    count = 0
    for pk in Authenticator.objects.values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            for name in {"secret", "seed"} & set(row.data if row else ()):
                row.data[name] = encrypt(decrypt(row.data[name]))
                row.save(update_fields=["data"])
                count += 1
    return count

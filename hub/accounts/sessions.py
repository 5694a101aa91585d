"""Where is somebody signed in, and how does that end? By herself, after a while without her, or at once everywhere.

Refuses to keep a list of its own: the table of sessions is the only one, and staff are few enough to read it whole.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from hub.accounts.browser import in_words

BEGAN, SEEN, SHOWN, BROWSER = "signed_in_at", "seen_at", "shown_at", "browser"  # seconds since 1970, and words
NOTE_EVERY = 5 * 60  # seconds: a session is not written for each click
TOO_OLD = "You were signed in for {} hours, so you have been signed out. Please sign in again."
TOO_QUIET = "You were signed out because nothing happened for {} hours. Please sign in again."


@dataclass(frozen=True, slots=True)
class SignedInPlace:
    """One browser somebody is signed in with."""

    browser: str
    began: datetime
    seen: datetime
    is_here: bool


def begin(request: HttpRequest, *, shown: bool = False) -> None:
    """Somebody is signed in with `request` from now on; `shown` when she has just shown who she is."""
    now = int(time.time())
    if shown:
        request.session[SHOWN] = now
    request.session.update({BEGAN: now, SEEN: now, BROWSER: in_words(request.headers.get("User-Agent", ""))})


def shown_at(request: HttpRequest) -> float:
    """When somebody showed who she is to begin this session, in seconds since 1970; 0 when nobody did."""
    return float(request.session.get(SHOWN, 0))


def why_over(data: Any) -> str:
    """Why the session that holds `data` has ended, in words for whoever was signed in. Empty while it goes on."""
    now = time.time()
    if now - data.get(BEGAN, now) > settings.SESSION_COOKIE_AGE:
        return TOO_OLD.format(settings.SESSION_COOKIE_AGE // 3600)
    if now - data.get(SEEN, now) > settings.SESSION_IDLE_AGE:
        return TOO_QUIET.format(settings.SESSION_IDLE_AGE // 3600)
    return ""


def somebody_is_here(request: HttpRequest) -> None:
    """Notes that whoever is signed in did something."""
    now, session = int(time.time()), request.session
    if BEGAN not in session:
        begin(request)
    elif now - session[SEEN] >= NOTE_EVERY:
        session[SEEN] = now


def sessions_of(user: User) -> list[Session]:
    """Every session in which `user` is signed in: not over, and not of a password she has since changed."""
    found = Session.objects.filter(expire_date__gt=timezone.now())
    return [session for session in found if _is_of(user, session.get_decoded())]


def places_of(user: User, *, here: str | None) -> list[SignedInPlace]:
    """Where `user` is signed in, the session with the key `here` first, then the one she used last."""
    places = [_place(session.get_decoded(), is_here=session.session_key == here) for session in sessions_of(user)]
    return sorted(places, key=lambda place: (not place.is_here, -place.seen.timestamp()))


def sign_out_everywhere(user: User, *, but: str | None = None) -> int:
    """Ends every session of `user`, but the one with the key `but`. Returns how many there were."""
    keys = [session.session_key for session in sessions_of(user) if session.session_key != but]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def _is_of(user: User, data: dict[str, Any]) -> bool:
    same_password = constant_time_compare(str(data.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())
    return data.get(SESSION_KEY) == str(user.pk) and same_password and not why_over(data)


def _place(data: dict[str, Any], *, is_here: bool) -> SignedInPlace:
    began, seen = (datetime.fromtimestamp(data.get(key, time.time()), tz=UTC) for key in (BEGAN, SEEN))
    return SignedInPlace(data.get(BROWSER, in_words("")), began, seen, is_here)

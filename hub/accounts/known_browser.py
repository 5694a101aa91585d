"""Has she signed in with this browser before? Then no stranger's wrong guesses stand in her way here.

A signed cookie says so, for staff alone and under /admin/: no reader gets one. It signs nobody in. Refuses one that is
not hers, is too old, or was made before her password changed.
"""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.deprecation import MiddlewareMixin

from hub.accounts import second_factor

COOKIE = settings.KNOWN_BROWSER_COOKIE_NAME
SALT = "hub.accounts.known_browser"
LASTS = 180 * 24 * 60 * 60
AT = "/admin/"
MOST_PEOPLE = 5  # of those who share a machine, the last


def of(request: HttpRequest | None, user: Any) -> str:
    """A name for this browser if `user` has signed in with it; otherwise nothing."""
    known = _people(request).get(str(user.pk)) if request and user else None
    return known[0] if known and known[1] == _mark(user) else ""


def remember(request: HttpRequest, response: HttpResponse, user: Any) -> None:
    """Notes in the browser that `user` has been here."""
    people = _people(request)
    others = [(pk, kept) for pk, kept in people.items() if pk != str(user.pk)]
    now = dict([*others[-MOST_PEOPLE + 1 :], (str(user.pk), [secrets.token_urlsafe(12), _mark(user)])])
    response.set_cookie(
        COOKIE,
        signing.dumps(now, salt=SALT),
        max_age=LASTS,
        path=AT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


class KnownBrowserMiddleware(MiddlewareMixin):
    """Whoever is wholly signed in, at the staff's own screens, has been here from now on."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not request.path_info.startswith(AT) or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return response
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not of(request, user) and second_factor.may_work(user):
            remember(request, response, user)
        return response


def _people(request: HttpRequest) -> dict[str, list[str]]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return {}
    return found if isinstance(found, dict) else {}


def _mark(user: Any) -> str:
    """Another one with each new password."""
    return salted_hmac(SALT, user.password, algorithm="sha256").hexdigest()[:16]

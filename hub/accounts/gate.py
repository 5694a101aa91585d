"""Who is still signed in, and who has proved enough of herself? Asked before any view, wherever a session comes along.

Whoever must use a second step and has none is a stranger everywhere, but on the few screens where she sets one up.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from hub.accounts import second_factor, sessions
from hub.security_headers import is_for_staff

# Open with a password alone: nothing of the Hub's own is behind these.
SETTING_UP = frozenset(
    {
        "account_login",
        "account_reauthenticate",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "set_up_second_factor",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_sprite",
    }
)
# An open editor asks every few seconds, whether anybody is there or not.
NOT_A_PERSON = "wagtailadmin_editing_sessions:ping"


class StillSignedInMiddleware(MiddlewareMixin):
    """Signs out whoever was away too long, and says so when she comes back."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        if not _has_session(request) or not request.user.is_authenticated:
            return
        over = sessions.why_over(request.session)
        if over:
            logout(request)
            messages.warning(request, over)
        elif request.resolver_match is None or request.resolver_match.view_name != NOT_A_PERSON:
            sessions.somebody_is_here(request)


class SecondFactorMiddleware(MiddlewareMixin):
    """Leads to the screen where a second step is set up; elsewhere nobody is signed in before that."""

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not _has_session(request) or not request.user.is_authenticated or second_factor.may_work(request.user):
            return None
        if request.resolver_match is not None and request.resolver_match.view_name in SETTING_UP:
            return None
        if is_for_staff(request):
            return redirect("set_up_second_factor")
        request.user = AnonymousUser()
        return None


def _has_session(request: HttpRequest) -> bool:
    """Whether the browser sent a session at all. Readers have none, and are not looked up."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES

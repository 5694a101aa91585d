"""The page behind an invitation. Opening it changes nothing and leaves no cookie; only a button acts.

Refuses whoever is signed in as somebody else, a form sent from another site, and a second use. The address is the key,
so nothing may keep it: no cache, no referrer, no search engine.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hub.accounts import invitations
from hub.accounts.colleague_forms import JoinForm
from hub.accounts.models import Invitation
from hub.accounts.screens import sign_in
from hub.security_headers import keep_nowhere


class Standing(StrEnum):
    """How whoever opened the link stands to the address that was invited."""

    NEW = "new"  # she has no account, or one that was ended
    SIGN_IN = "sign_in"  # she has one, and has to show that it is hers
    JOIN = "join"  # she is signed in with it
    SOMEBODY_ELSE = "somebody_else"
    ASK = "ask"  # an administrator's account, or one that an administrator closed


@csrf_exempt  # a reader has no cookie to ride on; whoever has one is guarded below
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, key: str) -> HttpResponse:
    """Shows what the invitation asks of this reader, or does what she says."""
    if request.method == "POST" and not sent_from_here(request):
        return HttpResponseForbidden("This form was sent from another website.", content_type="text/plain")
    invitation = invitations.find(key)
    response = _not_open(request, key) if invitation is None else _open(request, key, invitation)
    keep_nowhere(response)
    response["X-Robots-Tag"] = "noindex, noarchive"
    return response


def standing(invitation: Invitation, user: Any) -> Standing:
    """How `user`, who may be nobody, stands to the invited address."""
    account = invitations.account_of(invitation.email)
    if user.is_authenticated and user != account:
        return Standing.SOMEBODY_ELSE
    if account is None or invitations.may_come_back(account):
        return Standing.NEW
    if account.is_superuser or not account.is_active:
        return Standing.ASK
    return Standing.JOIN if user == account else Standing.SIGN_IN


def _open(request: HttpRequest, key: str, invitation: Invitation) -> HttpResponse:
    how = standing(invitation, request.user)
    act = ACTS.get(how) if request.method == "POST" else None
    form = JoinForm(invitation.email, request.POST if act is _make_account else None)
    try:
        answer = act(request, key, form) if act else None
    except invitations.NotOpen:  # somebody was quicker: show how things stand now
        answer = redirect("join", key)
    return answer or _page(request, invitation, how, form)


def _make_account(request: HttpRequest, key: str, form: JoinForm) -> HttpResponse | None:
    if not form.is_valid():
        return None
    said = form.cleaned_data
    account = invitations.accept_with_new_password(key, name=said["name"], password=said["password"])
    account.backend = settings.AUTHENTICATION_BACKENDS[0]  # Django asks which one let her in
    return sign_in(request, account, then=reverse("wagtailadmin_home"))


def _join(request: HttpRequest, key: str, form: JoinForm) -> HttpResponse:
    user: Any = request.user
    invitations.accept_as(User.objects.get(pk=user.pk), key)
    return redirect("wagtailadmin_home")


def _sign_out(request: HttpRequest, key: str, form: JoinForm) -> HttpResponse:
    logout(request)
    return redirect("join", key)


ACTS: dict[Standing, Callable[[HttpRequest, str, JoinForm], HttpResponse | None]] = {
    Standing.NEW: _make_account,
    Standing.JOIN: _join,
    Standing.SOMEBODY_ELSE: _sign_out,
}


def _page(request: HttpRequest, invitation: Invitation, how: Standing, form: JoinForm) -> HttpResponse:
    context = {
        "invitation": invitation,
        "partner": invitation.partner,
        "form": form,
        "rules": password_validators_help_texts(),
        "here": request.path,
    }
    return render(request, f"accounts/join/{how}.html", context)


def _not_open(request: HttpRequest, key: str) -> HttpResponse:
    context = {"was_accepted": invitations.was_accepted(key)}
    return render(request, "accounts/join/not_open.html", context, status=404)


def sent_from_here(request: HttpRequest) -> bool:
    """Browsers say where a form was sent from. One that says nothing is too old to be told off."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}

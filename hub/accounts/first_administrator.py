"""How does the first administrator come in? By a link that whoever starts the Hub reads where it was started.

It is good for a day, and only while there is no administrator. Refuses a second one: of two at once, one comes in.
"""

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core import signing
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from hub.accounts.colleague_forms import JoinForm
from hub.accounts.joining import sent_from_here
from hub.accounts.screens import sign_in
from hub.email_addresses import as_kept
from hub.security_headers import keep_nowhere

A_DAY = 24 * 60 * 60
SALT = "hub.accounts.first_administrator"


class BeginForm(JoinForm):
    """A name, an address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("", *args, **kwargs)
        self.fields["email"] = forms.EmailField(
            label="Your mail address",
            help_text="You sign in with it.",
            widget=forms.EmailInput(attrs={"autocomplete": "email", "class": "field"}),
            error_messages={"required": "Write your mail address. You sign in with it."},
        )
        self.order_fields(["name", "email", "password", "again"])

    def clean_email(self) -> str:
        self.email = as_kept(self.cleaned_data["email"])
        return self.email


def is_there_one() -> bool:
    return User.objects.filter(is_superuser=True, is_active=True).exists()


def new_address() -> str:
    """Where the first administrator begins; nothing when there is one."""
    if is_there_one():
        return ""
    key = signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(16))
    return settings.HUB_ADDRESS + reverse("begin", args=[key])


@csrf_exempt  # nobody is signed in yet, so there is no cookie to ride on
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, key: str) -> HttpResponse:
    """Raises Http404 for a link that is too old, and for any once there is an administrator."""
    if request.method == "POST" and not sent_from_here(request):
        return HttpResponseForbidden("This form was sent from another website.", content_type="text/plain")
    if not _is_good(key) or is_there_one():
        raise Http404
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        account: Any = _make(form.cleaned_data)
        account.backend = settings.AUTHENTICATION_BACKENDS[0]  # Django asks which one let her in
        answer = sign_in(request, account, then=reverse("wagtailadmin_home"))
    else:
        answer = render(request, "accounts/begin.html", {"form": form, "rules": password_validators_help_texts()})
    keep_nowhere(answer)
    return answer


def _is_good(key: str) -> bool:
    try:
        signing.TimestampSigner(salt=SALT).unsign(key, max_age=A_DAY)
    except signing.BadSignature:
        return False
    return True


@transaction.atomic
def _make(said: dict[str, Any]) -> User:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [SALT])
    if is_there_one():
        raise Http404
    account = User.objects.create_superuser(f"u-{secrets.token_hex(8)}", said["email"], said["password"])
    first, _, last = said["name"].strip().rpartition(" ")
    account.first_name, account.last_name = (first.strip(), last) if first else (last, "")
    account.save()
    return account

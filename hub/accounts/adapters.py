"""Where django-allauth asks us: who makes accounts (nobody here), what is noted of a sign-in, how secrets are kept."""

import time
from io import BytesIO
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from hub import encryption
from hub.accounts import operations, sessions
from hub.accounts.models import SignIn
from hub.partners.partnership import the_partnership

What = SignIn.What
INACTIVE = "This account is closed. If that is a mistake, ask your lead or an administrator."
# allauth tells of a change by the name of the mail it would send.
CHANGES = {
    "mfa/email/totp_activated": What.APP_ADDED,
    "mfa/email/totp_deactivated": What.APP_REMOVED,
    "mfa/email/webauthn_added": What.PASSKEY_ADDED,
    "mfa/email/webauthn_removed": What.PASSKEY_REMOVED,
    "mfa/email/recovery_codes_generated": What.CODES_MADE,
}
BY_FACTOR = {
    Authenticator.Type.TOTP: What.APP,
    Authenticator.Type.RECOVERY_CODES: What.RECOVERY,
    Authenticator.Type.WEBAUTHN: What.PASSWORD_PASSKEY,
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators. Each sign-in begins a session with an end, and is in the log."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """The last step, when password and second step were right."""
        what = _how(get_authentication_records(request, user))
        super().login(request, user)
        sessions.begin(request, shown=True)
        operations.note(what, user)

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        messages.error(request, INACTIVE)
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in or typed her password a moment ago is not asked for it again."""
        records = get_authentication_records(self.request, self.request.user)
        newest = max([sessions.shown_at(self.request), *(record["at"] for record in records)])
        return bool(time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The password alone: whoever has forgotten it signs out and in again."""
        known = user.is_authenticated and user.has_usable_password()
        return [{"id": "reauthenticate", "url": reverse("account_reauthenticate")}] if known else []

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Not allauth's mail, which names network addresses, but a line in our log and a mail of ours."""
        operations.changed_second_factor(user, CHANGES[template_prefix], here=self.request.session.session_key)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted with the Hub's own keys, which no copy of the database holds."""

    def encrypt(self, text: str) -> str:
        return encryption.lock_away(text)

    def decrypt(self, encrypted_text: str) -> str:
        return encryption.open_up(encrypted_text)

    def get_totp_label(self, user: Any) -> str:
        return str(user.email or user.get_username())

    def get_totp_issuer(self) -> str:
        return the_partnership().name

    def build_totp_svg(self, url: str) -> str:
        drawn = BytesIO()
        segno.make(url, error="m").save(drawn, kind="svg", scale=5, light="#fff", xmldecl=False)
        return drawn.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth's name
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return "My passkey" if number == 1 else f"My passkey {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": the_partnership().name}


def _how(records: list[dict[str, Any]]) -> SignIn.What:
    """What a sign-in is called that was made with these steps."""
    if any(record.get("passwordless") for record in records):
        return What.PASSKEY
    factors = [record["type"] for record in records if record["method"] == "mfa"]
    return BY_FACTOR[Authenticator.Type(factors[-1])] if factors else What.PASSWORD

"""Where staff find these screens: on their account page and under Settings; administrators also beside each person."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

TITLE = "Signing in and security"


def on_her_account_page(request: HttpRequest) -> dict[str, str]:
    """Under “More actions” of Wagtail's account page."""
    about = "Your second step, recovery codes, where you are signed in, and your last sign-ins."
    return {"url": reverse("mfa_index"), "label": TITLE, "help_text": about}


class SecurityMenuItem(MenuItem):
    """“Signing in and security”, for everybody."""

    def __init__(self) -> None:
        super().__init__(TITLE, reverse("mfa_index"), name="signing-in", icon_name="key", order=10)


class SignInsMenuItem(MenuItem):
    """“Sign-ins of everybody”, for administrators."""

    def __init__(self) -> None:
        super().__init__("Sign-ins of everybody", reverse("sign_ins"), name="sign-ins", icon_name="history", order=620)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.is_superuser)


def beside_each_person(user: Any, request_user: Any) -> Iterator[Button]:
    """“Sign-ins” in Wagtail's list of users."""
    if request_user.is_superuser:
        yield Button("Sign-ins", f"{reverse('sign_ins')}?person={user.pk}", icon_name="history", priority=30)

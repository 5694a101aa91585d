"""How often may somebody guess a password, or ask for a new one? Says of no name whether it exists.

Wrong passwords are counted for one name from one address, for one address, and for one name from everywhere, so that
neither many guesses at one colleague nor one guess at each of many get far. Whoever waits an hour may go on.
"""

import logging
from typing import Any

from django import forms
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from hub.accounts import limits
from hub.accounts.client_address import client_address

logger = logging.getLogger(__name__)
TOO_MANY = "There have been too many wrong tries. Wait an hour, or ask an administrator to set a new password."
MOST = {"one name from here": 8, "from here": 30, "one name": 60}
MOST_RESETS_FROM_HERE = 5
MOST_RESETS_FOR_ONE = 3


class SignInForm(LoginForm):
    """Wagtail's form, which counts what was wrong and stops listening for a while."""

    def clean(self) -> Any:
        """Refuses without looking at the password once there were too many wrong ones."""
        tries = self._tries()
        if not all(limits.may_go_on(f"sign-in {what}", who, most=MOST[what]) for what, who in tries.items()):
            logger.warning("Signing in is refused for an hour: too many wrong passwords for a name or from an address.")
            raise forms.ValidationError(TOO_MANY, code="too_many")
        try:
            return super().clean()
        except forms.ValidationError:
            for what, who in tries.items():
                limits.count(f"sign-in {what}", who)
            raise

    def _tries(self) -> dict[str, str]:
        """Who is guessing whom, in the three ways in which wrong passwords are counted."""
        name = str(self.cleaned_data.get("username", "")).casefold()
        address = client_address(self.request) if self.request else ""
        return {"one name from here": f"{name} {address}", "from here": address, "one name": name}


class ResetForm(PasswordResetForm):
    """Wagtail's form. What is asked for too often is not sent, and the answer is the same."""

    def save(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        address = client_address(request) if request else ""
        email = str(self.cleaned_data["email"]).casefold()
        asked = {"reset from here": (address, MOST_RESETS_FROM_HERE), "reset for one": (email, MOST_RESETS_FOR_ONE)}
        may_send = all(limits.may_go_on(what, who, most=most) for what, (who, most) in asked.items())
        for what, (who, _) in asked.items():
            limits.count(what, who)
        if may_send:
            super().save(*args, request=request, **kwargs)
        else:
            logger.warning("A mail to set a new password was asked for too often and is not sent.")

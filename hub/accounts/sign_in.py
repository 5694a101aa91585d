"""How often may somebody guess a password or a code, or ask for a new password? Says of no name whether it exists.

Wrong passwords are counted for one name from one address, for one address, and for one name from everywhere, so that
neither many guesses at one colleague nor one guess at each of many get far. Whoever waits an hour may go on.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar

from django import forms
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.http import HttpRequest
from django.template import loader
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from hub.accounts import limits
from hub.accounts.backends import account_called
from hub.accounts.client_address import client_address
from hub.accounts.models import SignIn
from hub.accounts.operations import note

logger = logging.getLogger(__name__)
TOO_MANY = "There have been too many wrong tries. Wait an hour, or ask an administrator to set a new password."
NOT_TOGETHER = "This address or username and this password do not belong together. Look at both, and try again."
TOO_MANY_CODES = "There have been too many wrong tries. Wait an hour, then try again."
MOST = {"one name from here": 8, "from here": 30, "one name": 60, "second step": 10, "passkey from here": 30}
MOST_RESETS_FROM_HERE = 5
MOST_RESETS_FOR_ONE = 3
# One thread that sends: the answer never waits for a mail, or its time would tell for which address there was one.
SENDER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="password-mail")


def refuse_after_too_many(tries: dict[str, str], sentence: str) -> None:
    """Raises a ValidationError when one of `tries`, what is guessed and by whom, was wrong too often."""
    if not all(limits.may_go_on(f"sign-in {what}", who, most=MOST[what]) for what, who in tries.items()):
        logger.warning("Signing in is refused for an hour: too many wrong tries for a name or from an address.")
        raise forms.ValidationError(sentence, code="too_many")


def count_wrong(tries: dict[str, str]) -> None:
    """One more wrong guess, counted in each way."""
    for what, who in tries.items():
        limits.count(f"sign-in {what}", who)


def tries_of_a_password(name: str, request: HttpRequest | None) -> dict[str, str]:
    """Who is guessing whom, in the three ways in which wrong passwords are counted."""
    address = client_address(request) if request else ""
    return {
        "one name from here": f"{name.casefold()} {address}",
        "from here": address,
        "one name": name.casefold(),
    }


class SignInForm(LoginForm):
    """Wagtail's form, which counts what was wrong and stops listening for a while."""

    error_messages: ClassVar[dict[str, str]] = {**LoginForm.error_messages, "invalid_login": NOT_TOGETHER}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail address or username"

    def clean(self) -> Any:
        """Refuses without looking at the password once there were too many wrong ones."""
        name = str(self.cleaned_data.get("username", ""))
        tries = tries_of_a_password(name, self.request)
        refuse_after_too_many(tries, TOO_MANY)
        try:
            return super().clean()
        except forms.ValidationError:
            count_wrong(tries)
            note(SignIn.What.WRONG_PASSWORD, account_called(name))
            raise


class ResetForm(PasswordResetForm):
    """Wagtail's form. What is asked for too often is not sent, and the answer is the same, and as fast."""

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

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        """Leaves the mail, its words included, to the thread that sends."""
        SENDER.submit(_send, *args, **kwargs)


def _send(
    subject_template_name: str,
    email_template_name: str,
    context: dict[str, Any],
    from_email: str | None,
    to_email: str,
    html_email_template_name: str | None = None,
) -> None:
    subject = "".join(loader.render_to_string(subject_template_name, context).splitlines())
    message: EmailMessage = EmailMultiAlternatives(
        subject, loader.render_to_string(email_template_name, context), from_email, [to_email]
    )
    try:
        message.send()
    except OSError:  # every failure of SMTP is one
        logger.exception("A mail to set a new password could not be sent.")

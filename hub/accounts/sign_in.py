"""The form in which somebody signs in, and the one in which she asks for a new password. Says of no name whether it
exists: in words, and in the time that an answer takes.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ClassVar

from django import forms
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.db import DatabaseError, close_old_connections
from django.template import loader
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from hub.accounts import limits
from hub.accounts.backends import account_called
from hub.accounts.client_address import client_network
from hub.accounts.guessing import one_guess, ways_of_a_password
from hub.accounts.models import SignIn
from hub.accounts.operations import note
from hub.email_addresses import as_kept

logger = logging.getLogger(__name__)
NOT_TOGETHER = "This address or username and this password do not belong together. Look at both, and try again."
MOST_RESETS_FROM_HERE = 5
MOST_RESETS_FOR_ONE = 3
# One thread that sends: the answer never waits for a mail, or its time would tell for which address there was one.
SENDER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="password-mail")


class SignInForm(LoginForm):
    """Wagtail's form, which counts what was wrong and stops listening for a while."""

    error_messages: ClassVar[dict[str, str]] = {**LoginForm.error_messages, "invalid_login": NOT_TOGETHER}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail address or username"

    def clean(self) -> Any:
        """Refuses without looking at the password once there were too many wrong ones."""
        name = str(self.cleaned_data.get("username", ""))
        with one_guess(ways_of_a_password(name, self.request)):
            try:
                return super().clean()
            except forms.ValidationError:
                note(SignIn.What.WRONG_PASSWORD, account_called(name))
                raise


class ResetForm(PasswordResetForm):
    """Wagtail's form. What is asked for too often is not sent, and the answer is the same, and as fast."""

    def clean_email(self) -> str:
        return as_kept(str(self.cleaned_data["email"]))

    def save(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        network = client_network(request) if request else ""
        email = str(self.cleaned_data["email"]).casefold()
        may_send = limits.take("reset from here", network, most=MOST_RESETS_FROM_HERE)
        if may_send and limits.take("reset for one", email, most=MOST_RESETS_FOR_ONE):
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
    except (OSError, DatabaseError):
        logger.exception("A mail to set a new password could not be sent.")
    finally:
        close_old_connections()

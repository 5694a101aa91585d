"""What is typed or shown after the password: a code, a passkey, or the password once more before something changes.

allauth's forms, in plain words. Wrong ones are counted, and refused for an hour when there were too many.
"""

from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, EditWebAuthnForm, LoginWebAuthnForm
from django import forms

from hub.accounts import codes
from hub.accounts.guessing import (
    Way,
    one_guess,
    ways_of_a_passkey_alone,
    ways_of_a_password,
    ways_of_a_second_step,
)
from hub.accounts.models import SignIn
from hub.accounts.operations import note

WRONG_CODE = "That code is not right. Type the six figures your app shows now, or one of your recovery codes."
WRONG_NEW_CODE = (
    "That code is not right. Type the six figures your app shows now. Still wrong? Check the phone's clock."
)
WRONG_PASSKEY = "That passkey does not fit, or it took too long. Please try again, or use another way."
NOT_ADDED = "That passkey could not be added. Perhaps it took too long. Please try again."
NO_CODE = "Type the code."
NO_NAME = "Type a name for it."
LONGEST_NAME = 60


def _plain(field: forms.Field, *, label: str, missing: str, help_text: str = "", **attrs: str) -> None:
    """Makes a field of allauth's one of ours: a label that says it all, and a sentence if it is empty."""
    field.label, field.help_text, field.error_messages["required"] = label, help_text, missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class CodeForm(AuthenticateForm):
    """The code after the password: from an app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], label="Code", missing=NO_CODE, inputmode="numeric", autofocus="")

    def clean_code(self) -> str:
        """Refuses a wrong code, and one that was used before."""
        with one_guess(ways_of_a_second_step(self.user, context.request)):
            try:
                codes.use_once(self.user, self.cleaned_data["code"])
                return str(super().clean_code())
            except (codes.UsedAlready, forms.ValidationError) as wrong:
                note(SignIn.What.WRONG_CODE, self.user)
                used = isinstance(wrong, codes.UsedAlready)
                raise forms.ValidationError(codes.USED if used else WRONG_CODE, code="incorrect_code") from None


class SetUpAppForm(ActivateTOTPForm):
    """The first code, which shows that the app has got the key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], label="The six figures your app shows", missing=NO_CODE, inputmode="numeric")

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())
        except forms.ValidationError:
            raise forms.ValidationError(WRONG_NEW_CODE, code="incorrect_code") from None


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey, and what she calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = "What do you want to call it?"
        _plain(self.fields["name"], label=name, missing=NO_NAME, help_text="So that you know it again in a list.")
        self.fields["name"].widget.attrs["maxlength"] = str(LONGEST_NAME)

    def clean_name(self) -> str:
        return str(super().clean_name())[:LONGEST_NAME]

    def clean_credential(self) -> dict[str, Any]:
        return _as_sent(self.cleaned_data["credential"], NOT_ADDED)

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except (forms.ValidationError, ValueError, KeyError, AttributeError):
            raise forms.ValidationError(NOT_ADDED, code="incorrect_code") from None


class RenamePasskeyForm(EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["name"], label="Name", missing=NO_NAME, maxlength=str(LONGEST_NAME))

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])[:LONGEST_NAME]


class PasskeyForm(AuthenticateWebAuthnForm):
    """A passkey after the password."""

    def clean_credential(self) -> Any:
        """Refuses a passkey that is not hers, or an answer to an older question."""
        with one_guess(self._ways()):
            try:
                _as_sent(self.cleaned_data["credential"], WRONG_PASSKEY)
                return super().clean_credential()
            except (forms.ValidationError, ValueError, KeyError, AttributeError):
                note(SignIn.What.WRONG_PASSKEY, self.user)
                raise forms.ValidationError(WRONG_PASSKEY, code="incorrect_code") from None

    def _ways(self) -> list[Way]:
        return ways_of_a_second_step(self.user, context.request)


class PasskeyAloneForm(PasskeyForm, LoginWebAuthnForm):
    """A passkey instead of the password."""

    def _ways(self) -> list[Way]:
        return ways_of_a_passkey_alone(context.request)


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before the second step is changed or the recovery codes are shown."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], label="Your password", missing="Type your password.", autofocus="")

    def clean_password(self) -> str:
        with one_guess(ways_of_a_password(self.user.get_username(), context.request)):
            try:
                return str(super().clean_password())
            except forms.ValidationError:
                note(SignIn.What.WRONG_PASSWORD, self.user)
                raise forms.ValidationError("That is not your password.", code="incorrect_password") from None


def _as_sent(credential: Any, sentence: str) -> dict[str, Any]:
    """What a browser sends for a passkey. Anything else was made by hand, and allauth would stumble over it."""
    if not isinstance(credential, dict) or not isinstance(credential.get("response"), dict):
        raise forms.ValidationError(sentence, code="incorrect_code")
    return credential

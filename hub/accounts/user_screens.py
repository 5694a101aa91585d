"""What do administrators write under Settings → Users? Wagtail's own forms; an address belongs to one account.

People sign in by their address (backends.py), so two accounts may not share one, in capitals or not.
"""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import UserViewSet

from hub.email_addresses import as_kept
from hub.partners.people import known_as


class OneAccountMixin:
    """Refuses an address that another account has. One name is enough: not everybody has a second."""

    cleaned_data: dict[str, Any]
    instance: User
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].label = "Name"
        self.fields["last_name"].required = False

    def clean_email(self) -> str:
        email = as_kept(str(self.cleaned_data["email"]))
        other = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).first() if email else None
        if other:
            raise ValidationError(
                f"{known_as(other)} has this address already. People sign in by it, so only one account can have it."
            )
        return email


class HubUserCreationForm(OneAccountMixin, UserCreationForm):
    """Somebody new, made by an administrator. Leads invite instead."""


class HubUserEditForm(OneAccountMixin, UserEditForm):
    """Somebody who is there already."""


class HubUserViewSet(UserViewSet):
    """Wagtail's screens with these forms."""

    def get_form_class(self, for_update: bool = False) -> Any:  # noqa: FBT001, FBT002 - Wagtail's signature
        return HubUserEditForm if for_update else HubUserCreationForm

"""By what may somebody call herself when she signs in? By her address or her user name; invited people's says nothing.

Says of neither whether it exists: an unknown one takes as long as a wrong password.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.http import HttpRequest

from hub.accounts.invitations import account_of


class NameOrAddressBackend(ModelBackend):
    """Django's own, which also takes an e-mail address, in capitals or not."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **kwargs: Any
    ) -> Any:
        account = account_called(username or "")
        known = account.get_username() if account else username
        return super().authenticate(request, username=known, password=password, **kwargs)


def account_called(name: str) -> User | None:
    """Whose user name this is or, if nobody's, whose address."""
    return User.objects.filter(username=name).first() or (account_of(name) if "@" in name else None)

"""By what may somebody call herself when she signs in? By her address or her user name; invited people's says nothing.

Says of neither whether it exists: an unknown one takes as long as a wrong password.
"""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db.models import Model
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

    def get_user(self, user_id: int) -> User | None:
        """As Django does, with what every screen of the admin asks about her: one question instead of two."""
        user = User.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: Model | None = None) -> set[str]:
        """As Django does, her own and her groups' in one question. Remembered where Django remembers them."""
        if user_obj.is_superuser or not user_obj.is_active or obj is not None or hasattr(user_obj, "_perm_cache"):
            return super().get_all_permissions(user_obj, obj)
        names = ("content_type__app_label", "codename")
        own = Permission.objects.filter(user=user_obj.pk).order_by().values_list(*names)
        of_groups = Permission.objects.filter(group__user=user_obj.pk).order_by().values_list(*names)
        found = {f"{app}.{name}" for app, name in own.union(of_groups)}
        user_obj.__dict__["_perm_cache"] = found
        return found


def account_called(name: str) -> User | None:
    """Whose user name this is or, if nobody's, whose address."""
    return User.objects.filter(username=name).first() or (account_of(name) if "@" in name else None)

"""One's own account page, as Wagtail has it, without a picture of oneself, and with one name where one is enough.

Wagtail would read that picture in the Hub's own process and keep it as it came, with the place where it was taken. No
screen of ours shows it: it had no address from the beginning.
"""

from typing import Any

from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import AccountView, AvatarSettingsPanel, NameEmailSettingsPanel


class NameForm(NameEmailForm):
    """Not everybody has two names, and whoever is invited writes one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["first_name"].label = "Name"
        self.fields["last_name"].required = False
        self.fields["last_name"].label = "Last name, if you use one"


class NamePanel(NameEmailSettingsPanel):
    form_class = NameForm


class AccountWithoutPicture(AccountView):
    def get_panels(self) -> list[Any]:
        """All of Wagtail's but the picture; the name is ours."""
        panels = [panel for panel in super().get_panels() if not isinstance(panel, AvatarSettingsPanel)]
        return [
            NamePanel(panel.request, panel.user, panel.profile) if isinstance(panel, NameEmailSettingsPanel) else panel
            for panel in panels
        ]


account_page = never_cache(require_admin_access(AccountWithoutPicture.as_view()))

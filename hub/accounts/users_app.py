"""Wagtail's app of users with our screens: Django loads this before any model, so it stands alone."""

from wagtail.users.apps import WagtailUsersAppConfig


class HubUsersConfig(WagtailUsersAppConfig):
    """Stands in INSTALLED_APPS in the place of wagtail.users."""

    user_viewset = "hub.accounts.user_screens.HubUserViewSet"

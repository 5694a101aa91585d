"""Wiring only: what upkeep asks of Wagtail."""

from wagtail import hooks

from hub.upkeep.screens import AfterRestoreMenuItem, IsItWellMenuItem, urls

hooks.register("register_admin_urls", lambda: urls)
hooks.register("register_admin_menu_item", AfterRestoreMenuItem)
hooks.register("register_settings_menu_item", IsItWellMenuItem)

"""Wiring only: what accounts ask of Wagtail's admin."""

from wagtail import hooks

from hub.accounts import menu
from hub.accounts.colleague_screens import ColleaguesMenuItem
from hub.accounts.colleague_urls import colleague_urls
from hub.accounts.urls import staff_urls

hooks.register("register_admin_urls", lambda: staff_urls)
hooks.register("register_admin_urls", lambda: colleague_urls)
hooks.register("register_admin_menu_item", ColleaguesMenuItem)
hooks.register("register_account_menu_item", menu.on_her_account_page)
hooks.register("register_settings_menu_item", menu.SecurityMenuItem)
hooks.register("register_settings_menu_item", menu.SignInsMenuItem)
hooks.register("register_user_listing_buttons", menu.beside_each_person)

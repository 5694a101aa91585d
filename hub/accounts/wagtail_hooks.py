"""Wiring only: what accounts ask of Wagtail's admin."""

from wagtail import hooks

from hub.accounts.colleague_screens import ColleaguesMenuItem
from hub.accounts.colleague_urls import colleague_urls

hooks.register("register_admin_urls", lambda: colleague_urls)
hooks.register("register_admin_menu_item", ColleaguesMenuItem)

"""Wiring only: what moving asks of Wagtail's admin."""

from wagtail import hooks

from hub.moving.leaving.screens import TakeMenuItem
from hub.moving.log import register_actions
from hub.moving.urls import staff_urls

hooks.register("register_admin_urls", lambda: staff_urls)
hooks.register("register_admin_menu_item", TakeMenuItem)
hooks.register("register_log_actions", register_actions)

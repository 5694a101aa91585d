"""Wiring only: what pages ask of Wagtail's admin."""

from wagtail import hooks

from hub.pages.admin import pickers_script
from hub.pages.partner_screens import PartnersMenuItem, partner_urls

hooks.register("insert_global_admin_js", pickers_script)
hooks.register("register_admin_urls", lambda: partner_urls)
hooks.register("register_admin_menu_item", PartnersMenuItem)

"""Wiring only: what pages ask of Wagtail's admin."""

from wagtail import hooks

from hub.pages import home_desk, text_links
from hub.pages.admin import pickers_script
from hub.pages.admin_urls import staff_urls
from hub.pages.checks_screen import ChecksMenuItem, say_overdue
from hub.pages.explorer import hub_pages
from hub.pages.imports.screens import BringMenuItem
from hub.pages.partner_screens import PartnersMenuItem
from hub.pages.reading import only_readable_pages

hooks.register("insert_global_admin_js", pickers_script)
hooks.register("register_admin_viewset", lambda: hub_pages, order=1000)  # after Wagtail's own for the same pages
hooks.register("register_admin_menu_item", PartnersMenuItem)
hooks.register("register_admin_urls", lambda: staff_urls)
hooks.register("register_admin_menu_item", ChecksMenuItem)
hooks.register("register_admin_menu_item", BringMenuItem)
hooks.register("before_edit_page", say_overdue)
hooks.register("construct_homepage_panels", home_desk.our_panels)
hooks.register("construct_homepage_summary_items", home_desk.no_summary, order=1000)
hooks.register("construct_main_menu", home_desk.menu_she_can_use)
hooks.register("construct_help_menu", home_desk.help_of_the_hub)
hooks.register("construct_page_chooser_queryset", only_readable_pages)
hooks.register("register_rich_text_features", text_links.register, order=100)

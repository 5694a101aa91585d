"""Wiring only: what pages ask of Wagtail's admin."""

from wagtail import hooks

from hub.pages.admin import pickers_script

hooks.register("insert_global_admin_js", pickers_script)

"""Wiring only: what stories ask of Wagtail."""

from wagtail import hooks

from hub.stories import guards
from hub.stories.admin.buttons import (
    FlagsMenuItem,
    QueueMenuItem,
    RegisterMenuItem,
    UsesMenuItem,
    WithdrawalsMenuItem,
    people_button,
)
from hub.stories.admin.home import stories_panel
from hub.stories.admin.requests import RequestsMenuItem
from hub.stories.admin.urls import staff_urls
from hub.stories.admin.wordings import WordingsMenuItem
from hub.stories.disclosure import nothing_of_a_hidden_story
from hub.stories.serving import only_what_is_public

hooks.register("on_serve_page", only_what_is_public, order=-1000)
hooks.register("before_copy_page", guards.refuse_copy)
hooks.register("before_create_alias_page", guards.refuse_copy)
hooks.register("before_move_page", guards.refuse_move)
hooks.register("before_delete_page", guards.refuse_delete)
hooks.register("before_bulk_action", guards.refuse_bulk)
hooks.register("register_admin_urls", lambda: staff_urls)
hooks.register("register_page_header_buttons", people_button)
hooks.register("register_page_listing_more_buttons", people_button)
hooks.register("construct_homepage_panels", stories_panel)
hooks.register("construct_explorer_page_queryset", nothing_of_a_hidden_story)
hooks.register("register_admin_menu_item", QueueMenuItem)
hooks.register("register_admin_menu_item", RegisterMenuItem)
hooks.register("register_admin_menu_item", UsesMenuItem)
hooks.register("register_admin_menu_item", FlagsMenuItem)
hooks.register("register_admin_menu_item", WithdrawalsMenuItem)
hooks.register("register_admin_menu_item", RequestsMenuItem)
hooks.register("register_admin_menu_item", WordingsMenuItem)

"""Wiring only: what stories ask of Wagtail."""

from wagtail import hooks

from hub.stories.admin import (
    FlagsMenuItem,
    LawMenuItem,
    OffersMenuItem,
    QueueMenuItem,
    RegisterMenuItem,
    RequestsMenuItem,
    UsesMenuItem,
    WithdrawalsMenuItem,
    WordingsMenuItem,
    people_button,
    people_in_sight,
    staff_urls,
    stories_panel,
)
from hub.stories.light import nothing_of_a_hidden_story, only_what_is_public

hooks.register("on_serve_page", only_what_is_public, order=-1000)
hooks.register("register_admin_urls", lambda: staff_urls)
hooks.register("register_page_header_buttons", people_button)
hooks.register("register_page_listing_buttons", people_in_sight)
hooks.register("register_page_listing_more_buttons", people_button)
hooks.register("construct_homepage_panels", stories_panel)
hooks.register("construct_explorer_page_queryset", nothing_of_a_hidden_story)
hooks.register("register_admin_menu_item", QueueMenuItem)
hooks.register("register_admin_menu_item", RegisterMenuItem)
hooks.register("register_admin_menu_item", UsesMenuItem)
hooks.register("register_admin_menu_item", FlagsMenuItem)
hooks.register("register_admin_menu_item", WithdrawalsMenuItem)
hooks.register("register_admin_menu_item", RequestsMenuItem)
hooks.register("register_admin_menu_item", OffersMenuItem)
hooks.register("register_admin_menu_item", WordingsMenuItem)
hooks.register("register_settings_menu_item", LawMenuItem)

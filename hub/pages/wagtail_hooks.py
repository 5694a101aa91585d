"""Wiring only: what pages ask of Wagtail's admin."""

from wagtail import hooks

from hub.pages.admin import first_morning, guide, home_desk, offered, shared_screens, staying_screens
from hub.pages.admin.checks_screen import ChecksMenuItem, say_overdue
from hub.pages.admin.explorer import hub_pages
from hub.pages.admin.import_screens import BringMenuItem
from hub.pages.admin.partner_screens import PartnersMenuItem
from hub.pages.admin.reading import only_readable_pages
from hub.pages.admin.scripts import connection_script, look_of_the_hub, pickers_script, typed_at_script
from hub.pages.admin.urls import staff_urls
from hub.pages.serving import text_links

hooks.register("insert_global_admin_css", look_of_the_hub)
hooks.register("insert_global_admin_js", pickers_script)
hooks.register("insert_global_admin_js", connection_script)
hooks.register("insert_editor_js", typed_at_script)
hooks.register("register_admin_viewset", lambda: hub_pages, order=1000)  # after Wagtail's own for the same pages
hooks.register("register_admin_menu_item", PartnersMenuItem)
hooks.register("register_admin_urls", lambda: staff_urls)
hooks.register("register_admin_menu_item", ChecksMenuItem)
hooks.register("register_admin_menu_item", BringMenuItem)
hooks.register("before_edit_page", say_overdue)
hooks.register("before_move_page", staying_screens.refuse_move)
hooks.register("construct_homepage_panels", home_desk.our_panels)
hooks.register("construct_homepage_summary_items", home_desk.no_summary, order=1000)
hooks.register("construct_main_menu", home_desk.menu_she_can_use)
hooks.register("construct_homepage_panels", first_morning.first_morning_panel)
hooks.register("register_help_menu_item", guide.editors_guide)
hooks.register("register_help_menu_item", guide.moderators_guide)
hooks.register("register_help_menu_item", guide.leads_guide)
hooks.register("construct_page_action_menu", offered.what_comes_next_in_sight)
hooks.register("construct_help_menu", home_desk.help_of_the_hub)
hooks.register("construct_page_chooser_queryset", only_readable_pages)
hooks.register("register_rich_text_features", text_links.register, order=100)
hooks.register("after_create_snippet", shared_screens.note_who_brings)
hooks.register("before_edit_snippet", shared_screens.refuse_another_partners)
hooks.register("before_delete_snippet", shared_screens.refuse_another_partners)
hooks.register("before_bulk_action", shared_screens.refuse_many)
hooks.register("register_admin_menu_item", shared_screens.SharedChangesMenuItem)

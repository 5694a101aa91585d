"""Wiring only: what feedback asks of Wagtail's admin."""

from wagtail import hooks

from hub.feedback.admin.listing import FeedbackMenuItem, feedback_panel
from hub.feedback.admin.urls import staff_urls
from hub.feedback.history import register_actions

hooks.register("register_admin_urls", lambda: staff_urls)
hooks.register("register_admin_menu_item", FeedbackMenuItem)
hooks.register("construct_homepage_panels", feedback_panel)
hooks.register("register_log_actions", register_actions)

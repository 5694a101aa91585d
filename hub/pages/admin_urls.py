"""Addresses of the staff screens for pages, under /admin/guidance/."""

from django.urls import path

from hub.pages import checks_screen

staff_urls = [
    path("guidance/check/", checks_screen.checks, name="guidance_checks"),
    path("guidance/<int:page_id>/still-right/", checks_screen.say_still_right, name="still_right"),
]

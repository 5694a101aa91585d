"""Addresses of the staff screens for pages, under /admin/guidance/ and /admin/partners/."""

from django.urls import path

from hub.pages import checks_screen
from hub.pages.imports import screens
from hub.pages.partner_screens import partner_urls

staff_urls = [
    path("guidance/check/", checks_screen.checks, name="guidance_checks"),
    path("guidance/<int:page_id>/still-right/", checks_screen.say_still_right, name="still_right"),
    path("guidance/bring-in/", screens.bring, name="bring_in"),
    path("guidance/bring-in/<int:job_id>/", screens.job, name="import_job"),
    *partner_urls,
]

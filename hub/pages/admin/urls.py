"""Addresses of the staff screens for pages, under /admin/guidance/ and /admin/partners/."""

from django.urls import path

from hub.pages.admin import checks_screen, example_screen, first_morning, guide, shared_screens
from hub.pages.admin import import_screens as screens
from hub.pages.admin.import_review import review
from hub.pages.admin.partner_screens import partner_urls
from hub.pages.admin.redirect_screens import redirect_urls

staff_urls = [
    path("shared/changes/", shared_screens.changes, name="shared_changes"),
    path("help/<slug:name>/", guide.guide, name="guide"),
    path("first-morning/<slug:step>/", first_morning.take_a_step, name="first_morning"),
    path("example/in/", example_screen.bring_in, name="example_in"),
    path("example/out/", example_screen.take_out, name="example_out"),
    path("guidance/check/", checks_screen.checks, name="guidance_checks"),
    path("guidance/<int:page_id>/still-right/", checks_screen.say_still_right, name="still_right"),
    path("guidance/bring-in/", screens.bring, name="bring_in"),
    path("guidance/bring-in/<int:job_id>/", screens.job, name="import_job"),
    path("guidance/bring-in/<int:job_id>/<int:file_id>/", review, name="import_review"),
    *partner_urls,
    *redirect_urls,
]

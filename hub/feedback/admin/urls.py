"""Addresses of the staff screens for feedback, under /admin/feedback/."""

from django.urls import path

from hub.feedback.admin import answering, listing

staff_urls = [
    path("feedback/", listing.queue, name="feedback_queue"),
    path("feedback/<int:feedback_id>/", answering.one, name="feedback_one"),
    path("feedback/<int:feedback_id>/do/", answering.do, name="feedback_do"),
]

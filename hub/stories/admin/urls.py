"""Addresses of the staff screens for stories, under /admin/stories/."""

from django.urls import path

from hub.stories.admin import flags, people, register, review

staff_urls = [
    path("stories/review/", review.queue, name="story_queue"),
    path("stories/<int:story_id>/review/", review.review, name="story_review"),
    path("stories/consents/", register.register, name="consent_register"),
    path("stories/consents.csv", register.export, name="consent_export"),
    path("stories/flags/", flags.open_flags, name="open_flags"),
    path("stories/<int:story_id>/flags/", flags.story_flags, name="story_flags"),
    path("stories/<int:story_id>/flags/<int:flag_id>/clear/", flags.clear, name="clear_flag"),
    path("stories/<int:story_id>/people/", people.people, name="story_people"),
    path("stories/<int:story_id>/people/<int:participation_id>/ask/", people.ask, name="story_ask"),
    path("stories/<int:story_id>/people/<int:participation_id>/record/", people.record, name="story_record"),
]

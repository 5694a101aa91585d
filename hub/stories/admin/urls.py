"""Addresses of the staff screens for stories, under /admin/stories/."""

from django.urls import path

from hub.stories.admin import flags, people, register, review, withdrawals

staff_urls = [
    path("stories/review/", review.queue, name="story_queue"),
    path("stories/<int:story_id>/review/", review.review, name="story_review"),
    path("stories/consents/", register.register, name="consent_register"),
    path("stories/consents.csv", register.export, name="consent_export"),
    path("stories/flags/", flags.open_flags, name="open_flags"),
    path("stories/<int:story_id>/flags/", flags.story_flags, name="story_flags"),
    path("stories/<int:story_id>/flags/<int:flag_id>/clear/", flags.clear, name="clear_flag"),
    path("stories/withdrawals/", withdrawals.withdrawal_list, name="withdrawals"),
    path("stories/withdrawals/<int:case_id>/", withdrawals.withdrawal, name="withdrawal"),
    path("stories/withdrawals/<int:case_id>/lines/<int:line_id>/", withdrawals.tick_off, name="tick_off_withdrawal"),
    path("stories/withdrawals/<int:case_id>/again/", withdrawals.try_again, name="try_withdrawal_again"),
    path("stories/withdrawals/<int:case_id>/erase/", withdrawals.erase_everything, name="erase_withdrawn"),
    path("stories/withdrawals/<int:case_id>/close/", withdrawals.close, name="close_withdrawal"),
    path("stories/<int:story_id>/people/", people.people, name="story_people"),
    path("stories/<int:story_id>/people/<int:participation_id>/ask/", people.ask, name="story_ask"),
    path("stories/<int:story_id>/people/<int:participation_id>/record/", people.record, name="story_record"),
]

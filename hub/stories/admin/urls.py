"""Addresses of the staff screens for stories, under /admin/stories/."""

from django.urls import path

from hub.stories.admin import (
    changes,
    confidential,
    flags,
    holds,
    noting,
    people,
    register,
    requests,
    review,
    uses,
    withdrawals,
)

staff_urls = [
    path("stories/review/", review.queue, name="story_queue"),
    path("stories/<int:story_id>/review/", review.review, name="story_review"),
    path("stories/<int:story_id>/hold/", holds.hold, name="story_hold"),
    path("stories/<int:story_id>/hold/end/", holds.end, name="story_end_hold"),
    path("stories/consents/", register.register, name="consent_register"),
    path("stories/consents.csv", register.export, name="consent_export"),
    path("stories/flags/", flags.open_flags, name="open_flags"),
    path("stories/<int:story_id>/flags/", flags.story_flags, name="story_flags"),
    path("stories/<int:story_id>/flags/<int:flag_id>/clear/", flags.clear, name="clear_flag"),
    path("stories/requests/", requests.queue, name="public_requests"),
    path("stories/requests/<int:request_id>/", requests.one, name="public_request"),
    path("stories/uses/", uses.register, name="use_register"),
    path("stories/<int:story_id>/uses/", uses.story_uses, name="story_uses"),
    path("stories/<int:story_id>/uses/<int:use_id>/down/", uses.down, name="story_use_down"),
    path("stories/withdrawals/", withdrawals.withdrawal_list, name="withdrawals"),
    path("stories/withdrawals/<int:case_id>/", withdrawals.withdrawal, name="withdrawal"),
    path("stories/withdrawals/<int:case_id>/lines/<int:line_id>/", withdrawals.tick_off, name="tick_off_withdrawal"),
    path("stories/withdrawals/<int:case_id>/again/", withdrawals.try_again, name="try_withdrawal_again"),
    path("stories/withdrawals/<int:case_id>/erase/", withdrawals.erase_everything, name="erase_withdrawn"),
    path("stories/withdrawals/<int:case_id>/close/", withdrawals.close, name="close_withdrawal"),
    path("stories/<int:story_id>/changes/", changes.changes, name="story_changes"),
    path("stories/<int:story_id>/changes/<int:change_id>/done/", changes.tick_off, name="story_change_done"),
    path("stories/carry-over/<int:proposal_id>/", changes.decide, name="carry_over"),
    path("stories/<int:story_id>/people/", people.people, name="story_people"),
    path("stories/<int:story_id>/people/<int:participation_id>/ask/", people.ask, name="story_ask"),
    path("stories/<int:story_id>/people/<int:participation_id>/record/", noting.record, name="story_record"),
    path("stories/<int:story_id>/people/<int:participation_id>/details/", confidential.details, name="story_details"),
    path("stories/<int:story_id>/evidence/<int:evidence_id>/", confidential.open_evidence, name="open_evidence"),
]

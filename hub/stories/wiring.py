"""Wiring only: what stories listen to, and what they tell the apps below them."""

from django.apps import AppConfig
from wagtail.permissions import register_permission_policy
from wagtail.signals import page_published, page_unpublished

from hub.pages.installed_triggers import more_checks
from hub.pages.models import HubPage
from hub.partners import jobs, signals
from hub.stories.admin import mail_moderators
from hub.stories.consent import forget_unattached, provision_wordings, remind_partners
from hub.stories.erasure import delete_old_proofs, go_on_erasing
from hub.stories.family import farewell, forget_what_was_typed
from hub.stories.ledger import journal, lines_the_ledger_lost
from hub.stories.light import (
    PagesPolicy,
    darken_swapped,
    partner_reopened,
    show_what_is_ready,
    somebody_asked,
    story_published,
)
from hub.stories.models import StoryPage
from hub.stories.models.story import asked_to_publish
from hub.stories.public_requests import offers, requests
from hub.stories.review import note_what_the_database_took_back, story_unpublished
from hub.stories.withdrawal import leaving_out, stopping

JOBS: dict[str, jobs.Job] = {
    "Stories darkened because a picture was swapped": darken_swapped,
    "Stops gone on with": stopping.continue_all,
    "Wishes to leave a story gone on with": leaving_out.go_on,
    "Erasures gone on with": go_on_erasing,
    "Stories taken back noted": note_what_the_database_took_back,
    "Stories shown": show_what_is_ready,
    "Consents partners were reminded of": remind_partners,
    "Moderators told of what waits": mail_moderators,
    "Evidence nobody needed deleted": forget_unattached,
    "Requests staff were reminded of": requests.remind,
    "Old requests deleted": requests.forget_old,
    "Partners reminded of offers": offers.remind,
    "Old offers deleted": offers.forget_old,
    "Half-typed answers deleted": forget_what_was_typed,
    "Old proofs deleted": delete_old_proofs,
    "Cards of erased stories forgotten": farewell.forget_old,
    "Lines added to the journal": lambda now: journal.complete(),
}


def connect(app: AppConfig) -> None:
    more_checks.append(lines_the_ledger_lost)
    register_permission_policy(HubPage, PagesPolicy(HubPage))
    asked_to_publish.connect(somebody_asked, sender=StoryPage, dispatch_uid="show_what_is_agreed")
    page_published.connect(story_published, sender=StoryPage, dispatch_uid="light_story")
    page_unpublished.connect(story_unpublished, sender=StoryPage, dispatch_uid="story_is_taken_back")
    signals.partner_reopened.connect(partner_reopened, dispatch_uid="light_reopened")
    jobs.declare(JOBS)
    signals.provisioning.connect(provision_wordings, dispatch_uid="provision_wordings")

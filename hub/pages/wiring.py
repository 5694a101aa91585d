"""Wiring only: what pages listen to, and what they tell the apps below them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_save
from wagtail.models import TaskState
from wagtail.permissions import register_permission_policy
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    pre_page_move,
    task_submitted,
)

from hub import british_times, letterbox
from hub.accounts.signals import counting_what_is_hers, handing_over
from hub.pages import page_form
from hub.pages.admin.approval_mail import tell_owners, tell_toolkit_editors
from hub.pages.admin.references import foreign_references
from hub.pages.changes import forget_old_marks
from hub.pages.imports.drafts import finish_abandoned, forget_old_imports
from hub.pages.installed_triggers import let_nobody_off
from hub.pages.models import HubDocument, HubImage
from hub.pages.models.belonging import SharedBelongsToSomebody
from hub.pages.models.owned_together import provide_approval_of_owners
from hub.pages.models.staying import check_may_be_moved
from hub.pages.models.toolkit import the_toolkit
from hub.pages.over_time.abandoned_uploads import forget_abandoned_uploads
from hub.pages.over_time.guidance_checks import remind_owners
from hub.pages.over_time.schedule import keep_to_the_schedule
from hub.pages.ownership import hand_pages_over, pages_she_answers_for
from hub.pages.serving import moved, search_index
from hub.pages.serving.search_index import after_an_upgrade, page_changed
from hub.pages.serving.site_address import follow_address
from hub.partners import jobs
from hub.partners.signals import asking_for_the_toolkit, provisioning

JOBS: dict[str, jobs.Job] = {
    "Planned pages published or taken back": keep_to_the_schedule,
    "Pages put right in the search": search_index.put_right,
    "Pages whose owners were reminded": remind_owners,
    "Imports gone on with": finish_abandoned,
    "Old imports forgotten": forget_old_imports,
    "Uploads nobody finished deleted": forget_abandoned_uploads,
    "Old marks of changes forgotten": forget_old_marks,
}


def connect(app: AppConfig) -> None:
    jobs.declare(JOBS)
    for model, theirs in ((HubImage, "wagtailimages.Image"), (HubDocument, "wagtaildocs.Document")):
        policy = SharedBelongsToSomebody(model, auth_model=theirs, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)  # before Wagtail's own for the same models
    page_form.also_refused_by.append(foreign_references)
    british_times.everywhere()
    pre_save.connect(letterbox.keep_readable, dispatch_uid="words_are_readable")
    post_migrate.connect(let_nobody_off, sender=app, dispatch_uid="triggers_for_everybody")
    page_published.connect(page_changed, dispatch_uid="search_published")
    page_unpublished.connect(page_changed, dispatch_uid="search_unpublished")
    page_slug_changed.connect(moved.slug_changed, dispatch_uid="word_of_another_address")
    post_page_move.connect(moved.page_moved, dispatch_uid="word_of_another_place")
    pre_page_move.connect(check_may_be_moved, dispatch_uid="stories_stay")
    asking_for_the_toolkit.connect(the_toolkit, dispatch_uid="the_toolkit")
    provisioning.connect(provide_approval_of_owners, dispatch_uid="approval_of_owners")
    provisioning.connect(follow_address, dispatch_uid="follow_address")
    provisioning.connect(after_an_upgrade, dispatch_uid="search_after_an_upgrade")
    task_submitted.connect(tell_toolkit_editors, sender=TaskState, dispatch_uid="tell_toolkit_editors")
    task_submitted.connect(tell_owners, sender=TaskState, dispatch_uid="tell_owners")
    counting_what_is_hers.connect(pages_she_answers_for, dispatch_uid="pages_counted")
    handing_over.connect(hand_pages_over, dispatch_uid="pages_handed_over")

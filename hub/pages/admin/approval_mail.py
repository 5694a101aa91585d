"""Who is told that a page waits for them? Of a change to the toolkit each toolkit editor who may approve it; of a page
of several partners everybody who may say for one of them that it agrees. Nobody else, and each of them once.

Wagtail tells the members of a group; who may approve here is asked of each person. The words are in
templates/wagtailadmin/notifications/, for Wagtail's own mails too: they name no page, and quote nobody.
"""

from typing import Any

from django.contrib.auth.models import User
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import GroupPagePermission, TaskState

from hub.pages.models.owned_together import EachOwnerAgrees, owners_of, owners_that_agreed, publishes_for
from hub.partners.models import Partner, SomeoneFromAnotherPartner
from hub.partners.roles import TOOLKIT_EDITOR


class TellThoseAsked(GroupApprovalTaskStateSubmissionEmailNotifier):
    """The same mail, whatever approval it is of."""

    task: type

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        return isinstance(instance, TaskState) and isinstance(instance.task.specific, self.task)

    def get_template_base_prefix(self, instance: Any) -> str:
        return "task_state_"


class TellToolkitEditors(TellThoseAsked):
    task = SomeoneFromAnotherPartner

    def get_recipient_users(self, task_state: Any, **kwargs: Any) -> list[User]:
        page, task = task_state.workflow_state.content_object, task_state.task.specific
        editors = User.objects.filter(groups__name=TOOLKIT_EDITOR.group_name(), is_active=True)
        return [editor for editor in editors if task.may_approve(page, editor)]


class TellOwners(TellThoseAsked):
    task = EachOwnerAgrees

    def get_recipient_users(self, task_state: Any, **kwargs: Any) -> list[User]:
        """Told when they are first asked: the step begins anew with each yes, and the others know by then. Whoever asks
        agrees by that, if she may."""
        asked = task_state.workflow_state
        page, by = asked.content_object.specific, asked.requested_by
        owners = owners_of(page)
        if owners_that_agreed(page, asked, owners):
            return []
        return [person for person in _who_publish_for(owners - publishes_for(by)) if person != by]


def _who_publish_for(partners: frozenset[int]) -> list[User]:
    """Everybody who may publish in the section of one of these partners, by name."""
    sections = Partner.objects.filter(pk__in=partners, is_open=True).values("section")
    may = GroupPagePermission.objects.filter(page__in=sections, permission__codename="publish_hubpage")
    return list(User.objects.filter(is_active=True, groups__in=may.values("group")).distinct().order_by("username"))


tell_toolkit_editors = TellToolkitEditors()
tell_owners = TellOwners()

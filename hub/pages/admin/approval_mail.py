"""Who is told that a change to the toolkit waits? Each toolkit editor who may approve it, and nobody else.

Wagtail tells the members of a group; who may approve here is asked of each person. The words are in
templates/wagtailadmin/notifications/, for Wagtail's own mails too: they name no page, and quote nobody.
"""

from typing import Any

from django.contrib.auth.models import User
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState

from hub.partners.models import SomeoneFromAnotherPartner
from hub.partners.roles import TOOLKIT_EDITOR


class TellToolkitEditors(GroupApprovalTaskStateSubmissionEmailNotifier):
    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        """Only for the toolkit's approval."""
        return isinstance(instance, TaskState) and isinstance(instance.task.specific, SomeoneFromAnotherPartner)

    def get_template_base_prefix(self, instance: Any) -> str:
        return "task_state_"

    def get_recipient_users(self, task_state: Any, **kwargs: Any) -> list[User]:
        page, task = task_state.workflow_state.content_object, task_state.task.specific
        editors = User.objects.filter(groups__name=TOOLKIT_EDITOR.group_name(), is_active=True)
        return [editor for editor in editors if task.may_approve(page, editor)]


tell_toolkit_editors = TellToolkitEditors()

"""What happens when the last step of an approval is done: the version that was approved is published.

Wagtail asks whether the approver could publish alone. In the toolkit nobody but an administrator can: there, being
allowed to take the step is the permission. Everywhere else Wagtail's question stands.
"""

from typing import Any


def publish_what_was_approved(workflow_state: Any, user: Any = None) -> None:
    """Publishes the version the last step was about. Raises PermissionDenied as Wagtail does, except in the toolkit."""
    last = workflow_state.current_task_state
    by_another_partner = getattr(last.task.specific, "taking_it_is_the_permission", False)
    last.revision.publish(user=user, skip_permission_checks=by_another_partner)

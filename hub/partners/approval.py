"""What happens when the last step of an approval is done: the version that was approved is published.

Wagtail asks whether the approver could publish alone. In the toolkit nobody but an administrator can, and nobody at all
where several partners own a page: there, being allowed to take the step is the permission. Everywhere else Wagtail's
question stands.
"""

from typing import Any


def publish_what_was_approved(workflow_state: Any, user: Any = None) -> None:
    """Publishes the version the last step was about. Raises PermissionDenied as Wagtail does, except where said.

    A page for which another approval counts by now, as when partners joined as owners meanwhile, begins that one.
    """
    page = workflow_state.content_object.specific
    now = page.get_workflow()
    if now is not None and now.pk != workflow_state.workflow_id:
        now.start(page, user)
        return
    last = workflow_state.current_task_state
    step_is_enough = getattr(last.task.specific, "taking_it_is_the_permission", False)
    last.revision.publish(user=user, skip_permission_checks=step_is_enough)

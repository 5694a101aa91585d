"""What has each owner of a page said to its newest words? For the editor; decides nothing."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import TaskState, WorkflowState

from hub.pages.models.owned_together import owners_of, owners_that_agreed, publishes_for
from hub.partners.models import Partner


@dataclass(frozen=True, slots=True)
class OwnersSaid:
    """Who has agreed, who is waited for, and what the last one said who did not agree."""

    asked: bool
    agreed: list[Partner]
    waits_for: list[Partner]
    refused: str
    refused_by: list[Partner]


def what_owners_said(page: Any) -> OwnersSaid | None:
    """None for a page that one partner owns."""
    owners = owners_of(page)
    if not owners:
        return None
    state = page.current_workflow_state
    agreed = owners_that_agreed(page, state)
    partners = list(Partner.objects.filter(pk__in=owners))
    no = state.current_task_state if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES else None
    refused = no if no is not None and no.status == TaskState.STATUS_REJECTED else None
    by = publishes_for(refused.finished_by) if refused else set()
    return OwnersSaid(
        asked=bool(state and state.status == WorkflowState.STATUS_IN_PROGRESS),
        agreed=[one for one in partners if one.pk in agreed],
        waits_for=[one for one in partners if one.pk not in agreed],
        refused=refused.comment if refused else "",
        refused_by=[one for one in partners if one.pk in by],
    )

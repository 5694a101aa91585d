"""Which pages wait for somebody's approval, on her first screen? Each task decides; nothing is decided here.

What cannot concern her is left out by one question, so that whoever is asked about nothing pays for no rule. Refuses a
page that she does not find any more: Wagtail knows who approves, and not whether she still works there.
"""

from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import GroupApprovalTask, Task, TaskState
from wagtail.permissions import policy_registry

from hub.pages.admin.reading import WORK_ON_A_PAGE
from hub.pages.models import HubPage
from hub.pages.models.owned_together import EachOwnerAgrees
from hub.partners.models import SomeoneFromAnotherPartner
from hub.partners.people import partners_of, roles_held_by
from hub.partners.roles import TOOLKIT_EDITOR

KINDS = (GroupApprovalTask, SomeoneFromAnotherPartner, EachOwnerAgrees)


def waiting_for(user: Any) -> list[dict[str, Any]]:
    """Pages that `user` may approve now, the longest waiting first: the version asked about, and who asks."""
    kinds = [f"task__{kind._meta.model_name}" for kind in KINDS]
    states = list(_that_may_concern(user).select_related(*kinds, "workflow_state", "revision__user"))
    asked = _asked(user, states)
    of_owners = [int(state.workflow_state.object_id) for state in asked if isinstance(state.task, EachOwnerAgrees)]
    hers = policy_registry.get_by_type(HubPage).instances_user_has_any_permission_for(user, WORK_ON_A_PAGE)
    readable = HubPage.objects.filter(Q(pk__in=hers.values("pk")) | Q(pk__in=of_owners))
    pages = readable.in_bulk([int(state.workflow_state.object_id) for state in asked])
    found = [(pages.get(int(state.workflow_state.object_id)), state) for state in asked]
    return [{"page": page, "state": state, "was_public": bool(page.live_revision_id)} for page, state in found if page]


def _asked(user: Any, states: list[TaskState]) -> list[TaskState]:
    """Those about which `user` may decide, as their tasks say. Each task is asked once."""
    tasks = {state.task_id: _itself(state.task) for state in states}
    may: set[int] = set()
    for task in tasks.values():
        if isinstance(task, EachOwnerAgrees | SomeoneFromAnotherPartner):
            may |= task.asked_of(user)
        else:
            may |= {state.pk for state in task.get_task_states_user_can_moderate(user=user)}
    for state in states:
        state.task = tasks[state.task_id]
    return [state for state in states if state.pk in may]


def _itself(task: Task) -> Any:
    """The task as the kind it is: fetched with it, unless it is none of ours."""
    found = (getattr(task, str(kind._meta.model_name), None) for kind in KINDS)
    return next(filter(None, found), None) or task.specific


def _that_may_concern(user: Any) -> QuerySet[TaskState]:
    """Every step that waits, without those of which it is plain that somebody else takes them."""
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__active=True).order_by("started_at")
    numbers = [partner.pk for partner in partners_of(user)]
    public = [Q(**{f"{of}__in": numbers}) for of in ("partner", "guidancepage__owned_with", "modulepage__owned_with")]
    drafts = [Q(latest_revision__content__owned_with__contains=[number]) for number in numbers]
    this = HubPage.objects.filter(pk=Cast(OuterRef("workflow_state__object_id"), BigIntegerField()))
    is_owner = Exists(this.filter(Q(*public, *drafts, _connector=Q.OR)).order_by())
    waiting = waiting.exclude(~is_owner, task__in=EachOwnerAgrees.objects.all())
    if user.is_superuser:
        return waiting
    if TOOLKIT_EDITOR.name not in {held.role for held in roles_held_by(user)}:
        waiting = waiting.exclude(task__in=SomeoneFromAnotherPartner.objects.all())
    return waiting.exclude(task__in=GroupApprovalTask.objects.exclude(groups__in=user.groups.all()))

"""Who has to agree before a page of several partners is public? Each of them, to the very words that are to stand.

Which partners own a page is part of the page, so a partner that joins or is left out agrees to that too. A yes is a
step of Wagtail's approval, taken for one revision as it was saved last; it counts while whoever said it may publish for
a partner that owns the page. Refuses everybody who would publish it past that, administrators included.
"""

from typing import Any

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Revision, Task, TaskState, Workflow, WorkflowState, WorkflowTask

from hub.pages.models.base import HubPage
from hub.pages.models.staying import HubPermissionTester
from hub.pages.panels import SavedDraftPanel
from hub.pages.pieces import kept
from hub.partners.models import Partner

WORKFLOW, TASK = "A page of several partners", "each partner that owns it"
NOT_AN_OWNER = "Only a partner that owns this page, by somebody who may publish there, says whether it agrees."
SAY_WHY = "Say in a sentence why you do not agree, so that the others can mend it."


class ReasonForm(forms.Form):
    """What the others read when a partner does not agree."""

    comment = forms.CharField(
        label="Why? The others read it.",
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": SAY_WHY},
    )


class OwnedTogether(HubPage):
    """A type of page that several partners may own."""

    owned_with = ParentalManyToManyField(
        Partner,
        blank=True,
        related_name="+",
        verbose_name="owned together with",
        help_text="Each partner ticked here has to agree to the words before they are public, and so has yours.",
    )

    class Meta:
        abstract = True

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Any:
        """What its owners are asked by, whatever approval counts where it stands."""
        if owners_of(self):
            return Workflow.objects.filter(workflow_tasks__task__in=EachOwnerAgrees.objects.all(), active=True).first()
        return super().get_workflow()


owners_panels: list[Any] = [
    MultiFieldPanel(
        [
            FieldPanel("owned_with", widget=forms.CheckboxSelectMultiple),
            SavedDraftPanel(template="pages/admin/owners.html", heading="Who has agreed"),
        ],
        heading="Owned together",
        classname="collapsed",
    )
]


def owned_together_with(page: Any) -> list[Partner]:
    """The other partners a public page is from, by name, for its readers."""
    return kept(("owned with", page.pk), lambda: [one for one in page.owned_with.all() if _is_shown(one, page)])


def _is_shown(partner: Partner, page: Any) -> bool:
    return partner.is_open and partner.pk != page.partner_id


class OwnedTogetherTester(HubPermissionTester):
    """Nobody publishes what several partners own: the last one that agrees does."""

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and not owners_of(self.page)


def owners_of(page: Any) -> frozenset[int]:
    """The open partners that have to agree: of the draft and, once it is public, of what is. Empty for one owner."""
    if not issubclass(page.specific_class or type(page), OwnedTogether):
        return frozenset()
    page = page.specific  # Wagtail's box for a reason brings what all pages share, and no more
    drafts = Revision.objects.filter(pk=page.latest_revision_id).values_list("content__owned_with", flat=True)
    chosen = {partner.pk for partner in page.owned_with.all()} | set(drafts.first() or ())
    if page.live:
        public = type(page)._base_manager.filter(pk=page.pk, owned_with__isnull=False)
        chosen |= set(public.values_list("owned_with", flat=True))
    if not chosen:
        return frozenset()
    numbers = Partner.objects.filter(pk__in={*chosen, page.partner_id} - {None}, is_open=True)
    owners = frozenset(numbers.values_list("pk", flat=True))
    return owners if len(owners) > 1 else frozenset()


def publishes_for(user: Any) -> set[int]:
    """The open partners in whose section `user` may publish."""
    if user is None or not user.is_active:
        return set()
    return set(_publishing([user.pk]).values_list("pk", flat=True))


def _publishing(people: Any) -> Any:
    """The open partners in whose section one of these people may publish."""
    return Partner.objects.filter(
        is_open=True,
        section__group_permissions__group__user__in=people,
        section__group_permissions__permission__codename="publish_hubpage",
    ).order_by()


def may_agree(voices: set[int], owners: set[int], agreed: set[int]) -> bool:
    """Whether a yes for the partners `voices` counts. When a partner was closed while it was waited for, any of the
    others may say yes once more.
    """
    waits = owners - agreed
    return bool(voices & owners) and (not waits or bool(voices & waits))


def owners_that_agreed(page: Any, asked: WorkflowState | None, owners: frozenset[int] | None = None) -> set[int]:
    """Those of the `owners` for which somebody said yes to the newest words as they stand, while asked like this."""
    yeses = TaskState.objects.filter(
        workflow_state=asked,
        status=TaskState.STATUS_APPROVED,
        revision_id=page.latest_revision_id,
        finished_at__gte=F("revision__created_at"),  # Wagtail may save a version again, in place
    )
    found = [publishes_for(yes.finished_by) for yes in yeses.select_related("finished_by")] if asked else []
    return set().union(*found) & (owners_of(page) if owners is None else owners)


def _this_page(state: Any) -> Any:
    return HubPage.objects.filter(pk=Cast(state, models.BigIntegerField())).order_by()


def _open_owners() -> Any:
    """Within a question about steps that wait: the open partners among those `owners_of` finds."""
    page, partner = _this_page(OuterRef(OuterRef("workflow_state__object_id"))), OuterRef("pk")
    in_json = models.Func(partner, function="to_jsonb", output_field=models.JSONField())
    columns = ("partner", "guidancepage__owned_with", "modulepage__owned_with")
    ways: dict[str, Any] = {
        **dict.fromkeys(columns, partner),
        "latest_revision__content__owned_with__contains": in_json,
    }
    is_one = [Q(Exists(page.filter(**{way: this}))) for way, this in ways.items()]
    return Partner.objects.filter(Q(*is_one, _connector=Q.OR), is_open=True).order_by().values("pk")


def _yeses() -> Any:
    """Within the same question: the partners for which `owners_that_agreed` finds a yes."""
    said = TaskState.objects.filter(
        workflow_state=OuterRef(OuterRef("workflow_state")),
        status=TaskState.STATUS_APPROVED,
        revision__in=_this_page(OuterRef("workflow_state__object_id")).values("latest_revision"),
        finished_at__gte=F("revision__created_at"),
        finished_by__is_active=True,
    )
    return _publishing(said.order_by().values("finished_by")).values("pk")


class EachOwnerAgrees(Task):
    """The one step of that approval: taken once for each partner."""

    taking_it_is_the_permission = True  # to publish: see hub/partners/approval.py

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Whoever asks the others agrees herself, if she may publish for an owner."""
        state = super().start(workflow_state, user=user)
        page = workflow_state.content_object.specific
        if not publishes_for(user) & self._waits_for(page, workflow_state):
            return state
        state.approve(user=user, update=False)
        return super().start(workflow_state, user=user) if self._waits_for(page, workflow_state) else state

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """A yes or a no to the newest words. Raises PermissionDenied; a no without a reason is refused too."""
        asked = task_state.workflow_state
        page = HubPage.objects.select_for_update().get(pk=asked.object_id).specific
        task_state.refresh_from_db()
        if not publishes_for(user) & owners_of(page):
            raise PermissionDenied(NOT_AN_OWNER)
        comment = str(kwargs.get("comment", "")).strip()
        if action_name == "reject" and not comment:
            raise PermissionDenied(SAY_WHY)
        task_state.revision_id = page.latest_revision_id
        if action_name == "reject":
            task_state.reject(user=user, comment=comment)
        elif action_name == "approve":
            task_state.approve(user=user, update=False, comment=comment)
            asked.refresh_from_db()
            asked.update(user=user, next_task=self if self._waits_for(page, asked) else None)

    def _waits_for(self, page: Any, asked: Any, owners: frozenset[int] | None = None) -> frozenset[int]:
        everybody = owners_of(page) if owners is None else owners
        return everybody - owners_that_agreed(page, asked, everybody)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        owners = owners_of(obj)
        voices = publishes_for(user) & owners
        if not voices:
            return []
        agreed = owners_that_agreed(obj, obj.current_workflow_state, owners)
        yes = [("approve", "We agree to these words", False)] if may_agree({*voices}, {*owners}, agreed) else []
        return [*yes, ("reject", "We do not agree", True)]

    def get_form_for_action(self, action: str) -> Any:
        return ReasonForm if action == "reject" else super().get_form_for_action(action)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return bool(publishes_for(user) & owners_of(obj))

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        return TaskState.objects.filter(pk__in=self.asked_of(user))

    def asked_of(self, user: Any) -> set[int]:
        """The numbers of the steps that wait for a yes of `user`'s. For lists: one question, however many wait."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).order_by()
        sets = (_publishing([user.pk]).values("pk"), _open_owners(), _yeses())
        rows = waiting.values_list("pk", *map(ArraySubquery, sets)) if user.is_active else []
        found = ((pk, set(voices), set(owners), set(yeses)) for pk, voices, owners, yeses in rows)
        return {pk for pk, voices, owners, yeses in found if len(owners) > 1 and may_agree(voices, owners, yeses)}

    @classmethod
    def get_description(cls) -> str:
        return "Each partner that owns the page agrees to its words."

    class Meta:
        verbose_name = "step of each owner"


def pages_asked_about(user: Any) -> list[int]:
    """The numbers of pages about which a partner of `user` is asked now, or was and others still are."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=EachOwnerAgrees.objects.all())
    pages = [state.workflow_state.content_object.specific for state in states.select_related("workflow_state")]
    mine = publishes_for(user) if pages else set()
    return [page.pk for page in pages if mine & owners_of(page)]


def provide_approval_of_owners(**signal: Any) -> list[str]:
    """What provisioning asks of pages: the approval stands beside the tree, and a page names it when it needs it."""
    if WorkflowTask.objects.filter(task__in=EachOwnerAgrees.objects.all(), workflow__active=True).exists():
        return []
    task = EachOwnerAgrees.objects.first() or EachOwnerAgrees.objects.create(name=TASK)
    WorkflowTask.objects.create(workflow=Workflow.objects.create(name=WORKFLOW), task=task, sort_order=1)
    return [f"Made the workflow “{WORKFLOW}”."]

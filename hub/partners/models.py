"""An organisation in the partnership. The four are data: a fifth is a row, not code."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser, Group, User
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Lower, Now
from wagtail.models import Task, TaskState

from hub.partners.partnership import Partnership
from hub.partners.roles import LEAD, TOOLKIT_EDITOR

__all__ = [
    "Held",
    "Partner",
    "PartnerGroup",
    "Partnership",
    "SomeoneFromAnotherPartner",
    "Strand",
    "leads_a_partner",
    "numbers_of_partners",
    "partners_of",
    "people_behind_the_change",
    "roles_held_by",
]


class Strand(models.TextChoices):
    """The six colours of the design. A class name, so nobody can choose an unreadable one."""

    PANTILE = "pantile", "Pantile (red-orange)"
    HARBOUR = "harbour", "Harbour (blue)"
    KELP = "kelp", "Kelp (green)"
    GORSE = "gorse", "Gorse (yellow)"
    HEATHER = "heather", "Heather (purple)"
    HAAR = "haar", "Haar (grey)"


class Partner(models.Model):
    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)
    slug = models.SlugField(max_length=60, unique=True)
    strand = models.CharField(max_length=10, choices=Strand.choices)
    summary = models.TextField(blank=True, max_length=300)
    description = models.TextField(blank=True)
    place = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    help_topics = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        help_text="Ticked: the partner’s number stands among the help lines for it.",
    )
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    charity_number = models.CharField(max_length=20, blank=True)
    approval_required = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    collection = models.OneToOneField(
        "wagtailcore.Collection", null=True, editable=False, on_delete=models.SET_NULL, related_name="partner"
    )
    workflow = models.OneToOneField(
        "wagtailcore.Workflow", null=True, editable=False, on_delete=models.SET_NULL, related_name="partner"
    )

    class Meta:
        ordering: ClassVar[list[Any]] = ["name"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                Lower("name"), name="partner_name_once", violation_error_message="There is a partner with this name."
            ),
            models.UniqueConstraint(
                Lower("short_name"),
                name="partner_short_name_once",
                violation_error_message="There is a partner with this short name. Its groups are named by it.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerGroup(models.Model):
    """Which group of people holds which role for a partner. A link, so that a new name takes nobody's access away."""

    class Roles(models.TextChoices):
        AUTHORS = "authors", "Authors"
        LEADS = "leads", "Leads"

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="role_groups")
    role = models.CharField(max_length=20, choices=Roles.choices)
    group = models.OneToOneField("auth.Group", on_delete=models.CASCADE, related_name="partner_link")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint("partner", "role", name="partner_role_held_by_one_group"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of partner {self.partner_id}"


BY_PARTNER = "partner_link__partner__name"


@dataclass(frozen=True, slots=True)
class Held:
    """One role of somebody's, by its name in the table of roles; without a partner when all partners share it."""

    role: str
    partner: Partner | None


def roles_held_by(user: User | AnonymousUser) -> list[Held]:
    """Every role `user` holds, those for a partner by its name. For lists and screens.

    Asked once for each `user` that was read, as Django does with permissions: a request reads its own. Whoever decides
    whether somebody may approve asks `numbers_of_partners`, which remembers nothing.
    """
    if not user.is_authenticated:
        return []
    kept: dict[str, list[Held]] = user.__dict__
    if "_roles_held" not in kept:
        groups: Any = Group.objects.filter(user=user).select_related("partner_link__partner")
        rows = [(group.name, getattr(group, "partner_link", None)) for group in groups.order_by(BY_PARTNER, "pk")]
        kept["_roles_held"] = [Held(link.role, link.partner) if link else Held(name, None) for name, link in rows]
    return list(kept["_roles_held"])


def partners_of(user: User | AnonymousUser) -> list[Partner]:
    """The open partners `user` works for: those in whose groups they are. Remembered as `roles_held_by` is."""
    found = (held.partner for held in roles_held_by(user))
    return list({partner.pk: partner for partner in found if partner and partner.is_open}.values())


def leads_a_partner(user: User | AnonymousUser) -> bool:
    """Whether `user` leads an open one. Remembered in the same way: for menus."""
    return any(held.role == LEAD.name and held.partner and held.partner.is_open for held in roles_held_by(user))


def numbers_of_partners(user: User | AnonymousUser, *, also_closed: bool = False) -> set[int]:
    """The same partners by number, as they are now: read anew each time, for decisions."""
    if not user.is_authenticated:
        return set()
    found = Partner.objects.filter(role_groups__group__user=user)
    return set((found if also_closed else found.filter(is_open=True)).values_list("pk", flat=True))


class SomeoneFromAnotherPartner(Task):
    """A step of the toolkit's approval: taken by a toolkit editor who wrote none of it and works for another partner.

    Whoever works for no partner cannot be from another one. Administrators may always.
    """

    taking_it_is_the_permission = True  # to publish: see hub/partners/approval.py, which Wagtail loads before models

    def may_approve(self, page: Any, user: Any) -> bool:
        """Whether `user` may decide about what was changed on `page` since it was last published."""
        if user.is_superuser:
            return True
        authors = people_behind_the_change(page)
        if user.pk in authors or not user.groups.filter(name=TOOLKIT_EDITOR.name).exists():
            return False
        links = PartnerGroup.objects.filter(group__user__in={user.pk, *authors})
        held = set(links.values_list("group__user", "partner", "partner__is_open"))  # as it is now: this decides
        mine = {partner for who, partner, is_open in held if who == user.pk and is_open}
        theirs = {partner for who, partner, _ in held if who in authors}
        return bool(mine) and mine.isdisjoint(theirs)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self.may_approve(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return not self.may_approve(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if not self.may_approve(obj, user):
            return []
        return [
            ("reject", "Ask for changes", True),
            ("approve", "Approve and publish", False),
            ("approve", "Approve and publish, with a comment", True),
        ]

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        """Wagtail asks `get_actions` on its screens; any other way is asked here. Raises PermissionDenied."""
        if not self.may_approve(task_state.workflow_state.content_object, user):
            raise PermissionDenied("Somebody from another partner, who wrote none of it, has to approve this.")
        super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        return TaskState.objects.filter(pk__in=self.asked_of(user))

    def asked_of(self, user: Any) -> set[int]:
        """The numbers of the steps that wait and that `user` may take."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("workflow_state")
        if user.is_superuser:
            return set(waiting.values_list("pk", flat=True))
        return {state.pk for state in waiting if self.may_approve(state.workflow_state.content_object, user)}

    @classmethod
    def get_description(cls) -> str:
        return "A toolkit editor of another partner, who wrote none of it, approves."


def people_behind_the_change(page: Any) -> set[int]:
    """Everybody who saved a version since the public one, and who asked for approval."""
    versions = page.revisions.filter(pk__gt=page.live_revision_id or 0).order_by().values_list("user_id", flat=True)
    asked = page.workflow_states.active().order_by().values_list("requested_by_id", flat=True)
    return {pk for pk in versions.union(asked) if pk is not None}


class LawChosen(models.Model):
    """One time somebody said under which law this Hub works. Only ever added to: who chose what, and when, stays.

    The first row was there from the beginning: nobody chose it.
    """

    place = models.CharField(max_length=30, help_text="The code of a profile in hub/law.")
    by_user_id = models.BigIntegerField(null=True, help_text="The administrator; empty: from the beginning.")
    chosen_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return f"{self.place} since {self.chosen_at:%Y-%m-%d}"

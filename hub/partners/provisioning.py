"""Makes groups, permissions, collections and workflows equal to the table of roles: adds, and takes away.

Idempotent, in one transaction, and it says what it changed. Refuses a role that names a permission there is not.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from hub.partners.belongings import Belongings
from hub.partners.models import Partner, SomeoneFromAnotherPartner
from hub.partners.roles import AUTHOR, LEAD, ROLES, SHARED_COLLECTION, Place, Role
from hub.partners.signals import asking_for_the_toolkit, provisioning

TREE: Any = WorkflowPage._meta.get_field("page").related_model
WAGTAILS_OWN_GROUPS = ("Editors", "Moderators")
TOOLKIT_WORKFLOW = "Toolkit: approval"
TOOLKIT_TASK = "Somebody from another partner approves"


def provision(*, check_only: bool = False) -> list[str]:
    """Brings the database to the table and returns a sentence for each change; with `check_only`, changes nothing."""
    with transaction.atomic():
        changes = _Provisioning().run()
        for _, said in provisioning.send(sender=None):
            changes += said or []
        if check_only:
            transaction.set_rollback(True)
    return changes


class _Provisioning:
    def __init__(self) -> None:
        self.changes: list[str] = []
        self.belongings = Belongings(self.changes)

    def run(self) -> list[str]:
        self.remove_wagtails_own()
        self.belongings.follow_names()
        shared = self.belongings.collection_named(SHARED_COLLECTION)
        partners = list(Partner.objects.select_related("section", "collection", "workflow").order_by("pk"))
        for role in ROLES:
            for partner in partners if role.of_partner else [None]:
                self.role(role, partner, shared)
        for partner in partners:
            self.workflow(partner)
        self.toolkit_workflow()
        self.take_what_no_role_gives()
        return self.changes

    def take_what_no_role_gives(self) -> None:
        """Whoever holds something outside the table, a group or one person, loses it: nothing else grants anything."""
        names = [role.group_name() for role in ROLES if not role.of_partner]
        for group in Group.objects.filter(partner_link__isnull=True).exclude(name__in=names).order_by("name"):
            self.permissions(group, ())
            self.page_permissions(group, set())
            self.collection_permissions(group, set())
        for user in User.objects.filter(user_permissions__isnull=False).distinct().order_by("pk"):
            user.user_permissions.clear()
            self.changes.append(f"Took from user {user.pk} what they held by themselves: people hold roles.")

    def remove_wagtails_own(self) -> None:
        """Wagtail's default groups and workflow hold the whole tree; nobody here may."""
        for group in Group.objects.filter(name__in=WAGTAILS_OWN_GROUPS):
            group.delete()
            self.changes.append(f"Removed Wagtail's group “{group.name}”.")
        root = TREE.get_first_root_node()
        for link in WorkflowPage.objects.filter(page=root).select_related("workflow"):
            workflow = link.workflow
            link.delete()
            workflow.delete()
            self.changes.append(f"Removed Wagtail's workflow “{workflow.name}”.")

    def role(self, role: Role, partner: Partner | None, shared: Collection) -> None:
        group = self.belongings.group(role, partner)
        closed = partner is not None and not partner.is_open
        self.permissions(group, () if closed else role.permissions)
        places = self.pages(partner)
        self.page_permissions(
            group,
            {
                (places[place].pk, kind)
                for place in role.pages.keys() & places.keys()
                for kind in page_kinds(role, place, partner)
            },
        )
        collections = {Place.SHARED: shared}
        if partner:
            collections[Place.SECTION] = self.belongings.collection(partner)
        self.collection_permissions(
            group,
            set()
            if closed
            else {(collections[place].pk, name) for place, names in role.library.items() for name in names},
        )

    def pages(self, partner: Partner | None) -> dict[Place, Any]:
        found: dict[Place, Any] = {}
        toolkit = next((page for _, page in asking_for_the_toolkit.send(sender=None) if page), None)
        if toolkit:
            found[Place.TOOLKIT] = toolkit
        section = getattr(partner, "section", None)
        if section:
            found[Place.SECTION] = section
        return found

    def permissions(self, group: Group, names: Iterable[str]) -> None:
        wanted = {permission_named(name) for name in names}
        held = set(group.permissions.all())
        group.permissions.set(wanted)
        self.say(group, {p.codename for p in wanted - held}, {p.codename for p in held - wanted})

    def page_permissions(self, group: Group, wanted: set[tuple[int, str]]) -> None:
        rows = GroupPagePermission.objects.filter(group=group).select_related("permission")
        held = {(row.page_id, row.permission.codename.removesuffix("_hubpage")): row for row in rows}
        for key in held.keys() - wanted:
            held[key].delete()
        for page_id, kind in wanted - held.keys():
            GroupPagePermission.objects.create(group=group, page_id=page_id, permission_type=kind)
        self.say(group, {_on_page(k) for k in wanted - held.keys()}, {_on_page(k) for k in held.keys() - wanted})

    def collection_permissions(self, group: Group, wanted: set[tuple[int, str]]) -> None:
        rows = GroupCollectionPermission.objects.filter(group=group).select_related("permission")
        held = {(row.collection_id, row.permission.codename): row for row in rows}
        for key in held.keys() - wanted:
            held[key].delete()
        for collection_id, name in wanted - held.keys():
            GroupCollectionPermission.objects.create(
                group=group, collection_id=collection_id, permission=library_permission(name)
            )
        self.say(group, {name for _, name in wanted - held.keys()}, {name for _, name in held.keys() - wanted})

    def say(self, group: Group, gave: set[str], took: set[str]) -> None:
        if gave:
            self.changes.append(f"Gave “{group.name}”: {', '.join(sorted(gave))}.")
        if took:
            self.changes.append(f"Took from “{group.name}”: {', '.join(sorted(took))}.")

    def workflow(self, partner: Partner) -> None:
        """One workflow a section, approved by its leads; in force only while the partner asks for approval."""
        section = getattr(partner, "section", None)
        workflow = self.belongings.workflow(partner)
        self.approvers(workflow, self.belongings.group(LEAD, partner))
        for other in WorkflowPage.objects.filter(page=section).exclude(workflow=workflow) if section else ():
            other.delete()
            self.changes.append(f"Took another workflow off the section of {partner.name}.")
        link = WorkflowPage.objects.filter(workflow=workflow)
        if section and partner.approval_required and not link.exists():
            WorkflowPage.objects.create(page=section, workflow=workflow)
            self.changes.append(f"Switched approval on for {partner.name}.")
        elif link.exists() and not partner.approval_required:
            link.delete()
            self.changes.append(f"Switched approval off for {partner.name}.")

    def toolkit_workflow(self) -> None:
        """What the partners share changes when somebody from another partner approves; never by one partner alone."""
        toolkit = self.pages(None).get(Place.TOOLKIT)
        if toolkit is None:
            return
        task = SomeoneFromAnotherPartner.objects.first() or SomeoneFromAnotherPartner.objects.create(name=TOOLKIT_TASK)
        steps = WorkflowTask.objects.filter(task=task, workflow__partner__isnull=True).select_related("workflow")
        step = steps.first() or WorkflowTask.objects.create(
            workflow=Workflow.objects.create(name=TOOLKIT_WORKFLOW), task=task, sort_order=1
        )
        Workflow.objects.filter(pk=step.workflow_id).update(active=True)
        links = WorkflowPage.objects.filter(page__path__startswith=toolkit.path).exclude(workflow=step.workflow_id)
        for other in links:
            other.delete()
            self.changes.append("Took another workflow off the toolkit.")
        if WorkflowPage.objects.get_or_create(page=toolkit, defaults={"workflow": step.workflow})[1]:
            self.changes.append(f"Put the workflow “{step.workflow.name}” on the toolkit.")

    def approvers(self, workflow: Workflow, leads: Group) -> None:
        """The leads of the section approve, and nobody else: a task's groups may edit whatever it is asked about."""
        for task in GroupApprovalTask.objects.filter(workflow_tasks__workflow=workflow):
            if set(task.groups.all()) != {leads}:
                task.groups.set([leads])
                self.changes.append(f"Made “{leads.name}” the only approvers of “{task.name}”.")


def page_kinds(role: Role, place: Place, partner: Partner | None) -> tuple[str, ...]:
    """What `role` may do to pages at `place`: nothing for a closed partner, no publishing where a lead approves."""
    kinds = role.pages[place]
    if partner is None:
        return kinds
    if not partner.is_open:
        return ()
    return tuple(k for k in kinds if k != "publish") if role is AUTHOR and partner.approval_required else kinds


def _on_page(key: tuple[int, str]) -> str:
    return f"{key[1]} on page {key[0]}"


def permission_named(name: str) -> Permission:
    """The permission `app.codename`. Raises ImproperlyConfigured when there is none, so that a slip is heard."""
    app_label, codename = name.split(".")
    found = Permission.objects.filter(content_type__app_label=app_label, codename=codename).first()
    if found is None:
        raise ImproperlyConfigured(f"The table of roles names “{name}”, and there is no such permission.")
    return found


def library_permission(name: str) -> Permission:
    """The permission Wagtail checks for `name`, such as add_image: on its own models, also where ours replace them."""
    app = "wagtailimages" if name.endswith("_image") else "wagtaildocs"
    return permission_named(f"{app}.{name}")

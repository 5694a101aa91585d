"""What belongs to a partner: its groups, collection and workflow. Found by link; their names follow the partner's.

A group, collection or workflow that already has the right name and belongs to nobody is taken, with the people in it:
links that were lost are made again. Opening a partner refuses such names first (`names_in_use`).
"""

from django.contrib.auth.models import Group
from wagtail.models import Collection, GroupApprovalTask, Workflow, WorkflowTask

from hub.partners.models import Partner, PartnerGroup
from hub.partners.roles import LEAD, ROLES, Role

KINDS = ("Images", "Documents")
WHILE_RENAMING = "(being renamed {})"


class Belongings:
    """Makes what is missing and renames what is called by an old name. Says each change in `changes`."""

    def __init__(self, changes: list[str]) -> None:
        self.changes = changes

    def follow_names(self) -> None:
        """Gives every linked group the name of its partner. In two steps, since two partners may swap names."""
        links = PartnerGroup.objects.select_related("partner", "group").order_by("pk")
        wrong = [link for link in links if link.group.name != name_of_group(link)]
        for link in wrong:
            Group.objects.filter(pk=link.group_id).update(name=WHILE_RENAMING.format(link.pk))
        for link in wrong:
            Group.objects.filter(pk=link.group_id).update(name=name_of_group(link))
            self.changes.append(f"Renamed the group “{link.group.name}” to “{name_of_group(link)}”.")

    def group(self, role: Role, partner: Partner | None) -> Group:
        """The group of `role`; a partner's by its link."""
        link = PartnerGroup.objects.filter(partner=partner, role=role.name).select_related("group").first()
        if partner and link:
            return link.group
        group, made = Group.objects.get_or_create(name=role.group_name(partner))
        if made:
            self.changes.append(f"Made the group “{group.name}”.")
        if partner:
            PartnerGroup.objects.create(partner=partner, role=role.name, group=group)
            self.changes.append(f"Linked the group “{group.name}” to {partner.name}.")
        return group

    def collection(self, partner: Partner) -> Collection:
        """The partner's own place for images and documents, with one folder for each inside."""
        own = partner.collection
        if own is None:
            own = self.collection_named(partner.name)
            partner.collection = own
            partner.save(update_fields=["collection"])
            self.changes.append(f"Linked the collection “{own.name}” to {partner.name}.")
        elif own.name != partner.name:
            self.changes.append(f"Renamed the collection “{own.name}” to “{partner.name}”.")
            own.name = partner.name
            own.save(update_fields=["name"])
        for kind in KINDS:
            self.collection_named(kind, own)
        return own

    def collection_named(self, name: str, parent: Collection | None = None) -> Collection:
        above = parent or Collection.get_first_root_node()
        found = above.get_children().filter(name=name, partner__isnull=True).first()
        if found is None:
            found = above.add_child(name=name)
            self.changes.append(f"Made the collection “{name}”.")
        return found

    def workflow(self, partner: Partner) -> Workflow:
        """The partner's approval, with its one task; leads are put in by whoever asks for it."""
        name, own = f"{partner.short_name}: approval", partner.workflow
        if own is None:
            own = Workflow.objects.filter(name=name, partner__isnull=True).first() or self._new_workflow(partner)
            partner.workflow = own
            partner.save(update_fields=["workflow"])
            self.changes.append(f"Linked the workflow “{own.name}” to {partner.name}.")
        elif own.name != name:
            self.changes.append(f"Renamed the workflow “{own.name}” to “{name}”.")
            Workflow.objects.filter(pk=own.pk).update(name=name)
            GroupApprovalTask.objects.filter(workflow_tasks__workflow=own).update(name=name_of_task(partner))
            own.name = name
        return own

    def _new_workflow(self, partner: Partner) -> Workflow:
        workflow: Workflow = Workflow.objects.create(name=f"{partner.short_name}: approval")
        task = GroupApprovalTask.objects.create(name=name_of_task(partner))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=1)
        self.changes.append(f"Made the workflow “{workflow.name}”.")
        return workflow


def name_of_group(link: PartnerGroup) -> str:
    role = next(role for role in ROLES if role.of_partner and role.name == link.role)
    return role.group_name(link.partner)


def name_of_task(partner: Partner) -> str:
    return f"{partner.short_name}: a {LEAD.name.removesuffix('s')} approves"


def names_in_use(partner: Partner) -> list[str]:
    """What is already called as a group or collection of `partner` would be, and is not its own."""
    wanted = [role.group_name(partner) for role in ROLES if role.of_partner]
    groups = Group.objects.filter(name__in=wanted)
    folders = Collection.get_first_root_node().get_children().filter(name=partner.name)
    if partner.pk:
        groups = groups.exclude(partner_link__partner=partner)
        folders = folders.exclude(partner=partner)
    return [*groups.values_list("name", flat=True), *folders.values_list("name", flat=True)]

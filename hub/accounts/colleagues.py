"""Who works for a partner, in which roles, and how does somebody's access end? Never leaves a partner without a lead.

Administrators are nobody's colleagues here: no partner's lead sees them, gives them a role or ends their access.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hub.accounts.models import AccessEvent, Invitation
from hub.accounts.sessions import sign_out_everywhere
from hub.accounts.signals import handing_over, how_many
from hub.partners.models import Partner, PartnerGroup
from hub.partners.people import people_in
from hub.partners.provisioning import provision
from hub.partners.roles import LEAD, ROLES, Role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

What = AccessEvent.What
QUIET_AFTER = timedelta(days=90)
OF_PARTNER = tuple(role for role in ROLES if role.of_partner)
SHARED = tuple(role for role in ROLES if not role.of_partner)
LAST_LEAD = "{partner} would have no lead any more. Make somebody else a lead first, or ask an administrator."


class CannotChange(Exception):
    """The sentence says why, to whoever tried."""


def looked_after_by(user: "User | AnonymousUser") -> "QuerySet[Partner]":
    """The open partners whose people `user` may see and change: those she leads; every one for administrators."""
    partners = Partner.objects.filter(is_open=True)
    if user.is_superuser:
        return partners
    return partners.filter(role_groups__role=LEAD.name, role_groups__group__user=user.pk).distinct()


def people_of(partner: Partner) -> "QuerySet[User]":
    """Everybody who holds a role for `partner`, by name."""
    people = User.objects.filter(groups__partner_link__partner=partner, is_superuser=False)
    return people.distinct().order_by("first_name", "last_name", "username")


def people_of_no_partner() -> "QuerySet[User]":
    """Whoever holds a shared role and works for no partner."""
    names = [role.group_name() for role in SHARED]
    people = User.objects.filter(groups__name__in=names, is_superuser=False)
    return people.exclude(groups__partner_link__isnull=False).distinct().order_by("first_name", "last_name", "username")


def quiet(people: "QuerySet[User]") -> "QuerySet[User]":
    """Those of them who have not signed in for 90 days, or never."""
    return people.filter(Q(last_login__isnull=True) | Q(last_login__lt=timezone.now() - QUIET_AFTER))


def group_of(partner: Partner | None, role: str) -> Group:
    """The group that holds a role: a partner's by its link."""
    if partner is None:
        return Group.objects.get(name=role, partner_link__isnull=True)
    return PartnerGroup.objects.select_related("group").get(partner=partner, role=role).group


def roles_at(user: User, partner: Partner | None) -> list[Role]:
    """The roles `user` holds for `partner`; without one, the shared roles."""
    if partner is None:
        held = set(user.groups.filter(partner_link__isnull=True).values_list("name", flat=True))
        return [role for role in SHARED if role.group_name() in held]
    held = set(PartnerGroup.objects.filter(partner=partner, group__user=user).values_list("role", flat=True))
    return [role for role in OF_PARTNER if role.name in held]


@transaction.atomic
def set_roles(user: User, partner: Partner, roles: set[str], *, by: User) -> bool:
    """Gives and takes so that `user` holds exactly these roles for `partner`. Returns whether that changed anything.

    Invitations sent by somebody who is no lead any more end. Raises CannotChange for nobody's colleague, for no role at
    all, and when the partner would have no lead left.
    """
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    held = {role.name for role in roles_at(user, row)}
    if not held:
        raise CannotChange("This person does not work here any more. To bring them back, invite them.")
    if not roles:
        raise CannotChange("Leave at least one role. If this person has left, end their access instead.")
    if LEAD.name in held - roles:
        _refuse_without_lead(row, user, by)
        _end_invitations(row, Q(invited_by=user))
    _give_and_take(user, row, held, roles, by)
    return held != roles


@transaction.atomic
def set_shared_roles(user: User, roles: set[str], *, by: User) -> bool:
    """The same for the roles that belong to no partner. For administrators."""
    held = {role.name for role in roles_at(user, None)}
    _give_and_take(user, None, held, roles, by)
    return held != roles


@transaction.atomic
def end_access(user: User, partner: Partner, *, by: User, pages_to: User | None = None) -> int:
    """Takes every role of `partner`, and ends her sessions, and every invitation to her or from her that is open.

    Somebody without any role left cannot sign in at all. What she wrote stays; pages she answers for go to `pages_to`,
    if somebody is chosen. Returns how many did. Raises CannotChange.
    """
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    account = User.objects.select_for_update().get(pk=user.pk)
    held = roles_at(account, row)
    if not held:
        raise CannotChange("Their access has been ended already.")
    if account == by:
        raise CannotChange("You cannot end your own access. Ask another lead, or an administrator.")
    if LEAD in held:
        _refuse_without_lead(row, account, by)
    moved = 0
    if pages_to is not None:
        if pages_to == account or not people_of(row).filter(pk=pages_to.pk, is_active=True).exists():
            raise CannotChange("Pages can be handed to somebody who works here. Choose another colleague.")
        moved = how_many(handing_over, user=account, partner=row, to=pages_to)
        AccessEvent.objects.create(what=What.HANDED_OVER, partner=row, by=by, about=pages_to)
    account.groups.remove(*Group.objects.filter(partner_link__partner=row))
    if not account.groups.exists() and not account.is_superuser:
        account.is_active = False
        account.save(update_fields=["is_active"])
    _end_invitations(row, Q(email__iexact=account.email) | Q(invited_by=account))
    sign_out_everywhere(account)
    AccessEvent.objects.create(what=What.ENDED, partner=row, by=by, about=account)
    return moved


@transaction.atomic
def switch_approval(partner: Partner, *, on: bool, by: User) -> bool:
    """Whether a lead looks at what authors publish, from now on. False when it was so already, and nothing changed.

    What waits for a lead's approval goes on waiting, also once authors publish by themselves.
    """
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    if row.approval_required == on:
        return False
    row.approval_required = on
    row.save(update_fields=["approval_required"])
    provision()
    AccessEvent.objects.create(what=What.APPROVAL_ON if on else What.APPROVAL_OFF, partner=row, by=by)
    return True


def _refuse_without_lead(partner: Partner, user: User, by: User) -> None:
    others = people_in(LEAD, partner).filter(is_active=True, is_superuser=False).exclude(pk=user.pk)
    if not by.is_superuser and not others.exists():
        raise CannotChange(LAST_LEAD.format(partner=partner))


def _end_invitations(partner: Partner, whose: Q) -> None:
    """What a lead sent before she went opens nothing afterwards: it might be a way back in."""
    waiting = Invitation.objects.filter(whose, partner=partner, accepted_at__isnull=True, withdrawn_at__isnull=True)
    waiting.update(withdrawn_at=timezone.now())


def _give_and_take(user: User, partner: Partner | None, held: set[str], wanted: set[str], by: User) -> None:
    """One line in the log for each role, in the order of the table."""
    for role in SHARED if partner is None else OF_PARTNER:
        if role.name in wanted - held:
            user.groups.add(group_of(partner, role.name))
            AccessEvent.objects.create(what=What.GIVEN, partner=partner, role=role.name, by=by, about=user)
        elif role.name in held - wanted:
            user.groups.remove(group_of(partner, role.name))
            AccessEvent.objects.create(what=What.TAKEN, partner=partner, role=role.name, by=by, about=user)

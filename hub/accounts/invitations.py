"""Who is asked to work for a partner, and how does an invitation become an account? Never two accounts for one address.

The link holds 256 random bits; only its hash is kept. Opening it changes nothing. One invitation is open for a partner
and an address, whoever sends it. Whoever has an account keeps it, and nobody at the partner learns that there was one.
"""

import hashlib
import logging
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from hub.accounts import limits
from hub.accounts.colleagues import group_of, people_of
from hub.accounts.models import AccessEvent, Invitation
from hub.email_addresses import are_one, as_kept
from hub.partners.models import Partner
from hub.partners.partnership import the_partnership

if TYPE_CHECKING:
    from django.db.models import QuerySet

logger = logging.getLogger(__name__)
What = AccessEvent.What
SENDING = "invitations"
MOST_SENT = 20  # an hour, by one person
KEPT_AFTER = timedelta(days=30)  # an address nobody needs any more


class CannotInvite(Exception):
    """The sentence says why, to whoever invites."""


class NotOpen(Exception):
    """This invitation cannot be accepted, or no longer."""


@transaction.atomic
def invite(partner: Partner, email: str, role: str, *, by: User) -> Invitation:
    """Sends a link to `email` by which its reader joins `partner`. Raises CannotInvite and then leaves nothing."""
    email = as_kept(email)
    row = _open_partner(partner)
    _refuse_address(row, email, by)
    now = timezone.now()
    earlier = _waiting(row).filter(email__iexact=email).first()
    if earlier and not earlier.has_run_out:
        raise CannotInvite(
            "This address has been invited already, and the invitation is still open. You can send it again, or"
            " withdraw it, under “Invited”."
        )
    _waiting(row).filter(email__iexact=email).update(withdrawn_at=now)
    key, ends_at = secrets.token_urlsafe(32), now + timedelta(days=settings.HUB_INVITATION_DAYS)
    invitation = Invitation.objects.create(
        partner=row, email=email, role=role, invited_by=by, token_hash=_hash_of(key), sent_at=now, ends_at=ends_at
    )
    AccessEvent.objects.create(what=What.INVITED, partner=row, role=role, by=by)
    _send(invitation, key, by)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: User) -> None:
    """Sends a new link, good for the full time. The old one opens nothing from then on. Raises CannotInvite."""
    row = _open_partner(invitation.partner)
    found = _waiting(row).select_for_update().filter(pk=invitation.pk).first()
    if found is None:
        raise CannotInvite("This invitation has been accepted or withdrawn in the meantime. Nothing was sent.")
    key = secrets.token_urlsafe(32)
    found.token_hash, found.sent_at = _hash_of(key), timezone.now()
    found.ends_at = found.sent_at + timedelta(days=settings.HUB_INVITATION_DAYS)
    found.save(update_fields=["token_hash", "sent_at", "ends_at"])
    AccessEvent.objects.create(what=What.SENT_AGAIN, partner=row, role=found.role, by=by)
    _send(found, key, by)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> bool:
    """Ends an invitation: its link opens nothing any more. Returns whether it was open until now."""
    Partner.objects.select_for_update().get(pk=invitation.partner_id)
    ended = _waiting(invitation.partner).filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    if ended:
        AccessEvent.objects.create(what=What.WITHDRAWN, partner=invitation.partner, role=invitation.role, by=by)
    return bool(ended)


def find(key: str) -> Invitation | None:
    """The invitation that `key` opens now; None for anything else, without a word why."""
    found = Invitation.objects.select_related("partner").filter(
        token_hash=_hash_of(key),
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        ends_at__gt=timezone.now(),
        partner__is_open=True,
    )
    return found.first()


def was_accepted(key: str) -> bool:
    """Whether `key` belongs to an invitation that has done what it was for."""
    return Invitation.objects.filter(token_hash=_hash_of(key), accepted_at__isnull=False).exists()


def account_of(email: str) -> User | None:
    """Whose address this is: somebody who can sign in before somebody who cannot."""
    return User.objects.filter(email__iexact=as_kept(email)).order_by("-is_active", "pk").first()


def may_come_back(account: User) -> bool:
    """Whether an invitation opens an ended account again. One that an administrator closed holds roles still."""
    return not (account.is_active or account.is_superuser or account.groups.exists())


@transaction.atomic
def accept_with_new_password(key: str, *, name: str, password: str) -> User:
    """Makes the account, or opens again the one that was ended, and lets it join. Raises NotOpen.

    Its user name says nothing, since Wagtail shows user names to others. She signs in with her address.
    """
    invitation = _take(key)
    account = account_of(invitation.email)
    if account is None:
        account = User(username=f"u-{secrets.token_hex(8)}", email=invitation.email)
    elif not may_come_back(account):
        raise NotOpen
    first, _, last = name.strip().rpartition(" ")
    account.first_name, account.last_name = (first.strip(), last) if first else (last, "")
    account.is_active = True
    account.set_password(password)
    account.save()
    _join(invitation, account)
    return account


@transaction.atomic
def accept_as(account: User, key: str) -> None:
    """Lets somebody who has an account with the invited address join with it. Raises NotOpen."""
    invitation = _take(key)
    row = User.objects.select_for_update().get(pk=account.pk)
    if row.is_superuser or not row.is_active or not are_one(row.email, invitation.email):
        raise NotOpen
    _join(invitation, row)


def open_invitations(partner: Partner) -> "QuerySet[Invitation]":
    """Those of `partner` that nobody accepted or withdrew, also those that have run out."""
    return _waiting(partner).select_related("invited_by").order_by("email", "pk")


def forget_old(now: datetime) -> int:
    """Forgets each address 30 days after its invitation ended. Returns how many. Who joined when is still known."""
    old = now - KEPT_AFTER
    deleted, _ = Invitation.objects.filter(accepted_at__isnull=True, ends_at__lt=old).delete()
    withdrawn, _ = Invitation.objects.filter(accepted_at__isnull=True, withdrawn_at__lt=old).delete()
    accepted = Invitation.objects.filter(accepted_at__lt=old).exclude(email="").update(email="")
    return deleted + withdrawn + accepted


def _take(key: str) -> Invitation:
    """The open invitation, held until the end of the transaction, with its partner and its address. Raises NotOpen."""
    seen = find(key)
    if seen is None:
        raise NotOpen
    Partner.objects.select_for_update().get(pk=seen.partner_id)
    with connection.cursor() as cursor:  # two partners may have invited the same address
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"account of {seen.email.casefold()}"])
    invitation = find(key)
    if invitation is None:
        raise NotOpen
    return invitation


def _join(invitation: Invitation, account: User) -> None:
    account.groups.add(group_of(invitation.partner, invitation.role))
    invitation.accepted_at, invitation.accepted_by = timezone.now(), account
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    AccessEvent.objects.create(
        what=What.JOINED, partner=invitation.partner, role=invitation.role, by=account, about=account
    )


def _open_partner(partner: Partner) -> Partner:
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    if not row.is_open:
        raise CannotInvite(f"{row} is closed. Nobody can be invited until an administrator opens it again.")
    return row


def _refuse_address(partner: Partner, email: str, by: User) -> None:
    if are_one(email, by.email):
        raise CannotInvite("This is your own address. Write your colleague’s.")
    here = people_of(partner).filter(email__iexact=email).first()
    if here is not None:
        who = here.get_full_name() or "Somebody with this address"
        raise CannotInvite(f"{who} works here already. You can change roles in the list of colleagues.")


def _waiting(partner: Partner) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(partner=partner, accepted_at__isnull=True, withdrawn_at__isnull=True)


def _send(invitation: Invitation, key: str, by: User) -> None:
    """The mail, last of all: when it fails, nothing has happened. Raises CannotInvite."""
    if not limits.take(SENDING, str(by.pk), most=MOST_SENT):
        raise CannotInvite(f"You have sent {MOST_SENT} invitations in the last hour. Wait an hour, then go on.")
    partner = invitation.partner
    address = settings.HUB_ADDRESS + reverse("join", args=[key])
    text = render_to_string(
        "accounts/mail/invitation.txt", {"invitation": invitation, "address": address, "partnership": the_partnership()}
    )
    try:
        send_mail(f"{partner.short_name} invites you to its section", text, None, [invitation.email])
    except OSError as error:
        logger.exception("An invitation to partner %s was not sent.", partner.pk)
        raise CannotInvite(
            "The mail could not be sent, so nobody has been invited. Try again later, or tell whoever runs the Hub."
        ) from error


def _hash_of(key: str) -> str:
    """Plain: there is no trying 256 random bits."""
    return hashlib.sha256(key.encode()).hexdigest()

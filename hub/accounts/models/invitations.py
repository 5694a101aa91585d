"""Who was invited to work for a partner, and what happened to people's access since.

An invitation holds an address only while it is needed, and of its link only a hash. What happened is only added to.
"""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.models import User
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from hub.partners.models import Partner, PartnerGroup
from hub.partners.roles import of_one


class Invitation(models.Model):
    """One person asked to come and work for one partner. Open until it is accepted, withdrawn or replaced."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20, choices=PartnerGroup.Roles.choices)
    email = models.EmailField(blank=True, help_text="Empty once it is not needed any more.")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["email", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                "partner",
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation_for_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @property
    def role_of_one(self) -> str:
        return of_one(self.role)

    @property
    def has_run_out(self) -> bool:
        return self.ends_at <= timezone.now()


class AccessEvent(models.Model):
    """One thing that happened to somebody's access. Names nobody by itself; a name is read from the account."""

    class What(models.TextChoices):
        INVITED = "invited", "invited somebody"
        SENT_AGAIN = "sent_again", "sent an invitation again"
        WITHDRAWN = "withdrawn", "withdrew an invitation"
        JOINED = "joined", "accepted an invitation"
        GIVEN = "given", "gave a role"
        TAKEN = "taken", "took a role"
        HANDED_OVER = "handed_over", "handed over pages"
        ENDED = "ended", "ended somebody’s access"
        APPROVAL_ON = "approval_on", "switched approval on"
        APPROVAL_OFF = "approval_off", "switched approval off"

    what = models.CharField(max_length=20, choices=What.choices)
    partner = models.ForeignKey(
        Partner, null=True, on_delete=models.PROTECT, related_name="access_events", help_text="Empty for shared roles."
    )
    role = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["partner", "-at"], name="what_happened_at_a_partner")]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(
                name="what_happened_stays",  # an account may be deleted: then only its link goes
                operation=pgtrigger.UpdateOf("what", "partner_id", "role", "at") | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}, {self.at:%-d %B %Y}"

    @property
    def role_of_one(self) -> str:
        return of_one(self.role)

"""What became of a withdrawal, line by line, and what remains of a consent after erasure.

Nothing here points at a story or a person: rows hold a story's number and a participant's code, so that they outlive
both. No title, name or word of a story is ever kept in these tables.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hub.stories.choices import Use
from hub.stories.models.encryption import EncryptedTextField


class WithdrawalCase(models.Model):
    """One person's withdrawal from one story, or our own, until everything that follows from it is done."""

    class Channel(models.TextChoices):
        OWN_PAGES = "own_pages", "Their own pages"
        CARD_CODE = "card_code", "The code on their card"
        STAFF = "staff", "Told a member of staff"
        US = "us", "Our own decision"

    story_number = models.BigIntegerField(db_index=True)
    participant_code = models.CharField(max_length=12, blank=True, help_text="Empty when nobody in the story asked.")
    partner = models.ForeignKey("partners.Partner", null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    received_at = models.DateTimeField()
    dark_at = models.DateTimeField(null=True, help_text="Empty while the story is shown: it was about other uses.")
    erasure_asked_at = models.DateTimeField(null=True)
    erasing_since = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["story_number", "participant_code"], condition=Q(closed_at__isnull=True), name="one_open_case"
            ),
        ]

    def __str__(self) -> str:
        return f"Withdrawal {self.pk} (story {self.story_number})"


class CaseLine(models.Model):
    """One place the words were in, or one person to tell: removed, told, failed, not to be recalled, or still to do."""

    class State(models.TextChoices):
        REMOVED = "removed", "Removed"
        TOLD = "told", "Told"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANNOT_BE_RECALLED = "cannot_be_recalled", "Cannot be called back"
        TO_DO = "to_do", "Still to do"

    OPEN: ClassVar[list[str]] = [State.FAILED, State.TO_DO]

    case = models.ForeignKey(WithdrawalCase, on_delete=models.CASCADE, related_name="lines")
    target = models.CharField(max_length=40, help_text="Where: page, search, erase-images, tell-P-0042 …")
    description = models.CharField(max_length=200, help_text="For staff. Codes and numbers only.")
    state = models.CharField(max_length=20, choices=State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    error_type = models.CharField(max_length=80, blank=True, help_text="The kind of error. Never its words.")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "target"], name="one_line_a_target"),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.state}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_for_staff(self) -> bool:
        """Whether a person does it, and ticks it off; the rest is done by the Hub."""
        return self.state == self.State.TO_DO and not self.target.startswith(("erase", "leave-"))


class Proof(models.Model):
    """What remains of a yes after erasure: that it was given, under which wording, and when it ended.

    For how long, the law of the place says (hub/law).
    """

    story_number = models.BigIntegerField()
    participant_code = models.CharField(max_length=12)
    use = models.CharField(max_length=20, choices=Use.choices)
    consent_number = models.BigIntegerField(unique=True)
    wording_version = models.CharField(max_length=60)
    keyed_hash = models.CharField(max_length=64, help_text="Of the words agreed to, under the story's own key.")
    given_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"proof of consent {self.consent_number}"


class StoryKey(models.Model):
    """The random key of one story's proofs. Destroyed at erasure: then nobody, not even we, can match a copy."""

    story_number = models.BigIntegerField(primary_key=True)
    key = EncryptedTextField()

    def __str__(self) -> str:
        return f"key of story {self.story_number}"

"""What somebody who is in a story, or knows who is, asks us to change or remove. Anybody may ask; nobody signs in."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from hub.left_out import ReadOneByOne
from hub.stories.models.encryption import EncryptedTextField


class PublicRequest(models.Model):
    """One request, to be answered within a month (UK GDPR Article 12). What was written is encrypted."""

    class Wanted(models.TextChoices):
        REMOVE = "remove", "Take something out"
        CHANGE = "change", "Change something"
        OTHER = "other", "Something else"

    reference = models.CharField(max_length=12, unique=True, help_text="What we call it. Says nothing.")
    story = models.ForeignKey(
        "stories.StoryPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="public_requests"
    )
    about = EncryptedTextField(blank=True, help_text="Which story they mean, in their words.")
    wanted = models.CharField(max_length=10, choices=Wanted.choices)
    message = EncryptedTextField()
    contact = EncryptedTextField(blank=True, help_text="How to reach them, if they said.")
    is_probably_spam = models.BooleanField(default=False)
    received_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    overdue_told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = EncryptedTextField(blank=True, help_text="What was done, or why not.")

    objects = ReadOneByOne.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["received_at", "pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["closed_at", "due_at"], name="requests_waiting")]

    def __str__(self) -> str:
        return f"request {self.reference}"

    @property
    def days_left(self) -> int:
        """Whole days until it is due; negative when it is overdue."""
        return (timezone.localdate(self.due_at) - timezone.localdate()).days

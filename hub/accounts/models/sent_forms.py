"""What did this form make, the first time it was sent? A second press of its button makes nothing more."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone


class SentForm(models.Model):
    """A form that was sent, and what came of it: numbers and codes only. Forgotten after a day."""

    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="+")
    token = models.UUIDField(help_text="Of the form, as it was opened.")
    made = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "token"], name="sent_form_acts_once"),
        ]

    def __str__(self) -> str:
        return f"form {self.pk}"

"""That somebody was reminded to read a page again: once for each day it was due."""

from typing import Any, ClassVar

from django.db import models


class CheckReminder(models.Model):
    """A row is a reminder that was sent. A new due date is a new reason to remind."""

    page = models.ForeignKey("pages.HubPage", on_delete=models.CASCADE, related_name="check_reminders")
    due = models.DateField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["page", "due"], name="page_check_reminded_once"),
        ]

    def __str__(self) -> str:
        return f"page {self.page_id}, due {self.due}"

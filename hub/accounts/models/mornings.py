"""What has somebody done of her first morning? Kept so that the list on her first screen can go away."""

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

ALL_OF_IT = "all"


class MorningStep(models.Model):
    """One step that somebody took, or all of them: she put the list away."""

    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["user", "step"], name="morning_step_once"),
        ]

    def __str__(self) -> str:
        return self.step

"""Who handed which words in to the moderators, when, and to whom it was given on; and who wants a mail about it.

Nothing is published that nobody handed in (publishing.py).
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class HandIns(models.QuerySet["HandIn"]):
    """The one question about them."""

    def standing(self, story_id: int) -> "HandIns":
        """The one that stands for this story, if there is one; it may be about older words than the latest draft."""
        return self.filter(story_id=story_id, ended_at__isnull=True)


class HandIn(models.Model):
    """A worker handed these exact words in. Stands until it is taken back, sent back, or there is a newer one."""

    story = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="hand_ins")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    content_hash = models.CharField(max_length=64)
    by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)
    given_to = models.ForeignKey(
        "auth.User",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The moderator whom another asked to look at it. Any other may all the same.",
    )
    given_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    ended_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = HandIns.as_manager()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["story"], condition=Q(ended_at__isnull=True), name="handed_in_once"),
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} handed in"


class WantsMail(models.Model):
    """A moderator who wants one mail a day about what waits. Without a row there is none."""

    user = models.OneToOneField("auth.User", on_delete=models.CASCADE, related_name="+")
    sent_on = models.DateField(null=True, help_text="The day of the last one.")

    def __str__(self) -> str:
        return f"mail to user {self.user_id}"

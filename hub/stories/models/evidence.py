"""What proves an answer, and who opened what identifies somebody. The file itself is encrypted, in a folder apart."""

from typing import Any, ClassVar

from django.db import models

from hub.stories.models.triggers import append_only


class EvidenceFile(models.Model):
    """One file. Several answers noted together may stand on it."""

    participation = models.ForeignKey("stories.StoryParticipant", on_delete=models.PROTECT, related_name="evidence")
    stored_as = models.CharField(max_length=32, unique=True, help_text="Its name in the folder. Says nothing.")
    media_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField(help_text="Bytes, before encryption.")
    added_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"evidence {self.pk}"

    @property
    def in_words(self) -> str:
        """What it is, for staff."""
        kinds = {"image": "A photo", "application": "A PDF", "audio": "A sound recording", "video": "A video"}
        return kinds[self.media_type.split("/")[0]]


class RecordOpened(models.Model):
    """That somebody opened evidence or personal details. Only ever added; kept also when what was opened is erased."""

    class What(models.TextChoices):
        EVIDENCE = "evidence", "Evidence"
        DETAILS = "details", "Personal details"
        DRAFT = "draft", "A hidden draft"

    what = models.CharField(max_length=10, choices=What.choices)
    number = models.BigIntegerField(help_text="Of the evidence or the participant.")
    participant_code = models.CharField(max_length=12)
    by_user_id = models.BigIntegerField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["what", "number"], name="openings_of_one")]
        triggers: ClassVar[list[Any]] = append_only("opening")

    def __str__(self) -> str:
        return f"{self.what} {self.number} opened"

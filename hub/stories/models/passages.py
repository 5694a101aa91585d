"""Whose is which part of a story? Kept beside the page, by the number of its block: no revision and no copy carries it.

Holds no words: refuses nothing but the same mark twice.
"""

from typing import Any, ClassVar

from django.db import models

from hub.stories.models.people import StoryParticipant


class OwnBlock(models.Model):
    """One block of the story's stream is this person's. A block may be several people's."""

    participation = models.ForeignKey(StoryParticipant, on_delete=models.CASCADE, related_name="own_blocks")
    block_id = models.CharField(max_length=36, help_text="Wagtail gives each block one; all drafts keep it.")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["participation", "block_id"], name="marked_once"),
        ]

    def __str__(self) -> str:
        return f"a block of {self.participation}"

"""What changed because of a story: staff write it, the people in it read it on their own page, readers under the story.

It is words of staff about what they did, never the words of the story, so nobody's yes is about it. It goes dark with
the story, and goes for good when the story is erased.
"""

from typing import ClassVar

import pgtrigger
from django.db import models

from hub.left_out import ReadOneByOne
from hub.pages.changes import marks_changes


class BecauseOfIt(models.Model):
    """One thing that is different since somebody told this story."""

    story = models.ForeignKey("stories.StoryPage", on_delete=models.PROTECT, related_name="because_of_it")
    you_said = models.CharField(max_length=200)
    we_did = models.CharField(max_length=600)
    changed_on = models.DateField()
    written_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    told_at = models.DateTimeField(null=True, help_text="When everybody in the story who wanted to hear of it had.")
    told_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReadOneByOne.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed_on", "-pk"]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [marks_changes(name="what_changed_is_seen")]

    def __str__(self) -> str:
        return f"change {self.pk} because of story {self.story_id}"

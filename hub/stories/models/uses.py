"""Where a story's words have gone: a session, a print run, a post, an outlet. A withdrawal then knows whom to tell."""

from typing import Any, ClassVar

from django.db import models

from hub.left_out import ReadOneByOne
from hub.stories.choices import Use


class StoryUse(models.Model):
    """One time these words were used. `where` is for staff and for the people in the story; it names nobody."""

    story = models.ForeignKey("stories.StoryPage", on_delete=models.PROTECT, related_name="recorded_uses")
    use = models.CharField(max_length=20, choices=Use.choices)
    where = models.CharField(max_length=160)
    used_on = models.DateField()
    copies = models.PositiveIntegerField(null=True, blank=True)
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    content_hash = models.CharField(max_length=64)
    recorded_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    taken_down_at = models.DateTimeField(null=True, blank=True)
    taken_down_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReadOneByOne.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-used_on", "-pk"]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["story", "use"], name="uses_of_a_story")]

    def __str__(self) -> str:
        return f"use {self.pk} of story {self.story_id}"

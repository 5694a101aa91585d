"""Somebody stopped or paused: written first and alone, because it needs nothing. What follows from it is done after.

The row itself takes the light away, in the same statement, and keeps it away until the records say the same.
"""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hub.pages.visibility import darken
from hub.stories.choices import EventKind, Use
from hub.stories.models.consent import as_choices
from hub.stories.rule import GivenBy


class Stop(models.Model):
    """One person's act that darkens, with the steps that have followed from it so far."""

    participation = models.ForeignKey("stories.StoryParticipant", on_delete=models.CASCADE, related_name="stops")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    uses = ArrayField(models.CharField(max_length=20, choices=Use.choices))
    given_by = models.CharField(max_length=10, choices=as_choices(GivenBy), default=GivenBy.SELF)
    erase = models.BooleanField(default=False, help_text="They asked us to erase everything, too.")
    by_card = models.BooleanField(default=False)
    by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    received_at = models.DateTimeField(db_default=Now())
    recorded_at = models.DateTimeField(null=True, help_text="When the answers and the ledger said the same.")
    answered_uses = ArrayField(models.CharField(max_length=20), default=list, help_text="What answers it ended.")
    agreed_uses = ArrayField(models.CharField(max_length=20), default=list, help_text="Those that were a yes.")
    done = ArrayField(models.CharField(max_length=20), default=list, help_text="The steps that are done.")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["participation"], condition=Q(recorded_at__isnull=True), name="stops_to_record"),
            models.Index(fields=["received_at"], condition=Q(finished_at__isnull=True), name="stops_to_finish"),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(
                name="stop_is_recorded_first",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__recorded_at__isnull=True),
            ),
            darken(
                "stopping_darkens",
                pgtrigger.Insert,
                pages="SELECT story_id FROM stories_storyparticipant WHERE id = NEW.participation_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

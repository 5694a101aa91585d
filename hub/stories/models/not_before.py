"""A day that somebody set themselves: not before then. Only ever added to; the newest row of a voice counts.

Numbers and codes as in the ledger, and no foreign key: no restore by hand, no copied row and no script takes one away.
"""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from hub.pages.visibility import darken
from hub.stories.models.consent import as_choices
from hub.stories.models.triggers import append_only
from hub.stories.rule import GivenBy


class NotBefore(models.Model):
    """One time somebody chose a day, or took it away again (`starts_at` is empty)."""

    story_number = models.BigIntegerField(db_index=True)
    participant_code = models.CharField(max_length=12)
    given_by = models.CharField(max_length=10, choices=as_choices(GivenBy), default=GivenBy.SELF)
    starts_at = models.DateTimeField(null=True, help_text="The first moment at which the story may be seen.")
    set_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        triggers: ClassVar[list[Any]] = [
            *append_only("not_before"),
            darken("a_chosen_day_darkens", pgtrigger.Insert, pages="SELECT NEW.story_number"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_code} in story {self.story_number}: not before {self.starts_at or 'any day'}"

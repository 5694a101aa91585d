"""Somebody's words are to go, and the others go on without them, in a new story. Numbers and codes; words encrypted.

A row of `LeavingOut` is written first and alone. The database itself takes the story off the site and keeps it off.
"""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hub.stories.models.consent import as_choices
from hub.stories.models.encryption import EncryptedTextField
from hub.stories.rule import GivenBy


class LeavingOut(models.Model):
    """One person who leaves one story. Open until the old story is erased, or until they say that they stay."""

    story_number = models.BigIntegerField(db_index=True)
    participant_code = models.CharField(max_length=12)
    given_by = models.CharField(max_length=10, choices=as_choices(GivenBy), default=GivenBy.SELF)
    by = models.ForeignKey(
        "auth.User", null=True, on_delete=models.SET_NULL, related_name="+", help_text="Empty when the person acted."
    )
    by_card = models.BooleanField(default=False)
    asked_at = models.DateTimeField(db_default=Now())
    stopped_at = models.DateTimeField(null=True, help_text="When every yes of theirs was ended.")
    followed_at = models.DateTimeField(null=True, help_text="When their case said what is to be done.")
    stays_at = models.DateTimeField(null=True, help_text="When they changed their mind, before there was a new story.")
    finished_at = models.DateTimeField(null=True, help_text="When nothing of the old story was left.")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["story_number", "participant_code"],
                condition=Q(finished_at__isnull=True, stays_at__isnull=True),
                name="leaves_once",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="leaving_takes_the_story_back",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func="""
                    INSERT INTO stories_takenback (story_id, why, at)
                        VALUES (NEW.story_number, 'left', clock_timestamp()) ON CONFLICT DO NOTHING;
                    DELETE FROM pages_visibility WHERE page_id = NEW.story_number;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_code} leaves story {self.story_number}"


class StoryWithout(models.Model):
    """The new story in the making, for one old one. Gone when the old one is: then no number leads to old words."""

    story_number = models.BigIntegerField(unique=True)
    kept = EncryptedTextField(default="", help_text="JSON: what a worker has written so far.")
    version = models.PositiveIntegerField(default=0, help_text="Counts what was kept, so that nobody writes over it.")
    new_story_number = models.BigIntegerField(null=True, unique=True)
    made_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"the story that goes on from story {self.story_number}"


class WroteBefore(models.Model):
    """Somebody worked on the words that this story went on from, so that she does not approve them now."""

    story = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="wrote_before")
    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["story", "user"], name="wrote_before_once"),
        ]

    def __str__(self) -> str:
        return f"worked on what story {self.story_id} went on from"


class Farewell(models.Model):
    """What a card opens when its story is erased: that it is done, and when. Holds hashes, a number and a code."""

    story_number = models.BigIntegerField()
    participant_code = models.CharField(max_length=12)
    partner = models.ForeignKey("partners.Partner", null=True, on_delete=models.PROTECT, related_name="+")
    left = models.BooleanField(help_text="They asked us to leave their words out; else it was erased for everybody.")
    given_by = models.CharField(max_length=10, choices=as_choices(GivenBy), default=GivenBy.SELF)
    address_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    key_name = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=20, blank=True, help_text="As on the link. Empty: English.")
    keep_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"card of {self.participant_code} in story {self.story_number}, erased"

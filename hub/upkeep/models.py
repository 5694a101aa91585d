"""What the Hub knows about itself: which keys it was locked with, from which backup it came back, which mails wait, and
when its jobs last ran."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now


class KeyInUse(models.Model):
    """A key that something in this database may be locked with: its name, and a word locked with it.

    A name is what anybody may know of a key. The word opens with the right key alone, so that a wrong one is noticed
    before a family needs it.
    """

    name = models.CharField(primary_key=True, max_length=12)
    locked = models.TextField()
    since = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "keys in use"

    def __str__(self) -> str:
        return f"key {self.name}"


class Restoration(models.Model):
    """That this database came back from a backup. With gaps, nobody could show what was said after that backup."""

    at = models.DateTimeField(db_default=Now())
    backup = models.CharField(max_length=32, blank=True, help_text="Empty for one by an older version.")
    backed_up_at = models.DateTimeField(null=True, help_text="Empty for one by an older version.")
    why_dark = models.CharField(max_length=200, blank=True, help_text="Empty when a journal told of everything.")
    gaps = ArrayField(models.CharField(max_length=100), default=list, help_text="Their names in the journal.")
    filled_at = models.DateTimeField(null=True, help_text="When a journal was given later that tells of everything.")

    class Meta:
        ordering: ClassVar[list[Any]] = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"restored {self.at:%Y-%m-%d %H:%M}"


class Mail(models.Model):
    """A mail that waits to be posted: hub/upkeep/post.py. Encrypted, and erased when it is posted or given up."""

    made_at = models.DateTimeField(db_default=Now())
    locked = models.TextField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    problem = models.CharField(max_length=60, blank=True, help_text="Of which kind the last one was.")
    given_up_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"mail {self.pk}"


class JobRun(models.Model):
    """When one job last ran, and last ran well."""

    name = models.CharField(primary_key=True, max_length=100)
    ran_at = models.DateTimeField()
    went_well_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class KeptBackup(models.Model):
    """A backup that was made, where it went, and what was counted when it was read back."""

    name = models.CharField(max_length=100, unique=True)
    made_at = models.DateTimeField(db_default=Now())
    size = models.BigIntegerField(default=0, help_text="Bytes, as it is kept.")
    rows = models.BigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    verified_at = models.DateTimeField(null=True, help_text="When it was restored into a scratch database and counted.")
    problem = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name

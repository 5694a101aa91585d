"""Somebody would like to tell their story to a partner. A way to be reached, encrypted, and no word of the story."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from hub.left_out import ReadOneByOne
from hub.stories.models.encryption import EncryptedTextField


class StoryOffer(models.Model):
    """One offer, for the people of one partner alone. Deleted a month after it was dealt with, or when they say so."""

    class Became(models.TextChoices):
        TALKED = "talked", "We have talked"
        UNREACHED = "unreached", "We could not reach them"
        NOT_US = "not_us", "It is not for us, and they know"

    partner = models.ForeignKey("partners.Partner", on_delete=models.CASCADE, related_name="story_offers")
    key_hash = models.CharField(max_length=64, unique=True, help_text="Of the address by which they can take it back.")
    call_me = EncryptedTextField(blank=True)
    contact = EncryptedTextField()
    may_leave_message = models.BooleanField(default=False)
    is_probably_spam = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    became = models.CharField(max_length=10, choices=Became.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReadOneByOne.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["received_at", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(became=""), name="a_closed_offer_says_what_became_of_it"
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"

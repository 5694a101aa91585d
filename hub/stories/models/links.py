"""How somebody without an account reaches their own words: a private address, a short code, and what they typed so far.

The address and the code are kept only as hashes. What was typed is encrypted: it may hold a name.
"""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from hub.stories.choices import Use
from hub.stories.models.consent import ConsentWording, as_choices
from hub.stories.models.encryption import EncryptedTextField
from hub.stories.rule import GivenBy


class PrivateLink(models.Model):
    """One person's way to one thing: answering about one revision, or looking after their words from then on."""

    class Purpose(models.TextChoices):
        ANSWER = "answer", "Read and answer"
        KEEP = "keep", "See and change where my words are"

    participation = models.ForeignKey("stories.StoryParticipant", on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    given_by = models.CharField(max_length=10, choices=as_choices(GivenBy), default=GivenBy.SELF)
    address_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    key_name = models.CharField(max_length=12, blank=True, help_text="Empty: the SECRET_KEY of those days.")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    content_hash = models.CharField(max_length=64, blank=True)
    wording = models.ForeignKey(ConsentWording, null=True, on_delete=models.PROTECT, related_name="+")
    uses = ArrayField(models.CharField(max_length=20, choices=Use.choices), default=list)
    made_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    language = models.CharField(
        max_length=20, blank=True, help_text="In which language these pages speak. Empty: English."
    )
    ends_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True, help_text="When the answers were sent.")

    opened_by_code = False  # set on the instance when somebody came by the code on their card
    opened_in_room = False  # and when they hold the telephone of a worker

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["participation", "purpose"], name="links_of_a_person")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} (link {self.pk})"

    @property
    def has_ended(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()


class Answers(models.Model):
    """What somebody has answered so far, page by page. Not a consent until they have checked and sent it."""

    link = models.OneToOneField(PrivateLink, on_delete=models.CASCADE, related_name="answers")
    written = EncryptedTextField(default="{}", help_text="JSON")
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"answers to link {self.link_id}"


class AskedAgain(models.Model):
    """Why a worker asked somebody again who had taken a yes back. A table of its own: a link opens without any key."""

    link = models.OneToOneField(PrivateLink, on_delete=models.CASCADE, related_name="asked_again")
    because = EncryptedTextField()

    def __str__(self) -> str:
        return f"asked again by link {self.link_id}"


class ChangeWanted(models.Model):
    """Something a person asked us to change before their words are used. Encrypted: it may hold a name."""

    participation = models.ForeignKey("stories.StoryParticipant", on_delete=models.CASCADE, related_name="changes")
    wanted = EncryptedTextField()
    asked_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"change {self.pk} wanted in story {self.participation.story_id}"


class PersonalDetails(models.Model):
    """What a worker needs to reach somebody safely: apart from the rest, encrypted, and erased by itself."""

    participant = models.OneToOneField("stories.Participant", on_delete=models.CASCADE, related_name="details")
    nickname = EncryptedTextField("what you call them here", blank=True)
    preferred_name = EncryptedTextField(blank=True)
    safe_contact = EncryptedTextField("safe way to reach them", blank=True)
    language = EncryptedTextField("language they like best", blank=True)
    reading_format = models.CharField(
        "how they like to read",
        max_length=12,
        choices=[
            ("", "Not known"),
            ("standard", "As it is"),
            ("easy_read", "Easy read"),
            ("large_print", "Large print"),
            ("aloud", "Read aloud to them"),
            ("bsl", "In British Sign Language"),
        ],
        blank=True,
    )
    may_leave_message = models.BooleanField("a message may be left", default=False)
    guardian = EncryptedTextField(blank=True)
    supporter = EncryptedTextField("who supports them to answer", blank=True)
    note = EncryptedTextField("capacity and support", blank=True)

    def __str__(self) -> str:
        return f"details of {self.participant_id}"


class Notice(models.Model):
    """That a partner was told, so many days before, that a yes is going to end. Told once."""

    consent = models.ForeignKey("stories.Consent", on_delete=models.CASCADE, related_name="notices")
    days_before = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["consent", "days_before"], name="told_once"),
        ]

    def __str__(self) -> str:
        return f"told {self.days_before} days before consent {self.consent_id} ends"

"""What people told us would make a page better, and our answer. Holds no name, no address, and no way back to anybody.

What they wrote is encrypted and kept for a year at most. What readers see is only ever what staff wrote.
"""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop as noted

from hub.left_out import ReadOneByOne
from hub.pages.changes import marks_changes
from hub.stories.models.encryption import EncryptedTextField

OLD_IS_ANSWERED, NEW_IS_ANSWERED = pgtrigger.Q(old__state="answered"), pgtrigger.Q(new__state="answered")


class Feedback(models.Model):
    """One piece of feedback about one page, and what became of it."""

    class Useful(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for an answer"
        SUSPECTED = "suspected", "May be spam"
        ANSWERED = "answered", "Answered"
        NOTED = "noted", "Noted, no answer"
        SPAM = "spam", "Spam"

    class Outcome(models.TextChoices):
        DID = "did", noted("We did")
        COULD_NOT = "could_not", noted("We could not, because")
        LOOKING = "looking", noted("We are looking at it")

    page = models.ForeignKey("pages.HubPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="feedback")
    partner = models.ForeignKey(
        "partners.Partner",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Whose page it was when it came; none for the toolkit. Asked only when the page is gone.",
    )
    about = models.CharField(max_length=255, help_text="What the page was called when it came.")
    useful = models.CharField(max_length=3, choices=Useful.choices, blank=True)
    words = EncryptedTextField(blank=True)
    ran_it = models.BooleanField("they ran this activity", default=False)
    words_erased_at = models.DateTimeField(null=True, editable=False)
    received_at = models.DateTimeField(default=timezone.now)
    fingerprint = models.CharField(max_length=64, unique=True, help_text="The same form sent twice has the same.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    suspected_because = models.TextField(blank=True)
    is_example = models.BooleanField("made up as an example", default=False)
    version = models.PositiveIntegerField(default=0, help_text="Counts every change, so that nobody overwrites one.")

    you_said = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    our_words = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReadOneByOne.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "feedback"
        ordering: ClassVar[list[str]] = ["received_at", "pk"]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["state", "received_at"], name="feedback_queue"),
            models.Index(fields=["page", "-answered_on"], condition=Q(state="answered"), name="feedback_answered"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~Q(state="answered") | (~Q(you_said="") & ~Q(outcome="") & Q(answered_on__isnull=False)),
                name="feedback_answer_is_whole",
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            marks_changes(pgtrigger.Insert, name="answer_comes", condition=NEW_IS_ANSWERED),
            marks_changes(pgtrigger.Update, name="answer_changes", condition=OLD_IS_ANSWERED | NEW_IS_ANSWERED),
            marks_changes(pgtrigger.Delete, name="answer_goes", condition=OLD_IS_ANSWERED),
            marks_changes(pgtrigger.Truncate, name="answers_go"),
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"

    @property
    def page_name(self) -> str:
        """What the page is called, for staff."""
        return self.page.title if self.page else f"{self.about} (deleted)"

    @property
    def days_waiting(self) -> int:
        """Whole days since it came."""
        return (timezone.localdate() - timezone.localdate(self.received_at)).days

"""What a moderator decided about one exact content, and the legal flags that no consent can lift."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q, QuerySet

from hub.left_out import ReadOneByOne
from hub.pages.fields import ChoicesField
from hub.pages.visibility import darken, darken_all_when_emptied
from hub.stories.choices import LegalReason, SentBack


class ModerationDecision(models.Model):
    """Approval is of one content hash: any edit needs a new one."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned with a comment"
        ON_HOLD = "held", "Put on hold"

    class Sensitivity(models.IntegerChoices):
        ORDINARY = 1, "Ordinary"
        SENSITIVE = 2, "Sensitive"
        HIGH = 3, "High: a moderator of another partner approves"

    story = models.ForeignKey("stories.StoryPage", on_delete=models.PROTECT, related_name="decisions")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    content_hash = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    sensitivity = models.PositiveSmallIntegerField(choices=Sensitivity.choices, default=Sensitivity.ORDINARY)
    checklist = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    told_people = ChoicesField(choices=SentBack.choices)
    moderator = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        permissions: ClassVar[list[Any]] = [("moderate_story", "Can approve or return a story")]
        triggers: ClassVar[list[Any]] = [
            darken_all_when_emptied("decisions_emptied_darkens"),
            darken("later_decision_darkens", pgtrigger.Insert, pages="SELECT NEW.story_id"),
            darken("changed_decision_darkens", pgtrigger.Update | pgtrigger.Delete, pages="SELECT OLD.story_id"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} story {self.story_id}"


class LegalFlag(models.Model):
    """A reason in law why a story may not appear. Blocks until the safeguarding role clears it with a note."""

    story = models.ForeignKey("stories.StoryPage", on_delete=models.PROTECT, related_name="legal_flags")
    reason = models.CharField(max_length=20, choices=LegalReason.choices)
    hides = models.BooleanField(
        "hide it from everybody but safeguarding",
        default=False,
        help_text="For a draft in which somebody told of harm.",
    )
    raised_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    raised_at = models.DateTimeField(auto_now_add=True)
    cleared_by = models.ForeignKey("auth.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    cleared_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = ReadOneByOne.as_manager()

    class Meta:
        permissions: ClassVar[list[Any]] = [("clear_legal_flag", "Can clear a legal flag")]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True) | ~Q(note=""), name="clearing_a_flag_needs_a_note"
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            darken("flag_raised_darkens", pgtrigger.Insert, pages="SELECT NEW.story_id"),
            darken("flag_changed_darkens", pgtrigger.Update | pgtrigger.Delete, pages="SELECT OLD.story_id"),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()} ({'cleared' if self.cleared_at else 'open'})"


def sees_hidden(user: Any) -> bool:
    """Whether `user` has the safeguarding role; administrators have every role."""
    return bool(user.has_perm("stories.clear_legal_flag"))


def hidden_stories() -> QuerySet[LegalFlag, int]:
    """The numbers of stories that an open flag hides."""
    return LegalFlag.objects.filter(hides=True, cleared_at__isnull=True).values_list("story_id", flat=True)


def is_hidden(story_id: int) -> bool:
    return hidden_stories().filter(story_id=story_id).exists()


class CarryOverProposal(models.Model):
    """A worker says that the draft only puts right a slip of the pen. A moderator decides whether it needs asking."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "Carried over"
        DECLINED = "declined", "People are asked again"

    story = models.ForeignKey("stories.StoryPage", on_delete=models.CASCADE, related_name="carry_over_proposals")
    revision = models.ForeignKey("wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+")
    to_hash = models.CharField(max_length=64)
    why = models.TextField(blank=True)
    proposed_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    comment = models.TextField(blank=True)
    decided_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["story"], condition=Q(decided_at__isnull=True), name="one_open_proposal_a_story"
            ),
        ]

    def __str__(self) -> str:
        return f"carry-over proposed for story {self.story_id}"

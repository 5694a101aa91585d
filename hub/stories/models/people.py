"""The people in a story, by code. Refuses names: what could identify somebody is never kept in these tables."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from hub.law import AgeBand
from hub.pages.visibility import darken, darken_all_when_emptied
from hub.stories.choices import NamedAs, PartInStory, PlaceLevel


class Participant(models.Model):
    """Somebody a partner works with who is in a story. A code, the age rule's facts, and nothing else."""

    code = models.CharField(max_length=12, unique=True, help_text="For example P-0042. Never a name or initials.")
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="participants")
    age_band = models.CharField(
        max_length=10,
        choices=[(band, band.label) for band in AgeBand],
        default=AgeBand.UNKNOWN,
    )
    reask_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="The birthday from which on they are asked again. Not a date of birth.",
    )
    may_be_answered_by_attorney = models.BooleanField(
        default=False,
        help_text="An adult for whom somebody else may decide by law. Note the authority on paper.",
    )
    do_not_ask_until = models.DateField(null=True, blank=True, help_text="They would rather not be asked before then.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers: ClassVar[list[Any]] = [
            darken(
                "participant_change_darkens",
                pgtrigger.Update,
                pages="SELECT story_id FROM stories_storyparticipant WHERE participant_id = OLD.id",
                condition=pgtrigger.AnyChange("partner", "age_band", "reask_at", "may_be_answered_by_attorney"),
            ),
        ]

    def __str__(self) -> str:
        return self.code


SOMEBODY_AGREES = """
    IF EXISTS (
        SELECT FROM stories_consent c JOIN stories_storyparticipant sp ON sp.id = c.participation_id
        WHERE sp.story_id = OLD.story_id AND c.decision = 'given'
    ) THEN
        RAISE check_violation USING MESSAGE = 'somebody agreed to this story with this person in it';
    END IF;
"""


class StoryParticipant(models.Model):
    """One person's part in one story, and whether their yes is needed."""

    story = models.ForeignKey("stories.StoryPage", on_delete=models.PROTECT, related_name="participations")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=20, choices=PartInStory.choices)
    named_as = models.CharField(max_length=20, choices=NamedAs.choices, default=NamedAs.NONE)
    place_level = models.CharField(max_length=10, choices=PlaceLevel.choices, default=PlaceLevel.NONE)
    passages = models.CharField(
        "which passages are theirs",
        max_length=300,
        blank=True,
        help_text="For example: the second and third paragraph, and the picture.",
    )
    consent_needed = models.BooleanField(default=True)
    why_not_needed = models.TextField(
        blank=True, help_text="For example: mentioned once, and nobody could tell who it is."
    )

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["story", "participant"], name="once_in_a_story"),
            models.CheckConstraint(
                condition=Q(consent_needed=True) | ~Q(why_not_needed=""), name="say_why_consent_is_not_needed"
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            darken_all_when_emptied("people_emptied_darkens"),
            # Else the others' yes would show somebody who never said one (hub/stories/withdrawal/correcting.py).
            pgtrigger.Trigger(
                name="nobody_is_excused_from_a_yes",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.Condition(
                    "OLD.consent_needed AND NOT NEW.consent_needed"
                    " OR OLD.story_id <> NEW.story_id OR OLD.participant_id <> NEW.participant_id"
                ),
                func=SOMEBODY_AGREES + "RETURN NEW;",
            ),
            pgtrigger.Trigger(
                name="nobody_goes_from_under_a_yes",
                operation=pgtrigger.Delete,
                when=pgtrigger.Before,
                func=SOMEBODY_AGREES + "RETURN OLD;",
            ),
            darken("person_added_darkens", pgtrigger.Insert, pages="SELECT NEW.story_id"),
            darken(
                "person_changed_darkens",
                pgtrigger.Update | pgtrigger.Delete,
                pages="SELECT OLD.story_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant.code} in story {self.story_id}"

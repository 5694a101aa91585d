"""What a person decided about showing a story, outside anybody's consent: it stays off until a person shows it.

Written by the database itself when a page is unpublished, whoever does it and however; ended by a person alone.
"""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hub.pages.models import HubPage, PartnerSectionPage
from hub.pages.page_form import HubPageForm
from hub.pages.visibility import darken
from hub.stories.models.triggers import kept


class TakenBack(models.Model):
    """While a row is open, its story is dark, and no job, no publication and no relighting brings it back."""

    class Why(models.TextChoices):
        UNPUBLISHED = "unpublished", "Unpublished"
        RESTORED = "restored", "Brought back from a backup"
        LEFT = "left", "Somebody leaves it"
        SENT_BACK = "sent_back", "A moderator sent it back after the backup it came from"

    story_id = models.BigIntegerField(help_text="A number, so that the row outlives the story and is never deleted.")
    why = models.CharField(max_length=12, choices=Why.choices)
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("auth.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["story_id", "why"], condition=Q(ended_at__isnull=True), name="taken_back_once"
            ),
        ]
        triggers: ClassVar[list[Any]] = [
            darken("taken_back_darkens", pgtrigger.Insert | pgtrigger.Update, pages="SELECT NEW.story_id"),
            *kept("taken_back"),
        ]

    def __str__(self) -> str:
        return f"{self.get_why_display()}: story {self.story_id}"


OUT_OF_ITS_SECTION = """
    SELECT me.id FROM pages_hubpage me JOIN stories_storypage story ON story.hubpage_ptr_id = me.id
    WHERE {which} AND NOT EXISTS (
        SELECT 1 FROM pages_partnersectionpage s JOIN pages_hubpage h ON h.id = s.hubpage_ptr_id
        WHERE s.organisation_id = me.partner_id AND starts_with(me.path, h.path))
"""


class StoryPlace(HubPage):
    """Pages as stories see them: one that is unpublished was taken back, one that leaves its section is dark."""

    is_creatable = False
    base_form_class = HubPageForm

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="unpublished_is_taken_back",
                operation=pgtrigger.Update,
                when=pgtrigger.After,
                condition=pgtrigger.Q(old__live=True, new__live=False),
                func="""
                    INSERT INTO stories_takenback (story_id, why, at)
                        SELECT hubpage_ptr_id, 'unpublished', clock_timestamp() FROM stories_storypage
                        WHERE hubpage_ptr_id = NEW.id ON CONFLICT DO NOTHING;
                    RETURN NULL;
                """,
            ),
            darken(
                "moved_out_darkens",
                pgtrigger.Update,
                pages=OUT_OF_ITS_SECTION.format(which="me.id = NEW.id"),
                condition=pgtrigger.AnyChange("path", "partner"),
            ),
        ]


class SectionOfStories(PartnerSectionPage):
    """Sections as stories see them: one that becomes another partner's darkens the stories in it."""

    is_creatable = False

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [
            darken(
                "other_partner_darkens",
                pgtrigger.Update,
                pages=OUT_OF_ITS_SECTION.format(which="me.partner_id = OLD.organisation_id"),
                condition=pgtrigger.AnyChange("organisation"),
            ),
        ]

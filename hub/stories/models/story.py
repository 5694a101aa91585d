"""A story: a page that stays dark until everyone in it agreed to exactly these words. Cannot be copied or aliased."""

from collections.abc import Mapping
from typing import Any, ClassVar

import pgtrigger
from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import TaskState

from hub.pages.blocks import HeadingBlock, ImageBlock, QuoteBlock, WordsBlock
from hub.pages.fields import ChoicesField
from hub.pages.models import HelpLine, HubImage, HubPage, Visibility
from hub.pages.models.sections import take_partner_of_section
from hub.pages.topics import HelpTopic
from hub.pages.visibility import darken
from hub.stories.choices import SpecialCategory
from hub.stories.content_hash import content_hash


class StoryBlock(blocks.StreamBlock):
    """Words, headings, quotations and pictures: nothing that could change elsewhere while consent stays here."""

    text = WordsBlock(features=["bold", "ol", "ul"])
    heading = HeadingBlock()
    quote = QuoteBlock()
    image = ImageBlock()

    class Meta:
        own_words = ("text", "heading", "quote")  # only what stands with a picture is the staff's


def opaque_slug() -> str:
    """An address that says nothing: a slug outlives a story in histories and logs."""
    return "s-" + get_random_string(8, "abcdefghijkmnpqrstuvwxyz23456789")


class StoryPage(HubPage):
    """Somebody's words. Public only while hub.stories.rule says so; see hub.pages.visibility for how that holds."""

    kind = "story"
    template = "stories/story_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.PartnerSectionPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = []

    told_by = models.CharField(max_length=160, help_text="For example: a parent in the Levenmouth area.")
    names_note = models.CharField(max_length=160, blank=True, default="Names have been changed.")
    body = StreamField(StoryBlock())
    special_categories = ChoicesField(
        choices=SpecialCategory.choices,
        help_text="What the story talks about that people must have agreed to in so many words.",
    )
    help_topics = ChoicesField(choices=HelpTopic.choices, verbose_name="help lines to show")
    modules = ParentalManyToManyField("pages.ModulePage", blank=True, related_name="story_pages")

    # No story text in Wagtail's search index: it keeps rows of drafts and of pages that have gone.
    search_fields: ClassVar[list[Any]] = HubPage.search_fields

    content_panels: ClassVar[list[Any]] = [
        HelpPanel(
            "A story is shown to the public only while everyone in it agrees to exactly these words. "
            "Use no real name in the title: it stays in logs."
        ),
        *HubPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("told_by"),
        FieldPanel("names_note"),
        FieldPanel("body", help_text="Their words, as they said them. The plus sign adds more."),
        FieldPanel("special_categories"),
        FieldPanel("help_topics"),
        FieldPanel(
            "modules", widget=forms.CheckboxSelectMultiple, help_text="It is listed under each, while it is shown."
        ),
        *HubPage.about_panels,
    ]

    promote_panels: ClassVar[list[Any]] = []  # the address and the tab of a story say nothing, so nobody writes them

    class Meta:
        verbose_name = "story"
        verbose_name_plural = "stories"
        triggers: ClassVar[list[Any]] = [
            darken(
                "story_text_change_darkens",
                pgtrigger.Update,
                pages="SELECT OLD.hubpage_ptr_id",
                condition=pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*"),
            ),
        ]

    def __str__(self) -> str:
        """Neutral, because Wagtail writes it to logs that outlive the story."""
        return f"Story {self.pk or '(new)'}"

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.take_address_and_partner()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """What Wagtail checks when a draft is saved: the address is opaque and the partner known from then on."""
        self.take_address_and_partner()
        super().minimal_clean()

    def take_address_and_partner(self) -> None:
        """Gives a new story its opaque address and the partner in whose section it stands."""
        slug: str = self.slug or ""  # type: ignore[has-type]
        if not slug.startswith("s-"):
            self.slug = opaque_slug()
        take_partner_of_section(self)

    def save_revision(self, *args: Any, overwrite_revision: Any = None, **kwargs: Any) -> Any:
        """Saves a draft. Never over a revision that somebody was asked about, that is public or under review.

        Wagtail's autosave rewrites the latest revision in place; here such a save becomes a revision of its own.
        """
        if overwrite_revision is not None and _stands_as_evidence(self, overwrite_revision):
            overwrite_revision = None
        return super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)

    @property
    def has_exit(self) -> bool:
        return True

    def image_ids(self) -> list[int]:
        """The pictures a reader sees, by primary key, in order."""
        return [block.value["image"].pk for block in self.body if block.block_type == "image" and block.value["image"]]

    def shown_content(self) -> dict[str, object]:
        """Everything a reader can see, as plain values: what people agree to. Block ids are left out."""
        return {
            "title": self.title,
            "seo_title": self.seo_title,
            "search_description": self.search_description,
            "slug": self.slug,
            "summary": self.summary,
            "told_by": self.told_by,
            "names_note": self.names_note,
            "content_note": sorted(self.content_note),
            "partner": self.partner_id,
            "is_example": self.is_example,
            "body": _without_ids(self.body.get_prep_value()),
        }

    def content_hash(self) -> str:
        """The hash consent is bound to: the words shown, and which file is behind each picture.

        A picture without a file has no bytes to agree to: it hashes as none, which nobody was shown.
        """
        shown = self.image_ids()
        files = dict(HubImage.objects.filter(pk__in=shown).values_list("pk", "sha256")) if shown else {}
        pictures = [f"{pk}:{files.get(pk) or 'no file'}" for pk in shown]
        return content_hash({**self.shown_content(), "pictures": pictures}, [f for f in files.values() if f])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from hub.stories.uses import agreed_uses

        return {
            **super().get_context(request, *args, **kwargs),
            "help_lines": HelpLine.for_topics(self.help_topics),
            "uses": agreed_uses(Visibility.objects.filter(page=self).first(), now=timezone.now()),
            "modules": self.modules.live().order_by("path").defer_streamfields(),
            "minutes": self.reading_minutes,
        }


def _stands_as_evidence(story: StoryPage, revision: Any) -> bool:
    """Whether somebody's answer, a decision, a review or the public page refers to `revision`."""
    from hub.stories.models.consent import Consent

    return bool(
        revision.pk == story.live_revision_id
        or Consent.objects.filter(revision=revision).exists()
        or story.decisions.filter(revision=revision).exists()
        or TaskState.objects.filter(revision=revision).exists()
    )


def _without_ids(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_ids(item) for key, item in value.items() if key != "id"}
    if isinstance(value, list | tuple):
        return [_without_ids(item) for item in value]
    return value


LIGHT_ONLY_WITH_PROOF = """
    PERFORM 1 FROM pages_hubpage
        WHERE id = NEW.page_id AND live AND live_revision_id = NEW.revision_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: the page is not live at this revision';
    END IF;
    IF NEW.public_until <= clock_timestamp() THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: it has run out already';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM stories_storyparticipant WHERE story_id = NEW.page_id AND consent_needed) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: nobody in the story has been asked';
    END IF;
    IF EXISTS (
        SELECT 1 FROM stories_storyparticipant sp
        JOIN stories_participant p ON p.id = sp.participant_id
        CROSS JOIN unnest(
            CASE p.age_band WHEN 'under_12' THEN ARRAY['own', 'guardian'] ELSE ARRAY['own'] END
        ) AS voice
        WHERE sp.story_id = NEW.page_id AND sp.consent_needed AND (
            p.reask_at < NEW.public_until OR (p.reask_at IS NULL AND p.age_band <> 'adult')
            OR (
                SELECT bool_and(
                    c.decision = 'given' AND c.held_at IS NULL AND c.expires_at >= NEW.public_until
                    AND (w.retired_at IS NULL OR w.retired_at >= NEW.public_until)
                    AND (c.not_before IS NULL OR c.not_before <= clock_timestamp())
                    AND c.special_categories @> (
                        SELECT s.special_categories FROM stories_storypage s WHERE s.hubpage_ptr_id = NEW.page_id))
                FROM stories_consent c
                LEFT JOIN stories_wordingretirement w ON w.wording_id = c.wording_id
                WHERE c.participation_id = sp.id AND c.use = 'website' AND c.decision <> 'superseded'
                  AND CASE voice WHEN 'guardian' THEN c.given_by = 'guardian'
                      ELSE c.given_by = 'self' OR (c.given_by = 'other' AND p.may_be_answered_by_attorney) END
                  AND (c.decision NOT IN ('given', 'requested') OR c.content_hash = NEW.content_hash OR EXISTS (
                        SELECT 1 FROM stories_carryover o WHERE o.consent_id = c.id
                        AND o.from_hash = c.content_hash AND o.to_hash = NEW.content_hash))
            ) IS NOT TRUE)
    ) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: not everyone agrees to these words';
    END IF;
    IF EXISTS (SELECT 1 FROM stories_legalflag WHERE story_id = NEW.page_id AND cleared_at IS NULL) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: a legal flag is open';
    END IF;
    IF 'approved' IS DISTINCT FROM (
        SELECT outcome FROM stories_moderationdecision
        WHERE story_id = NEW.page_id AND content_hash = NEW.content_hash
        ORDER BY decided_at DESC, id DESC LIMIT 1
    ) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: no moderator approved these words';
    END IF;
    RETURN NEW;
"""


class LitStory(Visibility):
    """Visibility as stories see it: the database itself checks the proof before a row is let in."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Trigger(
                name="light_only_with_proof",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=LIGHT_ONLY_WITH_PROOF,
            ),
        ]


class StoryImageFile(HubImage):
    """Images as stories see them: a file replaced or reworded behind a story darkens every story that shows it."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [
            darken(
                "image_change_darkens",
                pgtrigger.Update | pgtrigger.Delete,
                pages="SELECT page_id FROM pages_visibility WHERE OLD.id = ANY (image_ids)",
            ),
        ]

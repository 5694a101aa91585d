"""A story: a page that stays dark until everyone in it agreed to exactly these words. Cannot be copied or aliased."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import uuid4

import pgtrigger
from django import forms
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.dispatch import Signal
from django.http import HttpRequest
from django.utils.crypto import get_random_string
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.fields import StreamField
from wagtail.models import TaskState
from wagtail.rich_text import RichText, extract_references_from_rich_text

from hub.pages.blocks import HeadingBlock, ImageBlock, QuoteBlock, WordsBlock
from hub.pages.changes import marks_changes
from hub.pages.fields import ChoicesField
from hub.pages.help_numbers import numbers_for
from hub.pages.models import HubImage, HubPage
from hub.pages.models.languages import InItsOwnWords
from hub.pages.models.related import public_modules_of
from hub.pages.models.sections import take_partner_of_section
from hub.pages.models.staying import COPIED, ItStays
from hub.pages.page_form import HubPageForm
from hub.pages.panels import SavedDraftPanel
from hub.pages.topics import HelpTopic
from hub.pages.visibility import darken
from hub.stories.choices import SpecialCategory
from hub.stories.content_hash import content_hash
from hub.stories.models.in_a_language import InALanguage, told_in_field, written_in_field
from hub.stories.models.permissions import StoryPermissionTester

asked_to_publish = Signal()
"""A person wants the agreed words of `story_id` on the page. Who listens decides; if nobody does, nothing is shown."""


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


class StoryPage(InALanguage, InItsOwnWords, HubPage):
    """Somebody's words. Public only while hub.stories.rule says so; see hub.pages.visibility for how that holds."""

    kind = "story"
    permission_tester = StoryPermissionTester
    template = "stories/story_page.html"
    base_form_class = HubPageForm
    parent_page_types: ClassVar[list[str]] = ["pages.PartnerSectionPage"]
    subpage_types: ClassVar[list[str]] = []
    exclude_fields_in_copy: ClassVar[list[str]] = []

    # Given once to each page. A copy carries it along, and the database takes it once: people agreed to one page.
    only_page = models.UUIDField(default=uuid4, db_default=RandomUUID(), unique=True, editable=False)
    told_by = models.CharField(max_length=160, help_text="For example: a parent in a small town.")
    names_note = models.CharField(
        max_length=160,
        blank=True,
        help_text="Leave it empty: the page says by itself whether names were changed, from what its people chose.",
    )
    written_in, told_in = written_in_field(), told_in_field()
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
        SavedDraftPanel(template="stories/admin/path_panel.html"),
        HelpPanel("It is shown only while everyone in it agrees to exactly these words. No real name in the title."),
        *HubPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("told_by"),
        FieldPanel("names_note"),
        FieldRowPanel([FieldPanel("written_in"), FieldPanel("told_in")]),
        FieldPanel("body", help_text="Their words, as they said them. The plus sign adds more."),
        FieldPanel("special_categories"),
        FieldPanel("help_topics"),
        FieldPanel(
            "modules", widget=forms.CheckboxSelectMultiple, help_text="It is listed under each, while it is shown."
        ),
        *HubPage.about_panels,
        SavedDraftPanel(template="stories/admin/jigsaw_panel.html", heading="What could tell who they are"),
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
            marks_changes(),
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
        self.take_locale()

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """A person who publishes, or ends a workflow, makes public what everybody agreed to, and nothing else."""
        if user is None:
            return super().publish(revision, **kwargs)
        return asked_to_publish.send(sender=StoryPage, story_id=self.pk)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ItStays for a copy, whoever made it and however: it has the number of another row."""
        if self._state.adding and StoryPage.objects.filter(only_page=self.only_page).exists():
            raise ItStays(COPIED)
        return super().save(*args, **kwargs)

    def newest_words(self) -> "StoryPage":
        """The latest draft, as it would be shown; the page itself if there is none. As this object knows it."""
        found = self.get_latest_revision_as_object()
        if not isinstance(found, StoryPage):
            raise TypeError("The latest revision of a story is a story.")
        return found

    def with_content_json(self, content: Any) -> Any:
        """As Wagtail's. The number is the page's, not a version's."""
        page = super().with_content_json(content)
        page.only_page = self.only_page
        return page

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

    @property
    def dictionary(self) -> str:
        return self.words_language.dictionary if self.words_language else super().dictionary

    def image_ids(self) -> list[int]:
        """The pictures a reader sees, by primary key, in order; also one that code put into a text."""
        return [pk for pk, _ in self._pictures()]

    def picture_files(self) -> dict[int, str]:
        """Each picture with the SHA-256 of its file; empty where the disk does not hold the file we took in."""
        pictures = self._pictures()
        elsewhere = [pk for pk, image in pictures if image is None]
        in_texts = HubImage.objects.in_bulk(elsewhere) if elsewhere else {}
        found = {pk: image or in_texts.get(pk) for pk, image in pictures}
        return {pk: image.proved_sha256 if image else "" for pk, image in found.items()}

    def _pictures(self) -> list[tuple[int, HubImage | None]]:
        found: list[tuple[int, HubImage | None]] = []
        for block in self.body:
            if block.block_type == "image" and block.value["image"]:
                found.append((block.value["image"].pk, block.value["image"]))
            elif isinstance(block.value, RichText):
                named = extract_references_from_rich_text(block.value.source)
                numbers = [number for model, number, *_ in named if model is HubImage and str(number).isdecimal()]
                found += [(int(number), None) for number in numbers]
        return found

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
            **self.languages_shown(),
        }

    def content_hash(self) -> str:
        """The hash consent is bound to: the words shown, and which file is behind each picture, by its bytes of now.

        A picture without its file has no bytes to agree to: it hashes as none, which nobody was shown.
        """
        files = self.picture_files()
        pictures = [f"{pk}:{files[pk] or 'no file'}" for pk in self.image_ids()]
        return content_hash({**self.shown_content(), "pictures": pictures}, [f for f in files.values() if f])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "help_lines": numbers_for(self.help_topics),
            "modules": public_modules_of(self),
            "minutes": self.reading_minutes,
        }


class StoriesOfModules(StoryPage.modules.through):  # type: ignore[name-defined] # Django makes that class
    """Which stories are listed under which module, as readers see it."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [marks_changes()]


def draft_of(story: StoryPage) -> StoryPage:
    """The words people are asked about: the latest draft, read anew. The one address of that question."""
    return StoryPage.objects.get(pk=story.pk).newest_words()


def _stands_as_evidence(story: StoryPage, revision: Any) -> bool:
    """Whether somebody's answer, a hand-in, a decision, a review or the public page refers to `revision`."""
    return bool(
        revision.pk == story.live_revision_id
        or story.participations.filter(consents__revision=revision).exists()
        or story.decisions.filter(revision=revision).exists()
        or story.hand_ins.filter(revision=revision).exists()
        or TaskState.objects.filter(revision=revision).exists()
    )


def _without_ids(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_ids(item) for key, item in value.items() if key != "id"}
    if isinstance(value, list | tuple):
        return [_without_ids(item) for item in value]
    return value

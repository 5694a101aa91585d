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
from wagtail.models import PagePermissionTester, TaskState
from wagtail.rich_text import RichText, extract_references_from_rich_text

from hub.pages.blocks import HeadingBlock, ImageBlock, QuoteBlock, WordsBlock
from hub.pages.fields import ChoicesField
from hub.pages.models import HelpLine, HubImage, HubPage, Visibility
from hub.pages.models.sections import take_partner_of_section
from hub.pages.page_form import HubPageForm
from hub.pages.topics import HelpTopic
from hub.pages.visibility import darken
from hub.stories.choices import SpecialCategory
from hub.stories.content_hash import content_hash
from hub.stories.jigsaw_panel import JigsawPanel


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


class StoryPermissionTester(PagePermissionTester):
    """Nobody publishes a story by hand: agreed and approved words become public by themselves (publishing.py).

    So a publisher cannot put words on the page that nobody has agreed to, and thereby take the agreed ones away.
    """

    def __init__(self, user: Any, page: Any) -> None:
        from hub.stories.disclosure import is_hidden, sees_hidden

        super().__init__(user, page)
        self.is_hidden = bool(page.pk) and not sees_hidden(user) and is_hidden(page.pk)
        if self.is_hidden:
            self.permissions: set[str] = set()

    def can_edit(self) -> bool:
        return not self.is_hidden and bool(super().can_edit())

    def can_publish(self) -> bool:
        return False


class StoryPage(HubPage):
    """Somebody's words. Public only while hub.stories.rule says so; see hub.pages.visibility for how that holds."""

    kind = "story"
    template = "stories/story_page.html"
    base_form_class = HubPageForm
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
        JigsawPanel(heading="What could tell who they are"),
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

    def publish(self, revision: Any, user: Any = None, **kwargs: Any) -> Any:
        """A person who publishes, or ends a workflow, makes public what everybody agreed to, and nothing else."""
        if user is None:
            return super().publish(revision, **kwargs)
        from hub.stories.publishing import publish_when_agreed

        return publish_when_agreed(self.pk)

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return StoryPermissionTester(user, self)

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
        """The pictures a reader sees, by primary key, in order; also one that code put into a text."""
        found: list[int] = []
        for block in self.body:
            if block.block_type == "image" and block.value["image"]:
                found.append(block.value["image"].pk)
            elif isinstance(block.value, RichText):
                named = extract_references_from_rich_text(block.value.source)
                found += [int(number) for model, number, *_ in named if model is HubImage and str(number).isdecimal()]
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
        from hub.pages.related import public_modules_of
        from hub.stories.uses import agreed_uses

        return {
            **super().get_context(request, *args, **kwargs),
            "help_lines": HelpLine.for_topics(self.help_topics),
            "uses": agreed_uses(Visibility.objects.filter(page=self).first(), now=timezone.now()),
            "modules": public_modules_of(self),
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

"""Pages in other languages and formats, with Wagtail's locales: of which page is each, and how old?

They stand below the toolkit, so the same people write and approve them. Refuses a translation of a story: people agreed
to words, and other words are a story of their own (the `translation` use). hub.stories tells the database the same.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Locale

from hub.pages.blocks import BodyBlock, StepBlock
from hub.pages.blocks.activity import timed
from hub.pages.changes import marks_changes
from hub.pages.models.base import HubPage
from hub.pages.models.home import InfoPage
from hub.pages.models.toolkit import ActivityPage
from hub.pages.page_form import HubPageForm
from hub.pages.panels import SavedDraftPanel
from hub.pages.visibility import is_exempt
from hub.pages.words.languages import Language, choices, language_of, languages
from hub.screen_languages import spoken

NOT_A_STORY = (
    "A story cannot be translated here: people agreed to its own words. A translation is a story of its own, "
    "in the partner’s section, and everyone in it is asked about it."
)
NO_STEPS_THERE = "Only an activity has steps. Write these words into the body."
NOT_A_TRANSLATION = "Choose the English page, not another translation."


class InItsOwnWords:
    """What the site says around a page is in the page's language where the screens speak it; otherwise in English."""

    language: Any

    @property
    def language_around(self) -> str:
        """The code of the language in which it is written."""
        return str(self.language.code)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The whole answer, and not one that is made when the language has ended."""
        with spoken(self.language_around):
            page: Any = super()
            response = page.serve(request, *args, **kwargs)
            return response.render() if isinstance(response, SimpleTemplateResponse) else response


class LanguagePage(InItsOwnWords, HubPage):
    """One language or format: all that there is in it."""

    consent_exempt = True
    kind = "language"
    base_form_class = HubPageForm
    template = "pages/language_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.ToolkitPage"]
    subpage_types: ClassVar[list[str]] = ["pages.TranslationPage"]

    code = models.CharField("language or format", max_length=20, unique=True, choices=choices)

    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("code"),
        FieldPanel("summary", help_text="A sentence or two in that language: what is to be found here."),
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    @property
    def language(self) -> Language:
        return language_of(self.code)

    def minimal_clean(self) -> None:
        """Takes the locale before Wagtail gives it that of the page above."""
        self._take_locale()
        super().minimal_clean()

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._take_locale()
        super().full_clean(*args, **kwargs)

    def _take_locale(self) -> None:
        if self.code in languages():
            self.locale, _ = Locale.objects.get_or_create(language_code=self.code)
            self.slug = self.code.removeprefix("en-x-")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        found = TranslationPage.objects.live().child_of(self).order_by("title").defer_streamfields()
        return {**super().get_context(request, *args, **kwargs), "translations": found.select_related("translates")}


class TranslationPage(InItsOwnWords, HubPage):
    """A page that holds no story, in the language or format of the page above it."""

    consent_exempt = True
    kind = "translation"
    base_form_class = HubPageForm
    template = "pages/translation_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.LanguagePage"]
    subpage_types: ClassVar[list[str]] = []

    translates = models.ForeignKey(
        HubPage, null=True, on_delete=models.SET_NULL, related_name="translations", verbose_name="the English page"
    )
    read_at = models.DateTimeField(
        "when it was last read beside the English page",
        default=timezone.now,
        help_text="Readers are told when the English page has changed after this. Set it when you have caught up.",
    )
    checked_by = models.CharField(
        max_length=120,
        blank=True,
        help_text="Who speaks the language and has read it through, such as: a Polish speaker at a partner."
        " No full names.",
    )
    body = StreamField(BodyBlock())
    steps = StreamField(
        [("step", StepBlock())],
        blank=True,
        help_text="Of an activity: its steps, each with its minutes. The page then has their clock.",
    )
    after_steps = StreamField(
        BodyBlock(), blank=True, verbose_name="after the steps", help_text="Of an activity: what comes after its steps."
    )

    content_panels: ClassVar[list[Any]] = [
        SavedDraftPanel(template="pages/admin/translation_age.html", heading="How old it is"),
        *HubPage.content_panels,
        PageChooserPanel(
            "translates", ["pages.ModulePage", "pages.ActivityPage", "pages.InfoPage", "pages.GuidancePage"]
        ),
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("steps"),
        FieldPanel("after_steps"),
        FieldPanel("read_at"),
        FieldPanel("checked_by"),
        *HubPage.about_panels,
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    @property
    def language(self) -> Language:
        return language_of(self.locale.language_code)

    @property
    def dictionary(self) -> str:
        return self.language.dictionary

    @property
    def english_changed_at(self) -> Any:
        """When the English page was changed after this was last read beside it; None when it was not."""
        changed = self.translates.last_published_at if self.translates else None
        return changed if changed and changed > self.read_at else None

    @property
    def has_exit(self) -> bool:
        """Whoever reads a page of information in their own language may need to leave as fast as in English."""
        return super().has_exit or (self.translates is not None and self.translates.specific_class is InfoPage)

    @property
    def other_names(self) -> list[str]:
        return [self.language.english_name]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """It shares the number by which Wagtail knows a page in all its languages, whatever a form says."""
        if self.translates is not None:
            self.translation_key = self.translates.translation_key
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.translates is None:
            return
        kind = self.translates.specific_class
        if kind is None or not is_exempt(kind):
            raise ValidationError({"translates": NOT_A_STORY})
        if self.translates.locale.language_code != settings.LANGUAGE_CODE or issubclass(kind, TranslationPage):
            raise ValidationError({"translates": NOT_A_TRANSLATION})
        if (self.steps or self.after_steps) and kind is not ActivityPage:
            raise ValidationError({"steps": NO_STEPS_THERE})
        twice = TranslationPage.objects.filter(translates=self.translates_id, locale=self.locale_id).exclude(pk=self.pk)
        if twice.exists():
            raise ValidationError({"translates": "There is a page for this one in this language already."})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        english = HubPage.objects.live().filter(pk=self.translates_id).first()
        steps = timed(self.steps)
        return {
            **super().get_context(request, *args, **kwargs),
            **self._at_a_glance(steps),
            "english": english,
            "changed_at": self.english_changed_at if english else None,
        }

    def _at_a_glance(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        """The steps with their clock, and for how many people the activity is; nothing for any other page."""
        if not steps:
            return {}
        activity = ActivityPage.objects.live().filter(pk=self.translates_id).defer_streamfields().first()
        return {"steps": steps, "total_minutes": steps[-1]["until"], "activity": activity}

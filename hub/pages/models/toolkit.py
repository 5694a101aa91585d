"""The toolkit all partners share: modules in order, and the activities that belong to them."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from hub.pages.blocks import (
    BodyBlock,
    CardsBlock,
    DownloadBlock,
    HandoutBlock,
    LogEntryBlock,
    MaterialsBlock,
    StepBlock,
)
from hub.pages.blocks.activity import timed
from hub.pages.blocks.words import FEATURES
from hub.pages.changes import marks_changes
from hub.pages.fields import ChoicesField
from hub.pages.models.base import HubPage
from hub.pages.models.owned_together import OwnedTogether, OwnedTogetherTester, owned_together_with, owners_panels
from hub.pages.models.related import LISTED, around, goes_well_with, guidance_about, headings, stories_about
from hub.pages.page_form import HubPageForm
from hub.pages.pieces import of_page
from hub.pages.topics import Needed
from hub.partners.models import Strand


class ToolkitPage(HubPage):
    """The path through the modules, in the order of the tree."""

    admin_default_ordering = "ord"  # in the order of the path, not the last changed first
    consent_exempt = True
    kind = "info"
    max_count = 1
    base_form_class = HubPageForm
    template = "pages/toolkit_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.ModulePage", "pages.LanguagePage"]

    body = StreamField(BodyBlock(), blank=True)
    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        modules = list(ModulePage.objects.live().child_of(self).order_by("path").defer_streamfields())
        activities = ActivityPage.objects.live().descendant_of(self).order_by("path").defer_streamfields()
        titles: dict[str, list[str]] = {}
        for path, title in activities.values_list("path", "title"):
            titles.setdefault(path[: -ActivityPage.steplen], []).append(title)
        for number, module in enumerate(modules, start=1):
            module.number = number
            module.activity_titles = titles.get(module.path, [])
        return {**super().get_context(request, *args, **kwargs), "modules": modules}


def the_toolkit(sender: object, **kwargs: object) -> ToolkitPage | None:
    """Signal receiver: the page under which the toolkit's roles and approval count."""
    toolkit: ToolkitPage | None = ToolkitPage.objects.first()
    return toolkit


class ModulePage(OwnedTogether):
    """One module: read it, try its activity, see what partners and families add to it."""

    admin_default_ordering = "ord"  # in the order of the path, not the last changed first
    consent_exempt = True
    kind = "module"
    permission_tester = OwnedTogetherTester
    base_form_class = HubPageForm
    template = "pages/module_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.ToolkitPage"]
    subpage_types: ClassVar[list[str]] = ["pages.ActivityPage"]

    paper = models.CharField("paper colour", max_length=10, choices=Strand.choices, default=Strand.HARBOUR)
    body = StreamField(BodyBlock())
    made_with_families = StreamField([("entry", LogEntryBlock())], blank=True)

    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("made_with_families"),
        FieldPanel("paper"),
        *HubPage.about_panels,
        *owners_panels,
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    @property
    def strand(self) -> str:
        return self.paper

    def public_activities(self) -> list[Any]:
        return list(ActivityPage.objects.live().child_of(self).order_by("path"))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            **around(self),
            "activities": of_page(self, "activities", self.public_activities),
            "guidance": guidance_about(self),
            "stories": stories_about(self),
            "listed": LISTED,
            "contents": headings(self.body),
            "log": self.made_with_families,
            "together_with": owned_together_with(self),
        }


class OwnersOfModules(ModulePage.owned_with.through):  # type: ignore[name-defined]
    """Which partners a module is from, as readers see it."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [marks_changes()]


class ActivityPage(HubPage):
    """Something to do with a group, with everything a facilitator needs on one printed page."""

    consent_exempt = True
    kind = "activity"
    base_form_class = HubPageForm
    template = "pages/activity_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.ModulePage"]
    subpage_types: ClassVar[list[str]] = []

    aim = models.TextField(max_length=400, help_text="What people will have at the end that they do not have now.")
    minutes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(480)])
    group_from = models.PositiveSmallIntegerField("smallest group", validators=[MinValueValidator(1)])
    group_to = models.PositiveSmallIntegerField("largest group", validators=[MaxValueValidator(500)])
    set_up = RichTextField(features=FEATURES, blank=True)
    materials = StreamField(MaterialsBlock(), blank=True)
    needed = ChoicesField(
        choices=Needed.choices,
        verbose_name="what has to be there",
        help_text="People who look for an activity tick what they have. None ticked: it needs nothing.",
    )
    steps = StreamField([("step", StepBlock())])
    facilitator_notes = RichTextField(features=FEATURES, blank=True)
    might_come_up = RichTextField(features=FEATURES, blank=True)
    debrief = RichTextField(features=FEATURES, blank=True)
    variations = RichTextField(features=FEATURES, blank=True)
    handouts = StreamField(
        [("handout", HandoutBlock()), ("cards", CardsBlock()), ("download", DownloadBlock())], blank=True
    )

    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("aim"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("minutes"), FieldPanel("group_from"), FieldPanel("group_to")])],
            heading="Time and people",
        ),
        FieldPanel("set_up"),
        FieldPanel("materials"),
        FieldPanel("needed"),
        FieldPanel("steps"),
        FieldPanel("facilitator_notes"),
        FieldPanel("might_come_up"),
        FieldPanel("debrief"),
        FieldPanel("variations"),
        FieldPanel("handouts"),
        *HubPage.about_panels,
    ]

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(group_from__lte=F("group_to")), name="activity_group_in_order"),
        ]
        triggers: ClassVar[list[Any]] = [marks_changes()]

    def clean(self) -> None:
        super().clean()
        if self.group_from and self.group_to and self.group_from > self.group_to:
            raise ValidationError({"group_to": "The largest group cannot be smaller than the smallest one."})

    def plain_text(self) -> str:
        return f"{self.aim}\n{super().plain_text()}"

    def timed_steps(self) -> list[dict[str, Any]]:
        """Each step with the minute it starts and the minute it ends."""
        return timed(self.steps)

    @property
    def needs_printing(self) -> bool:
        """Whether something has to be printed first."""
        return Needed.PRINTING in self.needed

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        steps = self.timed_steps()
        return {
            **super().get_context(request, *args, **kwargs),
            "goes_well_with": goes_well_with(self),
            "is_big": request.GET.get("type") == "big",
            "module": ModulePage.objects.live().filter(path=self.path[: -self.steplen]).defer_streamfields().first(),
            "steps": steps,
            "total_minutes": steps[-1]["until"] if steps else self.minutes,
        }

"""Each partner's own section of the shared tree, and the guidance it publishes there."""

from typing import Any, ClassVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from hub.pages.blocks import BodyBlock
from hub.pages.changes import marks_changes
from hub.pages.models.base import HubPage, HubPageQuerySet
from hub.pages.models.owned_together import OwnedTogether, OwnedTogetherTester, owned_together_with, owners_panels
from hub.pages.models.related import public_modules_of, visible_stories
from hub.pages.models.staying import HubPermissionTester
from hub.pages.page_form import HubPageForm
from hub.pages.pieces import of_page

GUIDANCE_ON_A_PAGE = 48
STORIES_BESIDE = 12  # the others are found by the search, which knows whose they are


class PartnersPage(HubPage):
    """The partners, side by side."""

    consent_exempt = True
    kind = "info"
    max_count = 1
    template = "pages/partners_page.html"
    base_form_class = HubPageForm
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = ["pages.PartnerSectionPage"]

    body = StreamField(BodyBlock(), blank=True)
    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        sections = PartnerSectionPage.objects.live().child_of(self).open_sections()
        return {**super().get_context(request, *args, **kwargs), "sections": sections}


class SectionQuerySet(HubPageQuerySet):
    def open_sections(self) -> "SectionQuerySet":
        """Sections of partners that are open, in the order of the tree, with their partner."""
        sections: SectionQuerySet = (
            self.filter(organisation__is_open=True).select_related("organisation").order_by("path")
        )
        return sections


class SectionPermissionTester(HubPermissionTester):
    """Staff edit the page of their section; administrators only open, close, move and delete it.

    Taking it away would take the partner's whole voice away.
    """

    def can_unpublish(self) -> bool:
        return bool(self.user.is_superuser and super().can_unpublish())

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's signature
        return bool(self.user.is_superuser and super().can_delete(ignore_bulk))

    def can_move(self) -> bool:
        return bool(self.user.is_superuser and super().can_move())


class PartnerSectionPage(HubPage):
    """One partner's own place: who they are, their guidance, and the stories gathered with them."""

    consent_exempt = True
    kind = "section"
    permission_tester = SectionPermissionTester
    base_form_class = HubPageForm
    template = "pages/partner_section_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.PartnersPage"]
    subpage_types: ClassVar[list[str]] = ["pages.GuidancePage", "stories.StoryPage"]

    organisation = models.OneToOneField("partners.Partner", on_delete=models.PROTECT, related_name="section")
    logo = models.ForeignKey("pages.HubImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    body = StreamField(BodyBlock(), blank=True)

    objects = PageManager.from_queryset(SectionQuerySet)()

    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("organisation", permission="superuser"),
        FieldPanel("logo"),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    def clean(self) -> None:
        """The section is answered for by its own partner: closing that partner then hides it."""
        super().clean()
        self.partner_id = self.organisation_id

    @property
    def strand(self) -> str:
        return str(self.own_partner.strand)

    @property
    def own_partner(self) -> Any:
        """The organisation, from where it was read together with the page."""
        is_read: bool = type(self).organisation.is_cached(self)
        return self.organisation if is_read or self.partner_id != self.organisation_id else self.partner

    @property
    def other_names(self) -> list[str]:
        names = [self.organisation.name, self.organisation.short_name]
        return [*names, *(name.replace(" ", "") for name in names)]

    def public_guidance(self, number: str | int | None = 1) -> Page[Any]:
        """One page of the list, read whole."""
        guidance = GuidancePage.objects.live().child_of(self).select_related("partner").order_by("title")
        page = Paginator(guidance.defer_streamfields(), GUIDANCE_ON_A_PAGE).get_page(number)
        page.object_list = list(page.object_list)
        return page

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        number = request.GET.get("page")
        first = number in {None, "1"}
        page = of_page(self, "guidance", self.public_guidance) if first else self.public_guidance(number)
        stories = visible_stories().child_of(self)[: STORIES_BESIDE + 1]  # one more tells whether there are others
        return {
            **super().get_context(request, *args, **kwargs),
            "partner": self.own_partner,
            "page_obj": page,
            "stories": stories if page.number == 1 else [],
            "stories_beside": STORIES_BESIDE,
        }


class GuidancePage(OwnedTogether):
    """A partner's own advice to other workers, linked to the modules it belongs to."""

    consent_exempt = True
    kind = "guidance"
    permission_tester = OwnedTogetherTester
    base_form_class = HubPageForm
    template = "pages/guidance_page.html"
    parent_page_types: ClassVar[list[str]] = ["pages.PartnerSectionPage"]
    subpage_types: ClassVar[list[str]] = []

    body = StreamField(BodyBlock())
    modules = ParentalManyToManyField("pages.ModulePage", blank=True, related_name="guidance_pages")

    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body", help_text="The plus sign adds text, headings, pictures, tables, help lines and more."),
        FieldPanel(
            "modules",
            widget=forms.CheckboxSelectMultiple,
            help_text="It will be listed under each module you tick.",
        ),
        *HubPage.about_panels,
        *owners_panels,
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Guidance belongs to the partner in whose section it stands, whatever a form says."""
        take_partner_of_section(self)
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same for a draft, which Wagtail saves with no more than this."""
        take_partner_of_section(self)
        super().minimal_clean()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "partner": self.partner,
            "together_with": owned_together_with(self),
            "modules": public_modules_of(self),
        }


class GuidanceOfModules(GuidancePage.modules.through):  # type: ignore[name-defined] # Django makes that class
    """Which guidance is listed under which module, as readers see it."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [marks_changes()]


class OwnersOfGuidance(GuidancePage.owned_with.through):  # type: ignore[name-defined]
    """Which partners guidance is from, as readers see it."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [marks_changes()]


def take_partner_of_section(page: HubPage) -> None:
    """Sets `page.partner` to the organisation of the section it stands in. Leaves a page without a parent alone."""
    parent = page.get_parent() if page.path else None
    section = PartnerSectionPage.objects.filter(pk=parent.pk).first() if parent else None
    if section:
        page.partner_id = section.organisation_id

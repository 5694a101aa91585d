"""The front of the house: home, the index of stories, and plain information pages. Holds no story itself."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from hub.pages.blocks import BodyBlock
from hub.pages.changes import marks_changes
from hub.pages.models.base import HubPage
from hub.pages.models.related import visible_stories
from hub.pages.models.sections import PartnerSectionPage
from hub.pages.models.toolkit import ModulePage
from hub.pages.page_form import HubPageForm
from hub.pages.pieces import of_page

STORIES_ON_A_PAGE = 48


class HomePage(HubPage):
    consent_exempt = True
    max_count = 1
    template = "pages/home_page.html"
    base_form_class = HubPageForm
    parent_page_types: ClassVar[list[str]] = ["pages.HubPage"]
    subpage_types: ClassVar[list[str]] = [
        "pages.ToolkitPage",
        "pages.PartnersPage",
        "pages.StoriesPage",
        "pages.InfoPage",
    ]

    headline = models.CharField(max_length=120)
    lead = models.TextField(max_length=400)
    body = StreamField(BodyBlock(), blank=True)
    featured_quote = models.CharField(max_length=250, blank=True)
    featured_quote_who = models.CharField(max_length=160, blank=True)

    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("headline"),
        FieldPanel("lead"),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("featured_quote"), FieldPanel("featured_quote_who")], heading="A quotation beside it"
        ),
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        modules = of_page(self, "modules", self.public_modules)
        return {
            **super().get_context(request, *args, **kwargs),
            "modules": modules,
            "first_module": modules[0] if modules else None,
            "partners": of_page(self, "partners", self.public_sections),
        }

    def public_modules(self) -> list[Any]:
        return list(ModulePage.objects.live().descendant_of(self).order_by("path").defer_streamfields())

    def public_sections(self) -> list[Any]:
        return list(PartnerSectionPage.objects.live().descendant_of(self).open_sections())


class StoriesPage(HubPage):
    """The index of every story that may be shown today, from all sections."""

    consent_exempt = True
    kind = "info"
    max_count = 1
    template = "pages/stories_page.html"
    base_form_class = HubPageForm
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    body = StreamField(BodyBlock(), blank=True)
    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(visible_stories(), STORIES_ON_A_PAGE).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "page_obj": page}


class InfoPage(HubPage):
    """Help, how we use stories, accessibility: a page that belongs to the site and not to a module."""

    class MenuPlace(models.TextChoices):
        NONE = "none", "Nowhere"
        HEADER = "header", "Top of every page"
        FOOTER_CARE = "footer_care", "Bottom, under “Look after yourself”"
        FOOTER_ABOUT = "footer_about", "Bottom, under “About the site”"

    consent_exempt = True
    kind = "info"
    template = "pages/info_page.html"
    base_form_class = HubPageForm
    parent_page_types: ClassVar[list[str]] = ["pages.HomePage"]
    subpage_types: ClassVar[list[str]] = []

    body = StreamField(BodyBlock(), blank=True)
    menu_place = models.CharField("link to it from", max_length=20, choices=MenuPlace.choices, default=MenuPlace.NONE)
    menu_title = models.CharField(
        max_length=40, blank=True, help_text="A shorter title for the menu, if the page's is long."
    )

    content_panels: ClassVar[list[Any]] = [
        *HubPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("menu_place"), FieldPanel("menu_title")], heading="Where it is linked"),
        *HubPage.about_panels,
    ]

    class Meta:
        triggers: ClassVar[list[Any]] = [marks_changes()]

    @property
    def has_exit(self) -> bool:
        """Whoever looks for help, or for their own story, may need to leave fast."""
        care = {self.MenuPlace.HEADER, self.MenuPlace.FOOTER_CARE}
        return self.menu_place in care or super().has_exit

"""The page every page is: shared columns in one table, and `live()` that means public. Refuses to show what is not."""

from datetime import date, timedelta
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from modelsearch import index
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import (
    AbstractPage,
    DefaultBasePageMixin,
    PageManager,
    PageViewRestriction,
    Site,
)
from wagtail.models.pages import AbstractPageMeta
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

from hub.pages.fields import ChoicesField
from hub.pages.hints_panel import HintsPanel
from hub.pages.topics import LEAVE_FAST, Audience, ContentNote
from hub.pages.visibility import darken, public_q

WORDS_A_MINUTE = 200

# Columns that may change without a reader seeing anything new. Every other column, also a future one, darkens.
EDITORIAL = [
    "path",
    "depth",
    "numchild",
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "first_published_at",
    "last_published_at",
    "go_live_at",
    "expire_at",
    "expired",
    "locked",
    "locked_at",
    "locked_by",
    "owner",
    "show_in_menus",
    "last_checked",
    "next_check",
]


class HubPageQuerySet(PageQuerySet):
    """Wagtail's page queryset, with one meaning changed: live is public."""

    def live_q(self) -> Q:
        """Every `.live()`, Wagtail's and ours, asks consent and the clock."""
        return public_q()

    def not_live(self) -> Any:
        """The exact complement of `live()`. A subquery, since NOT over a missing row is neither true nor false."""
        return self.exclude(pk__in=self.model._base_manager.filter(self.live_q()).values("pk"))


HubPageManager = PageManager.from_queryset(HubPageQuerySet)


class HubPage(AbstractPage, DefaultBasePageMixin):
    """Columns every page shares, so that each list and filter is one query."""

    kind: ClassVar[str] = "page"
    default_strand: ClassVar[str] = "all"
    allowed_http_methods: ClassVar[list[str]] = ["GET", "HEAD"]

    partner = models.ForeignKey(
        "partners.Partner",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pages",
        help_text="The organisation that answers for this page. Leave empty for shared pages.",
    )
    summary = models.TextField(
        blank=True, max_length=300, help_text="One or two plain sentences. Shown on cards and in search."
    )
    audience = models.CharField("who it is for", max_length=20, choices=Audience.choices, default=Audience.EVERYONE)
    last_checked = models.DateField(
        null=True, blank=True, help_text="The day somebody last read this page and found it still right."
    )
    next_check = models.DateField(null=True, blank=True, help_text="The day by which somebody should read it again.")
    content_note = ChoicesField(
        choices=ContentNote.choices,
        verbose_name="what it talks about",
        help_text="Readers see this before the page, so that they can choose. Tick all that are talked about.",
    )
    is_example = models.BooleanField("made up as an example", default=False, help_text="The page says so at the top.")

    objects = HubPageManager()

    search_fields: ClassVar[list[Any]] = [
        *AbstractPage.search_fields,
        *DefaultBasePageMixin.search_fields,
        index.FilterField("live_revision"),
        index.RelatedFields("visibility", [index.FilterField("revision"), index.FilterField("public_until")]),
    ]
    about_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("audience"), FieldPanel("content_note"), FieldPanel("is_example")],
            heading="About this page",
        ),
        MultiFieldPanel([FieldPanel("last_checked"), FieldPanel("next_check")], heading="Checking"),
        HintsPanel(heading="Hints"),
    ]
    # Whoever writes needs none of it: the address is made from the title.
    promote_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [
                FieldPanel(
                    "slug",
                    heading="Web address",
                    help_text="The last part of the page's address. It is made from the title: leave it as it is.",
                    permission="superuser",
                ),
                FieldPanel(
                    "seo_title",
                    heading="Title for search engines",
                    help_text="Only if it must be another.",
                    permission="superuser",
                ),
                FieldPanel(
                    "search_description",
                    permission="superuser",
                    heading="Lines for search engines",
                    help_text="What people see below the link there. Empty: search engines choose.",
                ),
            ],
            heading="Where it is found",
        )
    ]
    private_page_options: ClassVar[list[str]] = []

    class Meta(AbstractPageMeta):
        indexes: ClassVar[list[Any]] = [HashIndex(fields=["url_path"], name="page_url_path")]
        triggers: ClassVar[list[Any]] = [
            darken(
                "page_change_darkens",
                pgtrigger.Update,
                pages="SELECT OLD.id",
                condition=pgtrigger.AnyChange(exclude=EDITORIAL),
            ),
        ]

    @staticmethod
    def route_for_request(request: HttpRequest, path: str) -> RouteResult | None:
        """The public page at `path`, by one look-up over the whole address; None when there is none.

        The consent rule is part of that query: a dark page and one that never existed are the same answer.
        """
        if not hasattr(request, "_wagtail_route_for_request"):
            site = Site.find_for_request(request)
            parts = [part for part in path.split("/") if part]
            page = _public_page_at(site.root_page, parts) if site else None
            request._wagtail_route_for_request = (  # type: ignore[attr-defined]
                RouteResult(page) if page else None
            )
        return request._wagtail_route_for_request  # type: ignore[attr-defined]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The same question for callers that start from a page. Raises Http404 when the answer is no."""
        page = _public_page_at(self, path_components)
        if page is None:
            raise Http404
        return RouteResult(page)

    def get_view_restrictions(self) -> Any:
        """None: who may read is decided by `live()`, never by a password on a page (ADR 008)."""
        return PageViewRestriction.objects.none()

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return str(self.template)

    @property
    def has_exit(self) -> bool:
        """Whether the reader may need to leave fast."""
        return not LEAVE_FAST.isdisjoint(self.content_note)

    @property
    def content_note_labels(self) -> list[str]:
        return [ContentNote(code).label for code in self.content_note]

    @property
    def strand(self) -> str:
        """The colour class of the page: its partner's, or its own kind's."""
        return self.partner.strand if self.partner else self.default_strand

    @property
    def is_overdue(self) -> bool:
        return self.next_check is not None and self.next_check < today()

    @property
    def is_long_overdue(self) -> bool:
        """Whether readers should be told that nobody has checked this page for too long."""
        grace = timedelta(days=settings.HUB_CHECK_GRACE_DAYS)
        return self.next_check is not None and self.next_check + grace < today()

    @property
    def reading_minutes(self) -> int:
        return max(1, round(len(self.plain_text().split()) / WORDS_A_MINUTE))

    def plain_text(self) -> str:
        """The words of the page's streams, for search and for the reading time. Never rendered, so never styled."""
        from hub.pages.blocks.plain_text import plain_text_of

        return plain_text_of(self)


def today() -> date:
    return timezone.localdate()


def _public_page_at(root: "HubPage", path_components: list[str]) -> Any:
    url_path = root.url_path + "".join(f"{part}/" for part in path_components)
    return (
        HubPage.objects.filter(url_path=url_path)
        .live()
        .select_related("partner", for_specific_subqueries=True)
        .specific()
        .first()
    )

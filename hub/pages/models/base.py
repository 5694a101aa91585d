"""The page every page is: shared columns in one table, and `live()` that means public. Refuses to show what is not."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, ClassVar, Self

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
from wagtail.url_routing import RouteResult

from hub.left_out import ReadOneByOne
from hub.pages import kept_nowhere, pieces
from hub.pages.blocks.plain_text import plain_text_of
from hub.pages.changes import marks_changes_of_pages
from hub.pages.fields import ChoicesField
from hub.pages.models.in_the_sitemap import InTheSitemap
from hub.pages.models.routing import page_for, public_page_at
from hub.pages.models.staying import HubPermissionTester, check_may_be_copied
from hub.pages.panels import SavedDraftPanel
from hub.pages.topics import EXPECTED_HERE, LEAVE_FAST, Audience, ContentNote, notes_in_words
from hub.pages.visibility import darken, public_q
from hub.pages.words.languages import Language
from hub.pages.words.readable_words import ReadableWords

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


class HubPageQuerySet(ReadOneByOne, kept_nowhere.NotesWhatIsRead):
    """Wagtail's page queryset, with one meaning changed: live is public."""

    def live_q(self) -> Q:
        """Every `.live()`, Wagtail's and ours, asks consent and the clock."""
        return public_q()

    def not_live(self) -> Any:
        """The exact complement of `live()`. A subquery, since NOT over a missing row is neither true nor false."""
        return self.exclude(pk__in=self.model._base_manager.filter(self.live_q()).values("pk"))


HubPageManager = PageManager.from_queryset(HubPageQuerySet)


class HubPage(ReadableWords, InTheSitemap, AbstractPage, DefaultBasePageMixin):
    """Columns every page shares, so that each list and filter is one query."""

    kind: ClassVar[str] = "page"
    default_strand: ClassVar[str] = "all"
    permission_tester: ClassVar[type[HubPermissionTester]] = HubPermissionTester
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
        SavedDraftPanel(template="pages/admin/hints.html", heading="Hints"),
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
        indexes: ClassVar[list[Any]] = [
            HashIndex(fields=["url_path"], name="page_url_path"),
            models.Index(fields=["expire_at"], condition=Q(expire_at__isnull=False), name="page_expires"),
        ]
        triggers: ClassVar[list[Any]] = [
            darken(
                "page_change_darkens",
                pgtrigger.Update,
                pages="SELECT OLD.id",
                condition=pgtrigger.AnyChange(exclude=EDITORIAL),
            ),
            *marks_changes_of_pages(),
        ]

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:
        """A page read from the database: the answer it is read for may name a story (hub.pages.kept_nowhere)."""
        page = super().from_db(db, field_names, values)
        kept_nowhere.note(page)
        return page

    @staticmethod
    def route_for_request(request: HttpRequest, path: str) -> RouteResult | None:
        """The public page at `path`; None when there is none."""
        if not hasattr(request, "_wagtail_route_for_request"):
            page = page_for(request, path, HubPage.objects)
            request._wagtail_route_for_request = (  # type: ignore[attr-defined]
                RouteResult(page) if page else None
            )
        return request._wagtail_route_for_request  # type: ignore[attr-defined]

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The same question for callers that start from a page. Raises Http404 when the answer is no."""
        page = public_page_at(self, path_components, HubPage.objects)
        if page is None:
            raise Http404
        return RouteResult(page)

    def get_site(self) -> Site | None:
        """Wagtail's, for the admin's first screen: asked once for each generation."""
        parts = self.get_url_parts()
        return pieces.kept(("site", parts[0]), lambda: Site.objects.get(pk=parts[0])) if parts else None

    def permissions_for_user(self, user: Any) -> HubPermissionTester:
        """What `user` may do with this page, as its own type says."""
        kind = self.specific_class
        if kind is None or not issubclass(kind, HubPage):  # of a type that is there no more
            kind = type(self)
        is_its_own = isinstance(self, kind) or kind.permission_tester is HubPermissionTester
        page = self if is_its_own else self.specific_deferred
        return page.permission_tester(user, page)

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's. Raises ItStays for a story and for what holds one; so does a translation, which copies."""
        check_may_be_copied(self)
        return super().copy(*args, **kwargs)

    def create_alias(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's. Raises ItStays, as a copy does."""
        check_may_be_copied(self)
        return super().create_alias(*args, **kwargs)

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
    def other_names(self) -> list[str]:
        """What else the page is called by whoever looks for it."""
        return []

    @property
    def language(self) -> Language | None:
        """The language or format of a translation; None for a page in the Hub's own."""
        return None

    @property
    def content_note_labels(self) -> list[str]:
        return notes_in_words(self.content_note)

    @property
    def needs_a_note(self) -> bool:
        """Whether readers should know before they read: it talks about more than what the whole toolkit is about."""
        return not EXPECTED_HERE.issuperset(self.content_note)

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

    @property
    def dictionary(self) -> str:
        """What PostgreSQL knows its words by."""
        return "english"

    def plain_text(self) -> str:
        """The words of the page's streams, for search and for the reading time. Never rendered, so never styled."""
        return plain_text_of(self)


def today() -> date:
    return timezone.localdate()

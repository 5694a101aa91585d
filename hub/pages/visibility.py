"""What is public? The one sentence as a query, and the table that lights a gated page.

A page is public when it is live AND it has not expired AND its partner, if it has one, is open AND (its class says that
it holds nobody's story OR a Visibility row exists for its live revision and has not run out). Whatever is not known is
dark: a new page type, a missing row, a late row, a database without the triggers below. What a page is, is said by the
tables it has a row in; the number of its content type alone is not believed.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from wagtail.models import AbstractPage

from hub.pages import installed_triggers
from hub.pages.changes import GOES, marks_changes
from hub.partners.models import Partner

if TYPE_CHECKING:
    from django.db.models import Model


def is_exempt(model: type) -> bool:
    """Whether a class says in its own body `consent_exempt = True`. Not inherited: a subclass must say it again."""
    return model.__dict__.get("consent_exempt") is True


@cache
def exempt_classes() -> tuple[type["Model"], ...]:
    """Page classes that hold nobody's story."""
    return tuple(model for model in apps.get_models() if is_exempt(model))


def exempt_types() -> list[int]:
    """The content types of those classes, by number."""
    return [content_type.pk for content_type in ContentType.objects.get_for_models(*exempt_classes()).values()]


@cache
def gated_classes() -> tuple[type["Model"], ...]:
    """Page classes with a table of their own that do not say so. A page with a row in one of them is gated."""
    own_table = (m for m in apps.get_models() if issubclass(m, AbstractPage) and m._meta.parents and not m._meta.proxy)
    return tuple(m for m in own_table if not is_exempt(m))


def holds_nobody() -> Q:
    """The condition by which a page is of a class that holds nobody's story, by its type and by its rows."""
    gated = [~Exists(m._base_manager.filter(pk=OuterRef("pk"))) for m in gated_classes()]
    return Q(content_type__in=exempt_types()) & Q(*gated)


def public_q() -> Q:
    """The sentence above as a condition on HubPage. The database's clock decides, at every read."""
    if not installed_triggers.are_as_declared():
        return _live() & holds_nobody()
    return _live() & (holds_nobody() | _lit())


def lit_q() -> Q:
    """The same for pages that only their light makes public. Whoever asks has asked about the triggers already."""
    return _live() & _lit()


def _live() -> Q:
    not_expired = Q(expire_at__isnull=True) | Q(expire_at__gt=Now())
    return Q(live=True) & not_expired & (Q(partner__isnull=True) | Q(partner__is_open=True))


def _lit() -> Q:
    return Q(visibility__revision=F("live_revision"), visibility__public_until__gt=Now())


def darken(name: str, operation: Any, *, pages: str, condition: Any = None) -> pgtrigger.Trigger:
    """A trigger that takes away the light of the pages that the SQL `pages` selects, in the same transaction.

    `pages` may use OLD or NEW. The page row is locked first, as lighting does: of two who come at once, the second
    sees what the first did, and both orders end dark.
    """
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        condition=condition,
        func=f"""
            PERFORM 1 FROM pages_hubpage WHERE id IN ({pages}) ORDER BY id FOR NO KEY UPDATE;
            DELETE FROM pages_visibility WHERE page_id IN ({pages});
            RETURN NULL;
        """,
    )


def darken_all_when_emptied(name: str) -> pgtrigger.Trigger:
    """A trigger that darkens every gated page when its table is truncated: TRUNCATE fires no trigger for rows."""
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        func="DELETE FROM pages_visibility; RETURN NULL;",
    )


PICTURES_ARE_THE_LIBRARYS = """
    IF EXISTS (
        SELECT 1 FROM unnest(NEW.image_ids) AS shown LEFT JOIN pages_hubimage i ON i.id = shown
        WHERE coalesce(i.sha256, '') = '' OR i.sha256 IS DISTINCT FROM NEW.picture_files ->> shown::text
    ) THEN
        RAISE check_violation USING MESSAGE = 'visibility refused: a picture is not the file that the library took in';
    END IF;
    RETURN NEW;
"""


class Visibility(models.Model):
    """The light of a gated page: it may be shown, in this revision, with this content and files, until this moment.

    A table of its own, because a column on the page is copied by copies and aliases, restored from old revisions
    and overwritten by a stale save. Rows are inserted by `hub.stories.light.lighting` and deleted by anything.
    """

    page = models.OneToOneField("pages.HubPage", primary_key=True, on_delete=models.CASCADE, related_name="visibility")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(max_length=64)
    public_until = models.DateTimeField()
    image_ids = ArrayField(models.BigIntegerField(), default=list)
    picture_files = models.JSONField(
        default=dict, help_text="SHA-256 of the original of each picture shown, by the picture's number."
    )
    uses = models.JSONField(default=dict, help_text="Other uses agreed to when this was lit, each until when.")

    class Meta:
        verbose_name_plural = "visibility"
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="visibility_is_never_updated", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="pictures_are_the_librarys",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=PICTURES_ARE_THE_LIBRARYS,
            ),
            pgtrigger.Trigger(
                name="dark_pages_leave_search",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="DELETE FROM pages_searchentry WHERE page_id = OLD.page_id; RETURN NULL;",
            ),
            marks_changes(pgtrigger.Insert | GOES),
        ]

    def take_back(self) -> None:
        """Darkens the page, unless another light has taken the place of this one meanwhile."""
        with transaction.atomic():
            pages: Any = self._meta.get_field("page").related_model
            pages.objects.select_for_update(no_key=True).filter(pk=self.page_id).first()
            Visibility.objects.filter(page_id=self.page_id, content_hash=self.content_hash).delete()

    def __str__(self) -> str:
        return f"page {self.page_id} until {self.public_until:%Y-%m-%d %H:%M}"


class PartnerAsPagesSeeIt(Partner):
    """Closing a partner takes the light of its stories in the same transaction, whoever closes it and however."""

    class Meta:
        proxy = True
        triggers: ClassVar[list[Any]] = [
            darken(
                "partner_closing_darkens",
                pgtrigger.Update,
                pages="SELECT id FROM pages_hubpage WHERE partner_id = OLD.id",
                condition=pgtrigger.Q(old__is_open=True, new__is_open=False),
            ),
            marks_changes(),
        ]

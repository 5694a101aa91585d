"""What is public? The one sentence as a query, and the table that lights a gated page.

A page is public when it is live AND it has not expired AND its partner, if it has one, is open AND (its class says that
it holds nobody's story OR a Visibility row exists for its live revision and has not run out). Whatever is not known is
dark: a new page type, a missing row, a late row, a database without the triggers below.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from hub.pages import installed_triggers
from hub.partners.models import Partner

if TYPE_CHECKING:
    from django.db.models import Model


@cache
def exempt_classes() -> tuple[type["Model"], ...]:
    """Page classes that say in their own body `consent_exempt = True`. Not inherited: a subclass must say it again."""
    return tuple(m for m in apps.get_models() if m.__dict__.get("consent_exempt") is True)


def exempt_types() -> list[int]:
    """The content types of those classes, by number."""
    return [content_type.pk for content_type in ContentType.objects.get_for_models(*exempt_classes()).values()]


def public_q() -> Q:
    """The sentence above as a condition on HubPage. The database's clock decides, at every read."""
    exempt = exempt_types()
    not_expired = Q(expire_at__isnull=True) | Q(expire_at__gt=Now())
    live = Q(live=True) & not_expired & (Q(partner__isnull=True) | Q(partner__is_open=True))
    if not installed_triggers.are_as_declared():
        return live & Q(content_type__in=exempt)
    lit = Q(visibility__revision=F("live_revision"), visibility__public_until__gt=Now())
    return live & (Q(content_type__in=exempt) | lit)


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


class Visibility(models.Model):
    """The proof that a gated page may be shown: of this revision, with this content, until this moment.

    A table of its own, because a column on the page is copied by copies and aliases, restored from old revisions
    and overwritten by a stale save. Rows are inserted by `hub.stories.lighting` and deleted by anything.
    """

    page = models.OneToOneField("pages.HubPage", primary_key=True, on_delete=models.CASCADE, related_name="visibility")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(max_length=64)
    public_until = models.DateTimeField()
    image_ids = ArrayField(models.BigIntegerField(), default=list)
    uses = models.JSONField(default=dict, help_text="Other uses agreed to when this was lit, each until when.")

    class Meta:
        verbose_name_plural = "visibility"
        triggers: ClassVar[list[Any]] = [
            pgtrigger.Protect(name="visibility_is_never_updated", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="dark_pages_leave_search",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                func="DELETE FROM pages_searchentry WHERE page_id = OLD.page_id; RETURN NULL;",
            ),
        ]

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
        ]

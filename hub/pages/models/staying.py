"""What may nobody do to a page, administrators included? Copy it, take it elsewhere, or delete what people decided.

People agree to words on one page, in one partner's section. So a page that is not exempt from consent, and every page
that holds one, is never copied, aliased, translated or moved to another parent; and it is not deleted while records of
people's decisions stand on it (erasing removes those first). Screens, bulk actions, the admin's API and code all end
here: where a user is named in `HubPermissionTester`, and where none is in `HubPage.copy`, `pre_page_move`, the row
itself (StoryPage.only_page) and the database's own foreign keys.
"""

from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from wagtail.models import AbstractPage, PagePermissionTester

from hub.pages.visibility import is_exempt

COPIED = "A story cannot be copied: people agreed to it here, and nowhere else."
MOVED = "A story stays with the partner people gave it to. It cannot be moved."
DELETED = "There are answers from people about this story, so it cannot be deleted. Unpublish it instead."


class ItStays(PermissionDenied):
    """The sentence says why, to whoever tried."""


class HubPermissionTester(PagePermissionTester):
    """Wagtail's own answers, and no for everybody where a page has to stay as and where it is."""

    @cached_property
    def stays(self) -> bool:
        return holds_what_stays(self.page)

    def can_edit(self) -> bool:
        """An alias of a story should not be there, so nobody makes a page of its own of it."""
        return bool(super().can_edit()) and not (self.page.alias_of_id and self.stays)

    def can_copy(self) -> bool:
        return bool(super().can_copy()) and not self.stays

    def can_move(self) -> bool:
        return bool(super().can_move()) and not self.stays

    def can_move_to(self, destination: Any) -> bool:
        """Among its neighbours a page that stays may be put in another place, by whoever may order them."""
        if not self.stays:
            return bool(super().can_move_to(destination))
        is_there = self.page.is_child_of(destination)
        return is_there and bool(destination.permissions_for_user(self.user).can_reorder_children())

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - Wagtail's signature
        return bool(super().can_delete(ignore_bulk)) and not has_records_that_stay(self.page)


def holds_what_stays(page: Any) -> bool:
    """Whether `page` needs consent or holds a page that does, at any depth."""
    return any(kind._base_manager.filter(path__startswith=page.path).exists() for kind in _may_be_within(page))


def has_records_that_stay(page: Any) -> bool:
    """Whether rows that may not be deleted with it stand on `page`, or on a page that it holds."""
    return any(
        kind._base_manager.filter(_has_protected_rows(kind), path__startswith=page.path).exists()
        for kind in _may_be_within(page)
    )


def check_may_be_copied(page: Any) -> None:
    """Raises ItStays. For code that names no user."""
    if holds_what_stays(page):
        raise ItStays(COPIED)


def check_may_be_moved(*, instance: Any, parent_page_before: Any, parent_page_after: Any, **signal: Any) -> None:
    """Raises ItStays. Wagtail sends this for every move, before anything is changed."""
    if parent_page_before.pk != parent_page_after.pk and holds_what_stays(instance):
        raise ItStays(MOVED)


@cache
def _kinds_that_stay() -> tuple[type[models.Model], ...]:
    """The types of page that are public by consent only. A new type is one of them until somebody says otherwise."""
    pages = (model for model in apps.get_models() if issubclass(model, AbstractPage) and model._meta.parents)
    return tuple(model for model in pages if not is_exempt(model))


def _may_be_within(page: Any) -> tuple[type[models.Model], ...]:
    """Those of them that the rules of the tree allow at or below `page`; so an ordinary page costs no query."""
    kind: type[models.Model] = page.specific_class or type(page)
    return tuple(one for one in _kinds_that_stay() if one in _kinds_below(kind))


@cache
def _kinds_below(kind: Any) -> frozenset[Any]:
    found, ahead = set(), [kind]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += one.allowed_subpage_models()
    return frozenset(found)


def _has_protected_rows(kind: Any) -> Q:
    protected = [link for link in kind._meta.related_objects if link.on_delete in {models.PROTECT, models.RESTRICT}]
    rows = [Exists(link.related_model._base_manager.filter(**{link.field.name: OuterRef("pk")})) for link in protected]
    found = Q(pk__in=[])
    for row in rows:
        found |= Q(row)
    return found

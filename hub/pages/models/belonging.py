"""To whom does something belong that all may use? To the partner whose people brought it: others choose it, unchanged.

Asked of pictures and files in “Shared by all” and of the words that hurt. What belongs to nobody, because nobody knows
who brought it, any toolkit editor looks after. Administrators may change all of it. It never gives a right: it takes.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from wagtail.models import Collection
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from hub.partners.models import Partner, partners_of
from hub.partners.roles import SHARED_COLLECTION

CHANGING = frozenset({"change", "delete"})
NOT_YOURS = "This belongs to {}. Ask them to change it; you can go on using it."


class BelongsToSomebody(models.Model):
    """Something shared, and the partner whose people look after it."""

    belongs_to = models.ForeignKey(
        Partner, null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True


def partner_who_brings(user: Any) -> Partner | None:
    """The partner for which somebody brings something; None for one who works for none."""
    return next(iter(partners_of(user)), None) if user else None


def may_change(user: Any, thing: Any) -> bool:
    """Whether `thing`, which all may use, is hers to change."""
    return user.is_superuser or thing.belongs_to_id is None or thing.belongs_to_id in _mine(user)


def why_not(user: Any, things: Iterable[Any]) -> str:
    """A sentence when one of `things` belongs to somebody else; empty when all are hers to change."""
    others = (thing for thing in things if isinstance(thing, BelongsToSomebody) and not may_change(user, thing))
    return next((NOT_YOURS.format(thing.belongs_to) for thing in others), "")


class SharedBelongsToSomebody(CollectionOwnershipPermissionPolicy):
    """Wagtail's rules for pictures and files; of those that are shared, another partner's cannot be changed."""

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        """Choosing is left alone."""
        wanted = set(actions)
        if wanted <= CHANGING and _is_shared(instance) and not may_change(user, instance):
            return False
        return bool(super().user_has_any_permission_for_instance(user, actions, instance))

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        found = super().instances_user_has_any_permission_for(user, actions)
        if not set(actions) <= CHANGING or user.is_superuser:
            return found
        shared = Collection.objects.filter(path__startswith=_shared_path())  # what is searched is filtered by no path
        return found.exclude(Q(collection__in=shared, belongs_to__isnull=False) & ~Q(belongs_to__in=_mine(user)))


def _mine(user: User) -> set[int]:
    return {partner.pk for partner in partners_of(user)}


def _is_shared(thing: Any) -> bool:
    return bool(thing.collection_id) and str(thing.collection.path).startswith(_shared_path())


def _shared_path() -> str:
    """Where “Shared by all” stands among the collections. Without one, nowhere."""
    return Collection.objects.filter(name=SHARED_COLLECTION).values_list("path", flat=True).first() or "-"

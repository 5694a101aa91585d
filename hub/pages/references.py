"""Does a page point at what its writer may not use? Asked of all that is in it: fields, blocks, rich text, pasted too.

Wagtail checks what its choosers offer, not what a form sends: another partner's draft or private picture would be shown
to the public by its number alone. Refuses new references only: what was there before stays, whoever put it there.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from hub.pages.models import HubDocument, HubImage, HubPage
from hub.pages.reading import pages_readable_by

Reference = tuple[int, str]
OF_THE_PAGE_ITSELF = {"latest_revision", "live_revision", "alias_of", "owner", "locked_by", "hubpage_ptr"}
SORTS: dict[Any, str] = {HubPage: "page", HubImage: "picture", HubDocument: "file"}
REFUSED = (
    "This page would show a {sort} that you may not use: it is another partner’s, or not public. Take it out, or ask "
    "them to publish it. Everything you wrote is still here."
)


def foreign_references(page: Any, user: Any) -> list[str]:
    """A sentence for each sort of thing that `page` newly points at and `user` may not use."""
    new = _references(page) - _before(page)
    found = []
    for model, sort in SORTS.items():
        kind = ContentType.objects.get_for_model(model).pk
        numbers = {int(number) for content_type, number in new if content_type == kind and number.isdecimal()}
        if numbers and not _may_use(user, model, numbers):
            found.append(REFUSED.format(sort=sort))
    return found


def _references(page: Any) -> set[Reference]:
    found = ReferenceIndex._extract_references_from_object(page)  # noqa: SLF001 - nothing else reads every field
    return {(content_type, number) for content_type, number, path, _ in found if path not in OF_THE_PAGE_ITSELF}


def _before(page: Any) -> set[Reference]:
    """What the page and its latest draft point at already."""
    kept = HubPage.objects.filter(pk=page.pk).first() if page.pk else None
    if kept is None:
        return set()
    return _references(kept.specific) | _references(kept.get_latest_revision_as_object())


def _may_use(user: Any, model: Any, numbers: set[int]) -> bool:
    if model is HubPage:
        return bool(pages_readable_by(user).filter(pk__in=numbers).count() == len(numbers))
    policy = policy_registry.get_by_type(model)
    usable = policy.instances_user_has_any_permission_for(user, ["choose", "change", "add"])
    return bool(usable.filter(pk__in=numbers).count() == len(numbers))

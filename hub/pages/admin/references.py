"""Does a page point at what its writer may not use? Asked of all that is in it: fields, blocks, rich text, pasted too.

Wagtail checks what its choosers offer, not what a form sends: another partner's draft or private picture would be shown
to the public by its number alone. Refuses new references only: what was there before stays, whoever put it there.
A picture stands in stories or on other pages, never in both: a story's has to go when somebody takes their yes back.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import ReferenceIndex
from wagtail.permissions import policy_registry

from hub.pages.admin.reading import pages_readable_by
from hub.pages.models import HubDocument, HubImage, HubPage
from hub.pages.visibility import holds_nobody, is_exempt

Reference = tuple[int, str]
OF_THE_PAGE_ITSELF = {"latest_revision", "live_revision", "alias_of", "owner", "locked_by", "hubpage_ptr"}
SORTS: dict[Any, str] = {HubPage: "page", HubImage: "picture", HubDocument: "file"}
REFUSED = (
    "This page would show a {sort} that you may not use: it is another partner’s, or not public. Take it out, or ask "
    "them to publish it. Everything you wrote is still here."
)
IN_A_STORY = (
    "A picture on this page stands in a story, and people agreed to it there and nowhere else. Choose another one. "
    "Everything you wrote is still here."
)
ON_OTHER_PAGES = (
    "A picture in this story is on other pages too, so it could not go away when somebody takes their yes back. Upload "
    "it again for the story alone. Everything you wrote is still here."
)


def foreign_references(page: Any, user: Any) -> list[str]:
    """A sentence for each sort of thing that `page` newly points at and `user` may not use."""
    new = _references(page) - _before(page)
    found = []
    for model, sort in SORTS.items():
        numbers = _numbers(new, model)
        if numbers and not _may_use(user, model, numbers):
            found.append(REFUSED.format(sort=sort))
    return found + _shared_with_a_story(page, _numbers(new, HubImage))


def _numbers(references: set[Reference], model: Any) -> set[int]:
    kind = ContentType.objects.get_for_model(model).pk
    return {int(number) for content_type, number in references if content_type == kind and number.isdecimal()}


def _shared_with_a_story(page: Any, pictures: set[int]) -> list[str]:
    """A sentence if one of `pictures` stands in a story and `page` is none, or the other way round."""
    if not pictures:
        return []
    is_story = not is_exempt(page.specific_class)
    others = HubPage.objects.filter(holds_nobody()) if is_story else _stories()
    shown_there = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(HubImage),
        to_object_id__in=[str(number) for number in pictures],
        base_content_type=ContentType.objects.get_for_model(HubPage),
        object_id__in=[str(number) for number in others.values_list("pk", flat=True)],
    )
    if shown_there.exists() or (not is_story and pictures & _pictures_in_drafts_of_stories()):
        return [ON_OTHER_PAGES if is_story else IN_A_STORY]
    return []


def _stories() -> Any:
    return HubPage.objects.exclude(holds_nobody())


def _pictures_in_drafts_of_stories() -> set[int]:
    drafts = (story.get_latest_revision_as_object() for story in _stories().filter(has_unpublished_changes=True))
    return {number for draft in drafts for number in _numbers(_references(draft), HubImage)}


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

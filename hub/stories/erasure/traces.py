"""Where Wagtail keeps a story's words beside the page, and how each place is emptied. Steps of steps.py.

Each does nothing when there is nothing left. History keeps who did what and when; titles and words leave it.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from modelsearch import index
from wagtail.actions.delete_page import DeletePageAction
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import Comment, ModelLogEntry, PageLogEntry, ReferenceIndex, Revision, WorkflowState

from hub.pages.models import HubImage, HubPage, OpenedForm, SearchEntry
from hub.stories.models import StoryPage

ERASED = "Erased story"


def remove_pictures(story_number: int, by: Any) -> None:
    """Deletes images of the story, its drafts too, that no other story refers to: files first, then the rows.

    A page that is no story may not show them (hub.pages.admin.references); one that does is left without the picture.

    The files go first because a row without its file can be found and finished; a file without its row cannot.
    """
    for image in HubImage.objects.filter(pk__in=_pictures_of(story_number)):
        if _is_used_elsewhere(image, story_number):
            continue
        files = [rendition.file for rendition in image.renditions.all()] + [image.file]
        for file in files:
            file.storage.delete(file.name)
            if file.storage.exists(file.name):
                raise OSError
        kind = ContentType.objects.get_for_model(HubImage)
        history = ModelLogEntry.objects.filter(content_type=kind, object_id=str(image.pk))
        history.update(label=f"Image {image.pk}", data={})
        Revision.objects.filter(content_type=kind, object_id=str(image.pk)).delete()
        image.delete()


def remove_drafts(story_number: int, by: Any) -> None:
    """Revisions, comments, reviews, previews; and the words of the page's own row, so that no log repeats them."""
    mine = _kinds()
    WorkflowState.objects.filter(content_type__in=mine, object_id=str(story_number)).delete()
    Comment.objects.filter(page_id=story_number).delete()
    Revision.objects.filter(base_content_type__in=mine, object_id=str(story_number)).delete()
    EditingSession.objects.filter(content_type__in=mine, object_id=str(story_number)).delete()
    OpenedForm.objects.filter(page_id=story_number).delete()
    for story in StoryPage.objects.filter(pk=story_number):
        unsaved = Q(object_id="", parent_object_id=str(story.get_parent().pk))  # previews of stories not saved yet
        FormState.objects.filter(Q(object_id=str(story_number)) | unsaved, content_type__in=mine).delete()
        index.remove_object(story)
        ReferenceIndex.remove_for_object(story)
        SearchEntry.objects.filter(page_id=story_number).delete()
        HubPage.objects.filter(pk=story_number).update(
            title=ERASED, draft_title=ERASED, seo_title="", search_description="", summary=""
        )
        StoryPage.objects.filter(pk=story_number).update(
            told_by=ERASED, names_note="", written_in="", told_in="", body=[]
        )


def remove_redirects(story_number: int, by: Any) -> None:
    """Redirects name old addresses. The Hub leaves none for a story; what somebody wrote down past it goes too."""
    if not apps.is_installed("wagtail.contrib.redirects"):
        return
    redirects = apps.get_app_config("wagtailredirects").get_model("Redirect")._base_manager
    redirects.filter(redirect_page_id=story_number).delete()
    for slug in HubPage.objects.filter(pk=story_number).values_list("slug", flat=True):
        redirects.filter(Q(old_path__contains=slug) | Q(redirect_link__contains=slug)).delete()


def remove_aliases(story_number: int, by: Any) -> None:
    """Aliases that somebody may have made past the screens. Before the pictures, which they would seem to use."""
    for alias in HubPage.objects.filter(alias_of_id=story_number):
        PageLogEntry.objects.filter(page_id=alias.pk).update(label=ERASED, data={})
        HubPage.objects.filter(pk=alias.pk).update(title=ERASED, draft_title=ERASED)
        copied = HubPage.objects.get(pk=alias.pk).specific
        ReferenceIndex.remove_for_object(copied)
        copied.delete()


def remove_page(story_number: int, by: Any) -> None:
    """The page."""
    for story in StoryPage.objects.filter(pk=story_number):
        DeletePageAction(story, user=by).execute(skip_permission_checks=True)  # whoever asked us to may see no tree


def clean_logs(story_number: int, by: Any) -> None:
    """Labels and renames in the history: it keeps that something was done, by whom and when."""
    name = f"Story {story_number}"
    PageLogEntry.objects.filter(page_id=story_number).update(label=name, data={})
    ModelLogEntry.objects.filter(content_type__in=_kinds(), object_id=str(story_number)).update(label=name, data={})


def _kinds() -> list[ContentType]:
    return list(ContentType.objects.get_for_models(StoryPage, HubPage).values())


def _revisions_of(story_number: int) -> Any:
    return Revision.objects.filter(base_content_type__in=_kinds(), object_id=str(story_number))


def _pictures_of(story_number: int) -> set[int]:
    """Pictures in the page, in every draft, and in what Wagtail noted of it."""
    found: set[int] = set()
    for story in StoryPage.objects.filter(pk=story_number):
        found.update(story.image_ids())
    for revision in _revisions_of(story_number):
        found.update(_pictures_in(revision.content))
    noted = _references_to_images().filter(object_id=str(story_number), base_content_type__in=_kinds())
    found.update(int(pk) for pk in noted.values_list("to_object_id", flat=True))
    return found


def _is_used_elsewhere(image: HubImage, story_number: int) -> bool:
    """Whether another story refers to it, or the latest draft of one does."""
    others = StoryPage.objects.exclude(pk=story_number)
    numbers = [str(number) for number in others.values_list("pk", flat=True)]
    other = _references_to_images().filter(to_object_id=str(image.pk), base_content_type__in=_kinds())
    if other.filter(object_id__in=numbers).exists():
        return True
    latest = Revision.objects.filter(pk__in=others.values("latest_revision_id"))
    return any(image.pk in _pictures_in(revision.content) for revision in latest.iterator())


def _references_to_images() -> Any:
    return ReferenceIndex.objects.filter(to_content_type=ContentType.objects.get_for_model(HubImage))


def _pictures_in(content: dict[str, Any]) -> set[int]:
    """Every value called `image` in the streams of a revision. Too many rather than too few: each is checked."""
    streams = [value for value in content.values() if isinstance(value, str) and value.startswith(("[", "{"))]
    found = {value for stream in streams for value in _images(_parsed(stream))}
    if isinstance(content.get("image"), int):
        found.add(content["image"])
    return found


def _parsed(stream: str) -> Any:
    try:
        return json.loads(stream)
    except ValueError:
        return None  # words that happen to begin with a bracket


def _images(value: Any) -> Iterator[int]:
    if isinstance(value, dict):
        if isinstance(value.get("image"), int):
            yield value["image"]
        for item in value.values():
            yield from _images(item)
    elif isinstance(value, list):
        for item in value:
            yield from _images(item)

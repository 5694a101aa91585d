"""May this story be printed, and in which words? Only in those that are on the site, while everybody in it agrees.

The light says so quickly, for whoever looks at a pack. The rule is asked when it is made, and a last time before it is
handed out. Every other answer is one and the same neutral line: a pack says neither that somebody changed their mind
nor that nobody was asked.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from hub.packs.pictures import Picture, printed
from hub.stories.choices import Use
from hub.stories.models import StoryPage
from hub.stories.withdrawal import why_not

LOOKED_AT = 20  # of the newest stories on a theme, for one that may be printed


def is_offered(story: StoryPage) -> bool:
    """Whether everybody agreed to print it when its light was lit, and that has not run out. No for a dark one."""
    light = getattr(story, "visibility", None)
    until = light.uses.get(Use.PRINT_PACK.value) if light else None
    return until is not None and datetime.fromisoformat(until) > timezone.now()


def as_agreed(number: int) -> StoryPage | None:
    """The story in the words of its light, with its pictures as they were agreed to, if it may be printed now."""
    story = StoryPage.objects.filter(pk=number).live().select_related("visibility", "partner").first()
    if story is None or story.content_hash() != story.visibility.content_hash or why_not(story, Use.PRINT_PACK):
        return None
    return story if set(pictures(story)) == set(story.image_ids()) else None


def pictures(story: StoryPage) -> dict[int, Picture]:
    """Each picture that can be proved to be the one that was agreed to, by its number."""
    agreed: dict[str, str] = story.visibility.picture_files
    shown = [block.value["image"] for block in story.body if block.block_type == "image" and block.value["image"]]
    found = {image.pk: printed(image, agreed.get(str(image.pk), "")) for image in shown}
    return {number: picture for number, picture in found.items() if picture is not None}


def others_like(story: StoryPage, *, without: Iterable[int], most: int = 3) -> list[StoryPage]:
    """Public stories on a theme of this one's that may be printed, none of those in `without`. Newest first."""
    theme = Q(modules__in=list(story.modules.all())) | Q(content_note__overlap=list(story.content_note))
    on_it = StoryPage.objects.live().filter(theme).exclude(pk__in=[story.pk, *without]).distinct()
    newest = on_it.order_by("-first_published_at", "pk").select_related("visibility", "partner").defer_streamfields()
    return [other for other in newest[:LOOKED_AT] if is_offered(other)][:most]

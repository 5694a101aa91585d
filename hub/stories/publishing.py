"""When does an agreed draft become the public page? When the rule allows it, with nobody on duty; never before."""

from django.db import transaction
from django.utils import timezone

from hub.stories.choices import Use
from hub.stories.lighting import answers_for, lock, relight
from hub.stories.models import StoryPage
from hub.stories.rule import Answer


@transaction.atomic
def publish_when_agreed(story_id: int) -> Answer | None:
    """Publishes the latest draft if everybody has agreed to it and a moderator has approved it; else changes nothing.

    So the last answer, and the end of the days to think it over, need nobody on duty. Returns None when it waits.
    """
    lock(story_id)
    story = StoryPage.objects.get(pk=story_id)
    draft = story.get_latest_revision_as_object()
    if story.live and draft.content_hash() == story.content_hash():
        return relight(story_id)
    answer = answers_for(draft, content_hash=draft.content_hash(), now=timezone.now())[Use.WEBSITE]
    if not answer.allowed or story.latest_revision is None:
        return None
    story.latest_revision.publish()
    return relight(story_id)

"""What the screen for noting an answer says of the words on it: the answer counts for those alone."""

from hub.stories.models import StoryPage, draft_of


def as_on_screen(story: StoryPage) -> dict[str, str]:
    """The hidden field of the form as it comes with the words that stand there now."""
    return {"about": draft_of(StoryPage.objects.get(pk=story.pk)).content_hash()}

"""Time passes. The clock of the server stays; dates in the demo's own database are moved instead."""

from collections.abc import Callable

Manage = Callable[..., str]

THINKING_IS_OVER = """
from tests.owner import without_triggers
without_triggers(
    "UPDATE stories_consent SET not_before = now() WHERE not_before IS NOT NULL AND participation_id IN"
    " (SELECT id FROM stories_storyparticipant WHERE story_id = {number})"
)
"""
WRITTEN_LONG_AGO = """
from hub.stories.models import StoryPage
from tests.past import written_long_ago
written_long_ago(StoryPage.objects.get(pk={number}))
"""
ENDS_SOON = """
from datetime import timedelta
from django.utils import timezone
from hub.stories.light.lighting import relight
from hub.stories.models import Consent, Participant
soon = timezone.now() + timedelta(seconds={seconds})
Consent.objects.filter(participation__story_id={yes_ends}).update(expires_at=soon)
Participant.objects.filter(participations__story_id={turns_twelve}).update(reask_at=soon)
assert all(relight(number).allowed for number in ({yes_ends}, {turns_twelve}))
"""
WITH_A_PICTURE = """
from django.core.files.base import ContentFile
from hub.demo.drawings import draw
from hub.pages.models import HubImage
from hub.stories.models import StoryPage
story = StoryPage.objects.get(pk={number})
collection = story.partner.collection.get_children().get(name="Images")
image = HubImage(title="A kettle", default_alt_text="A kettle", collection=collection, width=1200, height=800)
image.file = ContentFile(draw("kettle", "kelp"), name="kettle.png")
image.save()
draft = story.get_latest_revision_as_object()
draft.body.append(("image", {{"image": image, "caption": "", "decorative": False}}))
draft.save_revision()
"""


def days_to_think_pass(manage: Manage, number: str) -> None:
    """The days to think it over are past, and the hourly job has run."""
    manage("shell", typed=THINKING_IS_OVER.format(number=number))
    manage("tick")


def was_written_long_ago(manage: Manage, number: str) -> None:
    """The words of the story could be read for years: somebody may have said yes to them on paper then."""
    manage("shell", typed=WRITTEN_LONG_AGO.format(number=number))


def both_end_in(manage: Manage, seconds: int, *, yes_ends: str, turns_twelve: str) -> None:
    """A yes of one story runs out, and a child of another has a birthday, that many seconds from now."""
    manage("shell", typed=ENDS_SOON.format(seconds=seconds, yes_ends=yes_ends, turns_twelve=turns_twelve))


def add_a_picture(manage: Manage, number: str) -> None:
    """The draft of the story gets a picture at its end."""
    manage("shell", typed=WITH_A_PICTURE.format(number=number))

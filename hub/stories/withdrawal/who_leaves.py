"""Who leaves this story, who stays in it, and where does it go on? Asks the records; changes nothing."""

from typing import Any

from django.db.models import QuerySet

from hub.stories.models import LeavingOut, StoryPage, StoryParticipant, StoryWithout

# What a case says is to be done.
LEAVE_LINE = ("leave-out", "Take their words out, and make a new story without them")
ERASE_OLD_LINE = ("leave-erase", "Erase the old story, once the new one is there")


def leaving(story_number: Any) -> QuerySet[LeavingOut]:
    """Who leaves this story and has not been let go yet; of a story's own row, within a question about many."""
    return LeavingOut.objects.filter(finished_at__isnull=True, stays_at__isnull=True, story_number=story_number)


def standing_in(story_number: int) -> QuerySet[LeavingOut]:
    """The same, the first first."""
    return leaving(story_number).order_by("pk")


def somebody_leaves(story_number: int) -> bool:
    return leaving(story_number).exists()


def leaving_of(participation: StoryParticipant) -> LeavingOut | None:
    """This person's own wish to leave this story, while it stands."""
    return standing_in(participation.story_id).filter(participant_code=participation.participant.code).first()


def participation_of(leaving: LeavingOut) -> StoryParticipant | None:
    """Their part in the story; None when the story is erased."""
    found = StoryParticipant.objects.filter(story_id=leaving.story_number, participant__code=leaving.participant_code)
    return found.select_related("participant", "story__partner").first()


def others_in(participation: StoryParticipant) -> QuerySet[StoryParticipant]:
    """Everybody else in the story."""
    return StoryParticipant.objects.filter(story_id=participation.story_id).exclude(pk=participation.pk).order_by("pk")


def who_stays(story_number: int) -> QuerySet[StoryParticipant]:
    """Everybody in the story who does not leave it."""
    codes = standing_in(story_number).values("participant_code")
    everybody = StoryParticipant.objects.filter(story_id=story_number).select_related("participant").order_by("pk")
    return everybody.exclude(participant__code__in=codes)


def new_story_of(story_number: int) -> StoryPage | None:
    """The story that goes on from this one; None when none was made, or somebody has deleted it."""
    made = StoryWithout.objects.filter(story_number=story_number, new_story_number__isnull=False).first()
    return StoryPage.objects.filter(pk=made.new_story_number).first() if made else None


def leavers_in(story_number: int) -> QuerySet[StoryParticipant]:
    """The parts in the story of everybody who leaves it."""
    codes = standing_in(story_number).values("participant_code")
    everybody = StoryParticipant.objects.filter(story_id=story_number, participant__code__in=codes)
    return everybody.select_related("participant").order_by("pk")

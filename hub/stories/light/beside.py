"""Are the names in a story real? Said from the records of what its people chose, so that nobody writes it by hand.

Of real names nothing is said: whoever knows that a name is real is nearer to who it is.
"""

from hub.stories.choices import NamedAs
from hub.stories.models import StoryPage, StoryParticipant

REAL = {NamedAs.FULL, NamedAs.FIRST_NAME}


def about_names(story: StoryPage) -> str:
    """What stands beside the one who tells it: the story's own note, or a sentence from the records; may be empty."""
    return story.names_note or _from_the_records(_named_as(story))


def names_disagree(story: StoryPage) -> str:
    """A sentence for staff when what the story says about names is not what its people chose; empty when it is."""
    note, named = story.names_note.casefold(), _named_as(story)
    if "changed" in note and NamedAs.CHOSEN_NAME not in named:
        return "The story says that names have been changed, and nobody in it chose another name."
    if "no name" in note and named & {*REAL, NamedAs.CHOSEN_NAME}:
        return "The story says that no names are used, and somebody in it is named."
    return ""


def _named_as(story: StoryPage) -> set[str]:
    return set(StoryParticipant.objects.filter(story_id=story.pk).values_list("named_as", flat=True))


def _from_the_records(named: set[str]) -> str:
    if NamedAs.CHOSEN_NAME in named:
        return "Some names have been changed." if named & REAL else "Names have been changed."
    return "No names are used." if named == {NamedAs.NONE} else ""

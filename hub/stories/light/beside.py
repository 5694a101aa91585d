"""What stands beside a story: are the names real, and what changed because of it? From the records, never by hand.

Of real names nothing is said: whoever knows that a name is real is nearer to who it is. On its public page both come
with the question that the page is asked for with anyway (`ASKED`), so they cost none of their own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_noop as noted

from hub.left_out import each
from hub.stories.choices import NamedAs
from hub.stories.models import BecauseOfIt, StoryPage, StoryParticipant

BESIDE = "_found_beside"
REAL = {NamedAs.FULL, NamedAs.FIRST_NAME}
CHANGES = ("you_said", "we_did", "changed_on")
ASKED = {
    "named_as": ArraySubquery(StoryParticipant.objects.filter(story_id=OuterRef("pk")).values("named_as")),
    "changes": ArraySubquery(
        BecauseOfIt.objects.filter(story_id=OuterRef("pk")).values(row=JSONObject(**{name: name for name in CHANGES}))
    ),
}
"""Columns for a question about one page; `take` hands their answer to the story."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different since somebody told this story, as readers see it."""

    you_said: str
    we_did: str
    changed_on: date


def take(story: StoryPage, row: Any) -> None:
    """Hands on what was found with `ASKED`, so that it is not asked for again while this answer is made."""
    setattr(story, BESIDE, {name: getattr(row, name) for name in ASKED})


def because_of(story: StoryPage) -> list[Change]:
    """What changed because of this story, the newest first, without a row that cannot be read."""
    return list(each(_beside(story, "changes"), _change, of="what changed because of a story"))


def _change(row: dict[str, str]) -> Change:
    return Change(row["you_said"], row["we_did"], date.fromisoformat(row["changed_on"]))


def _beside(story: StoryPage, name: str) -> list[Any]:
    if found := getattr(story, BESIDE, None):
        return list(found[name])
    return StoryPage.objects.filter(pk=story.pk).values_list(ASKED[name], flat=True).first() or []


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
    return set(_beside(story, "named_as"))


def _from_the_records(named: set[str]) -> str:
    if NamedAs.CHOSEN_NAME in named:
        return noted("Some names have been changed.") if named & REAL else noted("Names have been changed.")
    return noted("No names are used.") if named == {NamedAs.NONE} else ""

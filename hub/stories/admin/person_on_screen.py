"""Everybody in a story on one screen: what each was asked and said, what to call them here, why they were asked again.

For the workers of the section alone: a nickname may tell colleagues who a code is. A key that is lost hides it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hub.encryption import CannotOpen
from hub.stories.admin.rows import Row
from hub.stories.admin.what_was_said import AboutUse, what_was_said
from hub.stories.family import tellers_to_wait_for
from hub.stories.models import AskedAgain, PersonalDetails, StoryPage

LONGEST_NICKNAME = 60


@dataclass(frozen=True, slots=True)
class OnScreen:
    """One person. `waits_for` are the codes of those who tell the story and have to agree first."""

    row: Row
    nickname: str
    uses: list[AboutUse]
    asked_again_because: str
    waits_for: list[str]


def people_on_screen(story: StoryPage, draft: StoryPage, rows: Iterable[Row]) -> list[OnScreen]:
    """Everybody in `rows`, with all they were asked and said, the newest first."""
    said = what_was_said(story, draft, rows)
    numbers = [person.row.participation.participant_id for person in said]
    nicknames, reasons = _nicknames(numbers), _reasons(story)
    return [
        OnScreen(
            row=person.row,
            nickname=nicknames.get(person.row.participation.participant_id, ""),
            uses=person.uses,
            asked_again_because=reasons.get(person.row.participation.pk, ""),
            waits_for=tellers_to_wait_for(person.row.participation, draft),
        )
        for person in said
    ]


def _nicknames(numbers: list[int]) -> dict[int, str]:
    try:
        rows = PersonalDetails.objects.filter(participant__in=numbers).only("participant", "nickname")
        return {row.participant_id: row.nickname for row in rows}
    except CannotOpen:
        return {}


def _reasons(story: StoryPage) -> dict[int, str]:
    """The newest reason why somebody who had taken a yes back was asked again, by their part in the story."""
    try:
        rows = AskedAgain.objects.filter(link__participation__story=story).order_by("pk").select_related("link")
        return {row.link.participation_id: row.because for row in rows}
    except CannotOpen:
        return {}

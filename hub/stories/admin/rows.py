"""One person of a story as screens have them: their part, what holds in words, what they wished, what shows it."""

from dataclasses import dataclass

from hub.stories.models import ChangeWanted, EvidenceFile, StoryParticipant


@dataclass(frozen=True, slots=True)
class Row:
    """One person and what holds about the website, in words."""

    participation: StoryParticipant
    state: str
    uses: list[tuple[str, str]]
    changes: list[ChangeWanted]
    evidence: list[EvidenceFile]
    marked: int = 0
    may_go: bool = False

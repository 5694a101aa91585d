"""What did each person say about each use: how, when, written in when and by whom, and what shows it?

For whoever decides about a story. Told from the ledger, the newest first, so that a no or a withdrawal before today's
yes is there to see. Says nothing of the words, and names colleagues, never a person of the story.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User

from hub.partners.people import known_as
from hub.stories.admin.rows import Row
from hub.stories.choices import EventKind, Method, Use
from hub.stories.models import Consent, ConsentEvent, EvidenceFile, StoryPage
from hub.stories.rule import GivenBy

ANSWERS = {
    EventKind.GIVEN: "Said yes",
    EventKind.RENEWED: "Said yes again",
    EventKind.REFUSED: "Said no",
    EventKind.DEFERRED: "Said not now",
}
HAPPENED = {
    EventKind.REQUESTED: "Was asked",
    EventKind.PAUSED: "Paused it",
    EventKind.RESUMED: "Ended the pause",
    EventKind.WITHDRAWN: "Took it back",
    EventKind.CARRIED_OVER: "The yes was carried over to a small correction",
    EventKind.CONFIRMED: "Somebody from another partner confirmed the yes",
    EventKind.REVOKED: "We ended it",
    EventKind.INVALIDATED: "It was found not to be valid",
    EventKind.ENTERED_IN_ERROR: "It was entered by mistake",
    EventKind.ERASED: "It was erased",
}
HOW = {
    Method.ONLINE: "On their own page",
    Method.PAPER: "On paper",
    Method.SPOKEN: "Spoken",
    Method.AUDIO: "Recorded sound",
    Method.BSL_VIDEO: "British Sign Language, on video",
}
THE_PERSON = {GivenBy.GUARDIAN: "Their parent or guardian", GivenBy.ATTORNEY: "Whoever may legally decide for them"}
GONE = "A colleague whose account is gone"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was said, or that was done with it. `how` is empty for what is no answer.

    What somebody answered on their own page shows itself, and needs no file; what a colleague wrote in does.
    """

    what: str
    about_other_words: bool
    by_another: str
    how: str
    said_at: datetime
    written_at: datetime
    written_by: str
    evidence: EvidenceFile | None
    needs_no_file: bool


@dataclass(frozen=True, slots=True)
class AboutUse:
    """Everything one person said about one use, the newest first, and what holds now."""

    use: str
    state: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class PersonSaid:
    row: Row
    uses: list[AboutUse]


def what_was_said(story: StoryPage, draft: StoryPage, rows: Iterable[Row]) -> list[PersonSaid]:
    """Everybody in the story, as `rows` has them. Four queries."""
    told = _Told(story, draft)
    return [PersonSaid(row, list(told.by(row))) for row in rows]


class _Told:
    def __init__(self, story: StoryPage, draft: StoryPage) -> None:
        self.about = draft.content_hash()
        answers = Consent.objects.filter(participation__story_id=story.pk).select_related("evidence")
        self.answers = {answer.pk: answer for answer in answers.prefetch_related("carry_overs")}
        self.events: defaultdict[tuple[str, str], list[ConsentEvent]] = defaultdict(list)
        for event in ConsentEvent.objects.filter(story_id=story.pk).exclude(use="").order_by("-sequence"):
            if event.kind in {**ANSWERS, **HAPPENED}:
                self.events[event.participant_code, event.use].append(event)
        writers = {event.by_user_id for events in self.events.values() for event in events if event.by_user_id}
        self.names = {user.pk: known_as(user) for user in User.objects.filter(pk__in=writers)}

    def by(self, row: Row) -> Iterator[AboutUse]:
        """What this person said about each use that anything was said about."""
        states = {Use.WEBSITE.label: row.state, **dict(row.uses)}
        for use in Use:
            events = self.events[row.participation.participant.code, use.value]
            if events:
                lines = [self._line(event) for event in events]
                yield AboutUse(str(use.label), states.get(str(use.label), ""), lines)

    def _line(self, event: ConsentEvent) -> Line:
        answer = self.answers.get(event.consent_id or 0)
        kind = EventKind(event.kind)
        is_answer = kind in ANSWERS
        return Line(
            what=(ANSWERS | HAPPENED)[kind],
            about_other_words=is_answer and answer is not None and not self._is_about_the_draft(answer),
            by_another=THE_PERSON.get(GivenBy(event.given_by), "") if is_answer and event.given_by else "",
            how=_how(event, answer) if is_answer else "",
            said_at=event.said_at or event.at,
            written_at=answer.written_at if is_answer and answer is not None else event.at,
            written_by=self._writer(event),
            evidence=answer.evidence if is_answer and answer is not None else None,
            needs_no_file=not is_answer or (event.method == Method.ONLINE and event.by_user_id is None),
        )

    def _writer(self, event: ConsentEvent) -> str:
        if event.by_user_id:
            return self.names.get(event.by_user_id, GONE)
        given_by = GivenBy(event.given_by) if event.given_by else GivenBy.SELF
        return THE_PERSON.get(given_by, "The person themself")

    def _is_about_the_draft(self, answer: Consent) -> bool:
        carried = {one.to_hash for one in answer.carry_overs.all() if one.from_hash == answer.content_hash}
        return self.about in {answer.content_hash, *carried}


def _how(event: ConsentEvent, answer: Consent | None) -> str:
    how = HOW.get(Method(event.method), "") if event.method else "Not known"
    if answer is not None and answer.witnessed:
        return f"{how}; somebody else was there and heard it"
    return f"{how}; no witness is noted" if event.method == Method.SPOKEN else how

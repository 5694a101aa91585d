"""What did this voice say before, and when? Answers are ordered by when they were said; on a tie, no.

Refuses to write in a yes from before its words, or from before a no of the same voice; after a no, one without the
person's own page needs what shows it.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from hub.stories.choices import EventKind, Method, Use
from hub.stories.last_line import NO, STOPS, YES
from hub.stories.light import agreed_to
from hub.stories.models import ConsentEvent, StoryParticipant
from hub.stories.rule import Decision, GivenBy

SAID = {
    EventKind.REFUSED: "no",
    EventKind.DEFERRED: "not now",
    EventKind.WITHDRAWN: "to stop",
    EventKind.PAUSED: "to pause",
    EventKind.ERASED: "to erase it",
}


class CannotRecord(ValueError):
    """The sentence says why, to whoever writes the answer in."""


class SaidBefore:
    """The lines of the ledger about one voice and one use."""

    def __init__(self, participation: StoryParticipant, use: Use, given_by: str) -> None:
        self.participation, self.use, self.given_by = participation, use, given_by
        by_guardian = given_by == GivenBy.GUARDIAN
        lines = ConsentEvent.objects.filter(
            story_id=participation.story_id, participant_code=participation.participant.code, use=use
        ).order_by("sequence")
        self.lines = [line for line in lines if (line.given_by == GivenBy.GUARDIAN) == by_guardian]

    @property
    def has_said_yes(self) -> bool:
        return any(line.kind in YES for line in self.lines)

    def check_yes(self, said_at: datetime, saved_at: datetime, *, has_evidence: bool, method: str) -> None:
        """Raises CannotRecord with both dates in its sentence."""
        if said_at < saved_at:
            raise CannotRecord(
                f"They said yes on {_day(said_at)}, and these words were saved on {_day(saved_at)}. "
                "A yes is about words that were there to read. Ask again."
            )
        stop = max((line for line in self.lines if line.kind in {*STOPS, "held"}), key=_said_at, default=None)
        if stop and _said_at(stop) >= said_at:
            said = SAID.get(EventKind(stop.kind), "")
            ended = f"they said {said}" if said else "we ended it"
            raise CannotRecord(
                f"They said yes on {_day(said_at)}, and on {_day(_said_at(stop))} {ended}. "
                "What was said last counts. Ask again."
            )
        no = max((line for line in self.lines if line.kind in NO), key=_said_at, default=None)
        if no and method != Method.ONLINE and not has_evidence:
            raise CannotRecord(
                f"On {_day(_said_at(no))} they said {SAID[EventKind(no.kind)]}. A yes after that counts when they give "
                "it on their own page, or when you add what shows it and somebody from another partner confirms it."
            )

    def a_newer_yes_stands(self, said_at: datetime, *, about: str) -> bool:
        """Whether this voice said yes to these words later than `said_at`: then that is what stands."""
        yeses = self.participation.consents.filter(
            use=self.use, given_by=self.given_by, decision=Decision.GIVEN, given_at__gt=said_at
        )
        return yeses.filter(agreed_to(about)).exists()

    def end_of_thinking_it_over(self, written_at: datetime, method: str) -> datetime | None:
        """Until when a first yes is not acted on, or one after a no that was not given on their own page.

        The days run from when it is written in. None for a yes that is only renewed.
        """
        deciding = [line for line in self.lines if line.kind in YES | NO]
        after_a_no = bool(deciding) and deciding[-1].kind in NO
        if self.has_said_yes and (method == Method.ONLINE or not after_a_no):
            return None
        return written_at + timedelta(days=settings.COOLING_OFF_DAYS)


def _said_at(line: ConsentEvent) -> datetime:
    return line.said_at or line.at


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y at %H:%M}"

"""Who may use these words, and all that was said and done about them, in order. For the receipt, in each of its forms.

Says nothing about anybody else in the story, nor who of staff wrote a line; of a correction nothing once anybody has
stopped the story: what became of its words is then no business of the others.
"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from hub.partners.models import Partner
from hub.stories.choices import EventKind
from hub.stories.family.asking import is_stopped
from hub.stories.family.in_their_language import label_of, translated
from hub.stories.models import ConsentEvent, PrivateLink
from hub.stories.rule import GivenBy

HAPPENED: dict[str, str] = {
    EventKind.REQUESTED: "We asked you",
    EventKind.REMINDED: "We asked you once more",
    EventKind.DEFERRED: "You said not now",
    EventKind.REFUSED: "You said no",
    EventKind.GIVEN: "You said yes",
    EventKind.RENEWED: "You said yes again",
    EventKind.CARRIED_OVER: "We put a slip of the pen right",
    EventKind.PAUSED: "Paused",
    EventKind.RESUMED: "The pause ended",
    EventKind.WITHDRAWN: "You told us to stop",
    EventKind.REVOKED: "We stopped it",
    EventKind.INVALIDATED: "This yes does not count",
    EventKind.ENTERED_IN_ERROR: "It was written down by mistake",
    EventKind.ERASED: "We erased it",
    EventKind.SUPERSEDED: "A newer answer took its place",
    EventKind.CONFIRMED: "Somebody else looked at your yes",
    EventKind.WORDING_RETIRED: "We ask this in other words now",
    EventKind.NOT_BEFORE: "You chose a first day",
    EventKind.ANY_DAY: "You said it can be any day",
}
OF_WORDS = [EventKind.CARRIED_OVER]
OF_NO_USE = [EventKind.NOT_BEFORE, EventKind.ANY_DAY]


def controllers(link: PrivateLink) -> list[Partner]:
    """Everybody who asks and may use the words: the partner they know first, then the others that are open."""
    own = link.participation.participant.partner
    return [own, *Partner.objects.filter(is_open=True).exclude(pk=own.pk).order_by("pk")]


def events(link: PrivateLink) -> QuerySet[ConsentEvent]:
    """Each line of the ledger about this person's answers in this story, in the voice of whoever holds `link`."""
    person, by_guardian = link.participation, Q(given_by=GivenBy.GUARDIAN)
    mine = ConsentEvent.objects.filter(story_id=person.story_id, participant_code=person.participant.code)
    voice = mine.filter(by_guardian) if link.given_by == GivenBy.GUARDIAN else mine.exclude(by_guardian)
    told = set(HAPPENED) - (set(OF_WORDS) if is_stopped(person.story_id) else set())
    return voice.filter(~Q(use="") | Q(kind__in=OF_NO_USE), kind__in=told).order_by("sequence")


def what_happened(link: PrivateLink) -> list[tuple[datetime, str, str]]:
    """(when, which use, what) of each event, the oldest first."""
    return [
        (
            timezone.localtime(one.said_at or one.at),
            label_of(one.use) if one.use else "",
            translated(HAPPENED[one.kind]),
        )
        for one in events(link)
    ]

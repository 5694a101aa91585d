"""Which yeses wait for a second person? Those that came after a no and were not given on the person's own page."""

from collections.abc import Iterable

from hub.stories.last_line import NO, LineFacts, Record, waits_for_a_second_person
from hub.stories.light import carried_over_to, consent_facts, lines_about, voice_of
from hub.stories.models import Consent, ConsentEvent, StoryPage
from hub.stories.rule import Decision


def unconfirmed_in(story: StoryPage) -> list[Consent]:
    """The answers of this story that somebody from another partner has still to confirm, oldest first."""
    return unconfirmed_among([story.pk])


def unconfirmed_among(numbers: Iterable[int]) -> list[Consent]:
    """The same for the stories of these numbers, in as many questions as for one. Few have a no: those come first."""
    events = ConsentEvent.objects.filter(story_id__in=numbers, kind__in=NO)
    after_a_no = list(events.order_by("story_id").values_list("story_id", flat=True).distinct())
    if not after_a_no:
        return []
    rows = Consent.objects.filter(decision=Decision.GIVEN, participation__story_id__in=after_a_no).order_by("pk")
    fetched = ["participation__participant", "participation__story", "wording__retirement", "evidence"]
    found = list(rows.select_related(*fetched).annotate(carried_over_to=carried_over_to()))
    lines = lines_about({row.participation.story_id for row in found})
    return [row for row in found if _waits(row, lines[voice_of(row)])]


def _waits(row: Consent, lines: tuple[LineFacts, ...]) -> bool:
    facts = consent_facts(row, lines)
    if facts.given_at is None:
        return False
    record = Record(facts.number, facts.given_by, facts.method, facts.keyed_hash, facts.given_at)
    return waits_for_a_second_person(record, facts.lines)

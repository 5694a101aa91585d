"""From which day on may somebody be asked again? At most one question a person a month, and as they wished."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils import timezone

from hub.stories.choices import EventKind
from hub.stories.models import ConsentEvent, Participant

BETWEEN_QUESTIONS = timedelta(days=30)


def not_to_be_asked_before(codes: Collection[str], *, today: date) -> dict[str, date]:
    """By code, the day to wait for; without those who may be asked today. In two questions, however many they are."""
    lines = ConsentEvent.objects.filter(kind=EventKind.REQUESTED, participant_code__in=codes).order_by("at")
    asked = dict(lines.values_list("participant_code", "at"))
    found = {code: (timezone.localtime(at) + BETWEEN_QUESTIONS).date() for code, at in asked.items()}
    resting = Participant.objects.filter(code__in=codes).values_list("code", "do_not_ask_until")
    for code, day in resting:
        if day is not None:
            found[code] = max(day, found.get(code, day))
    return {code: day for code, day in found.items() if day > today}

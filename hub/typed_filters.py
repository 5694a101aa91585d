"""Which of the words that somebody typed into the search are a filter? “30 minutes, 8 people, language” has two.

Takes nothing that it is not sure of, and never takes the place of a filter that was chosen.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.http import QueryDict

TIME = re.compile(r"\b(\d{1,3})\s*[- ]?(minutes?|mins?|hours?|hrs?)\b[\s,;]*", re.IGNORECASE)
HALF_HOUR = re.compile(r"\b(half an hour|(?:an|one) hour)\b[\s,;]*", re.IGNORECASE)
PEOPLE = re.compile(
    r"\b(?:group of\s+)?(\d{1,3})\s+(?:people|persons?|participants?|staff|folk)\b[\s,;]*", re.IGNORECASE
)
CHOICES = (15, 30, 60)  # the times the form offers, in minutes


def with_typed_filters(asked: "QueryDict") -> "QueryDict":
    """A copy of the search in which time and group size, where typed, are filters and no longer words."""
    found, text = asked.copy(), asked.get("q", "")
    minutes, rest = _minutes(text)
    if minutes and not asked.get("minutes"):
        found["minutes"], text = str(minutes), rest
    people = PEOPLE.search(text)
    if people and int(people[1]) > 0 and not asked.get("people"):
        found["people"], text = people[1], PEOPLE.sub("", text, count=1)
    if "q" in found:
        found["q"] = text.strip(" ,;")
    return found


def _minutes(text: str) -> tuple[int | None, str]:
    """The longest time on offer that fits into the one typed, and the text without it."""
    number = TIME.search(text)
    if number:
        minutes = int(number[1]) * (60 if number[2].lower().startswith("h") else 1)
        return _on_offer(minutes), TIME.sub("", text, count=1)
    words = HALF_HOUR.search(text)
    if words:
        return (30 if words[1].lower().startswith("half") else 60), HALF_HOUR.sub("", text, count=1)
    return None, text


def _on_offer(minutes: int) -> int:
    return max((choice for choice in CHOICES if choice <= minutes), default=CHOICES[0])

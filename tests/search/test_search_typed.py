"""Times and sizes as people type them, and what of a search they leave behind."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from hub.search.typed import asks_for_no_printing, with_typed_filters


@pytest.mark.parametrize(
    ("typed", "minutes", "people", "words"),
    [
        ("30 minutes, 8 people, language", "30", "8", "language"),
        ("language for a group of 8 people", None, "8", "language"),
        ("45 mins", "45", None, ""),
        ("20 minutes", "20", None, ""),
        ("25-minute", "25", None, ""),
        ("40min", "40", None, ""),
        ("twenty-five minutes", "25", None, ""),
        ("half an hour", "30", None, ""),
        ("half-hour", "30", None, ""),
        ("1/2 hour", "30", None, ""),
        ("quarter of an hour", "15", None, ""),
        ("three quarters of an hour", "45", None, ""),
        ("an hour and a half", "90", None, ""),
        ("1.5 hours", "90", None, ""),
        ("1h 15", "75", None, ""),
        ("2 hours of talking", "120", None, "talking"),
        ("20 to 30 minutes", "30", None, ""),
        ("20–30 minutes", "30", None, ""),
        ("activity for a group of 8 in half an hour", "30", "8", ""),
        ("8-10 people", None, "8-10", ""),
        ("8 to 10 people", None, "8-10", ""),
        ("8—10 participants", None, "8-10", ""),
        ("a dozen", None, "12", ""),
        ("half a dozen people", None, "6", ""),
        ("group of eight", None, "8", ""),
        ("stigma, team of 6", None, "6", "stigma"),
        ("ten of us", None, "10", ""),
        ("12 parents", None, "12", "parents"),
        ("something for 9", None, "9", ""),
        ("one person", None, "1", ""),
        ("0 people", None, None, "0 people"),
        ("9999 minutes", None, None, "9999 minutes"),
        ("12 year olds", None, None, "12 year olds"),
        ("NHS 24", None, None, "NHS 24"),
        ("for 2026", None, None, "for 2026"),
        ("labels", None, None, "labels"),
    ],
)
def test_time_and_people_may_be_typed(typed: str, minutes: str | None, people: str | None, words: str) -> None:
    found = with_typed_filters(QueryDict(urlencode({"q": typed})))
    assert (found.get("minutes"), found.get("people"), found["q"]) == (minutes, people, words)


def test_what_was_chosen_stays_chosen() -> None:
    found = with_typed_filters(QueryDict("q=30+minutes&minutes=15"))
    assert (found["minutes"], found["q"]) == ("15", "30 minutes")


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("no printing", True),
        ("activities without any printing", True),
        ("nothing to print", True),
        ("nae printer", True),
        ("printing", False),
        ("may I print this", False),
        ("note about printing", False),
    ],
)
def test_whoever_has_no_printer_is_led_to_the_activities_that_need_none(typed: str, asks: bool) -> None:
    assert asks_for_no_printing(typed) is asks

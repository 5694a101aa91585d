"""Times and sizes as people type them, and what of a search they leave behind."""

from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from hub.search.named import asks_for_no_printing
from hub.search.typed import with_typed_filters


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
        ("small group", None, "4-6", ""),
        ("wee group", None, "4-6", ""),
        ("big group, language", None, "15-20", "language"),
        ("large groups", None, "15-20", ""),
        ("pair", None, "2", ""),
        ("two people", None, "2", ""),
        ("one to one", None, "2", ""),
        ("1:1", None, "2", ""),
        ("1-2-1 activity", None, "2", ""),
        ("one-to-one support", None, None, "one-to-one support"),
        ("in pairs", None, None, "in pairs"),
        ("the whole team", None, "8-12", ""),
        ("between 8 and 10 people", None, "8-10", ""),
        ("group size: 8", None, "8", ""),
        ("8 in a group", None, "8", ""),
        ("8 poeple", None, "8", ""),
        ("8ppl, 20 mintues", "20", "8", ""),
        ("10 purple", None, None, "10 purple"),
        ("12 bairns", None, "12", "bairns"),
        ("quick", "20", None, ""),
        ("quick game on labels", "20", None, "on labels"),
        ("leave quickly", None, None, "leave quickly"),
        ("quick exit", None, None, "quick exit"),
        ("hour and a half", "90", None, ""),
        ("1h30", "90", None, ""),
        ("1h30m", "90", None, ""),
        ("90min", "90", None, ""),
        ("1½h", "90", None, ""),
        ("an hour and 15 minutes", "75", None, ""),
        ("1 hour 8 people", "60", "8", ""),
        ("2 hours 8-10 people", "120", "8-10", ""),
        ("hauf an oor", "30", None, ""),
        ("20ish minutes", "20", None, ""),
        ("no more than 20 minutes", "20", None, ""),
        ("<30 min", "30", None, ""),
        ("team one", None, None, "team one"),
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

"""What in a story could tell somebody who it is about? A list to check, piece by piece: together they make a picture.

Reads all of a story, the storyteller's own words too. That is on purpose, and unlike the hints: nobody's way of
speaking is judged, but a street and a school can put a family in danger. Refuses to decide: it asks somebody to look.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from hub.pages.models import HelpLine
from hub.partners.models import Partner
from hub.stories.models import StoryPage
from hub.stories.review.difference import passages_of

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
CAPITAL = r"[A-Z][a-zA-Z’'-]{1,40}"  # no name is longer, and a search that may go on for ever does
STREETS = (
    "Street|St|Road|Rd|Avenue|Ave|Drive|Court|Crescent|Place|Terrace|Lane|Way|Gardens|Wynd|Close|Loan|Brae|Park|Square"
)
BEGINNERS = frozenset(
    re.findall(
        r"\w+",
        """
        A An The And But Or So Then When While After Before At In On If As He She They We You I It My Our Your His Her
        Their This That These Those There Here What Why How Who Where Not No Yes Now Once One Some Every Each For From
        With To By Of Even Just Still Later Sometimes Because Maybe Perhaps Dear Thank
        """,
    )
)
NOT_NAMES = frozenset(re.findall(r"\w+", f"{MONTHS.replace('|', ' ')} Monday Tuesday Wednesday Thursday Friday"))


class Sort(NamedTuple):
    """One sort of detail: what it is called on the list, and how it is told from other words."""

    name: str
    pattern: re.Pattern[str]


SORTS = (
    Sort("E-mail address", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+")),
    Sort("Phone number", re.compile(r"(?<![\d\w])(?:\+44[\s-]?|0)\d(?:[\s-]?\d){8,9}(?!\d)")),
    Sort("Postcode", re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")),
    Sort("Address", re.compile(rf"\b\d{{1,4}}[A-Za-z]?,?\s(?:{CAPITAL}\s){{1,3}}(?:{STREETS})\b")),
    Sort("Street", re.compile(rf"\b(?:{CAPITAL}\s){{1,3}}(?:{STREETS})\b")),
    Sort("School", re.compile(rf"\b(?:{CAPITAL}\s){{1,4}}(?:Primary|High|Academy|Nursery|School|College)\b")),
    Sort(
        "Exact date",
        re.compile(
            rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\sof)?\s(?:{MONTHS})\b|\b(?:{MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?\b"
            r"|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})\b"
        ),
    ),
    Sort("Car registration", re.compile(r"\b[A-Z]{2}\d{2}\s?[A-Z]{3}\b")),
    Sort("Exact age", re.compile(r"\b(?:aged\s\d{1,2}|\d{1,2}[ -]years?[ -]old)\b")),
    Sort("Full name", re.compile(rf"(?<![\w’'-]){CAPITAL}(?:\s{CAPITAL})+")),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One detail to check, and in which part of the story it stands."""

    sort: str
    text: str
    where: str


def pieces_of(story: StoryPage) -> list[Piece]:
    """Every detail of `story` that could help somebody to work out who it is, each once. Two queries."""
    known = known_names()
    found = [
        Piece(sort, text, passage.name)
        for passage in passages_of(story)
        if passage.name not in {"Partner", "Web address", "Content note"}
        for sort, text in details_in(passage.text, known)
    ]
    return list(dict.fromkeys(found))


def details_in(text: str, known: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """(sort, words) of each detail. A piece of text is one detail: what is an address is not a name as well."""
    left = text
    for sort in SORTS:
        for match in sort.pattern.finditer(left):
            words = _without_beginning(match[0]) if sort.name == "Full name" else match[0]
            if words and words.lower() not in known:
                yield sort.name, words
        left = sort.pattern.sub(lambda match: "·" * len(match[0]), left)


def known_names() -> frozenset[str]:
    """Names that are no family's: partners and help lines."""
    partners = Partner.objects.values_list("name", "short_name")
    names = {name for row in partners for name in row} | set(HelpLine.objects.values_list("name", flat=True))
    return frozenset(name.lower() for name in names)


def _without_beginning(words: str) -> str:
    """“Then Morag Bain” is Morag Bain, and “Then Morag” may be anybody."""
    parts = words.split()
    while parts and (parts[0] in BEGINNERS or parts[0] in NOT_NAMES):
        parts.pop(0)
    return " ".join(parts) if len(parts) > 1 else ""

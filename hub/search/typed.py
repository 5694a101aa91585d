"""Which of the words that somebody typed into the search are a filter? “30 minutes, 8 people, language” has two.

Takes times and sizes as they are typed, in figures and in words, slips of the finger beside a number included. Takes
nothing that it is not sure of, and never takes the place of a filter that was chosen.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hub.nearness import distance
from hub.spelling import words_in

if TYPE_CHECKING:
    from django.http import QueryDict

LONGEST_MINUTES = 480
MOST_PEOPLE = 500
SMALL_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
SMALL = SMALL_NUMBERS.split()
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
NUMBER_WORDS = {word: number for number, word in enumerate(SMALL, start=1)} | TENS
_word = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
NUMBER = rf"(?:\d{{1,3}}(?:[.,]\d)?|(?:{_word})(?:[- ](?:{_word}))?)"
DASH = r"\s*(?:[-‐‑–—]|to|or)\s*"
MINUTES = r"(?:minutes?|minits?|mins?|min\.|m)"
HOURS = r"(?:hours?|hrs?|hr\.|h|oors?)"
PEOPLE = r"(?:people|persons?|participants?|folks?|fowk|heads|of us|adults|learners|ppl|peeps|pax)"
WHO = (
    r"(?:parents?|carers?|mums?|moms?|dads?|women|men|staff|workers?|volunteers?|colleagues|trainees|attendees|students"
    r"|pupils|teenagers?|kids|bairns|weans|children|families|young people)"
)
PEOPLE_FOLLOW = rf"{DASH}\d|[\d.,]|\s*-?\s*(?:{PEOPLE}|{WHO})"
GROUP = r"(?:groups?|teams?|class|circle)"
ABOUT = r"(?:[ -]?ish|\+| or so| odd)?"
END = r"(?![\w-])"
NEAR = {"minutes": 2, "people": 1, "hours": 1}  # what stands beside a number, and how many slips it may have
BESIDE = re.compile(r"(?<=[\w+] )[^\W\d_]{5,9}", re.IGNORECASE)
TASK = (
    r"(?:activit(?:y|ies)|exercises?|games?|sessions?|tasks?|ice ?-?breakers?|warm[- ]?ups?|energi[sz]ers?|ones?"
    r"|ideas?)"
)
# One to one is a size where nothing follows that makes it a way of working.
WAY_OF_WORKING = r"(?!\s+(?:support|work|working|help|advice|meetings?|talks?|chats?|conversations?))"
# Said together with a time or a size, these look for an activity and are in no page's way.
FILLER_WORDS = (
    "a about activities activity an and approx approximately are around at between brief exercise exercises fits for "
    "game games got group groups have i idea ideas im in is ive just lasting least less long longer maximum max more "
    "most my need no not of one only or our over quick roughly session sessions short so some something take takes "
    "taking task than that the there to under up us we wee weve with within workshop"
)
FILLERS = frozenset(FILLER_WORDS.split())


@dataclass(frozen=True, slots=True)
class Typed:
    """A piece of what was typed: where it stands, and what it asks for."""

    start: int
    end: int
    value: str


def with_typed_filters(asked: "QueryDict") -> "QueryDict":
    """A copy of the search in which time and group size, where typed, are filters and no longer words."""
    found, text = asked.copy(), without_slips(asked.get("q", ""))
    taken = []
    for name, look in (("minutes", time_in), ("people", size_in)):
        piece = look(text) if not asked.get(name) else None
        if piece:
            found[name] = piece.value
            taken.append(name)
            text = f"{text[: piece.start]} {text[piece.end :]}"
    if taken:
        found["q"] = " ".join(word for word in re.split(r"[\s,;<]+", text) if not _is_filler(word)).strip()
    return found


def _is_filler(word: str) -> bool:
    return "".join(words_in(word)) in FILLERS


def without_slips(text: str) -> str:
    """`text` with “20 mintues” and “8 poeple” put right: what stands beside a number is nearly one of three words."""
    return BESIDE.sub(lambda match: _beside_a_number(match, text), text)


def _beside_a_number(match: "re.Match[str]", text: str) -> str:
    typed, before = match[0].casefold(), text[: match.start()].rsplit(maxsplit=1)[-1].rstrip("+")
    if not re.fullmatch(NUMBER, before, re.IGNORECASE):
        return match[0]
    near = (meant for meant, slips in NEAR.items() if typed[0] == meant[0] and distance(typed, meant, at_most=slips))
    return next(near, match[0])


def time_in(text: str) -> Typed | None:
    """The longest time that may be taken, in minutes."""
    return _first(text, TIMES, LONGEST_MINUTES)


def size_in(text: str) -> Typed | None:
    """How many people there are: “8”, or “8-10”."""
    return _first(text, SIZES, MOST_PEOPLE)


def _first(text: str, rules: "list[tuple[re.Pattern[str], Reader]]", most: int) -> Typed | None:
    for pattern, read in rules:
        match = pattern.search(text)
        numbers = read(match) if match else ()
        if match and numbers and all(1 <= number <= most for number in numbers):
            smallest, largest = min(numbers), max(numbers)
            value = str(largest) if smallest == largest else f"{smallest}-{largest}"
            return Typed(match.start(), match.end("taken"), value)
    return None


Reader = Callable[["re.Match[str]"], tuple[int, ...]]


def number(text: str) -> float:
    """“8”, “1.5”, “eight”, “twenty-five”. 0 for what is none of these."""
    if re.fullmatch(r"\d{1,3}(?:[.,]\d)?", text):
        return float(text.replace(",", "."))
    return float(sum(NUMBER_WORDS.get(part, 0) for part in re.split(r"[- ]", text.casefold())))


def _fixed(*numbers: int) -> Reader:
    return lambda match: numbers


def _both(times: int = 1, *, last: bool = False) -> Reader:
    """The one or two numbers of a match; of a time only the longer."""

    def read(match: "re.Match[str]") -> tuple[int, ...]:
        numbers = tuple(round(number(text) * times) for text in (match["a"], match["b"]) if text)
        return (max(numbers),) if last else numbers

    return read


def _hours_and_minutes(match: "re.Match[str]") -> tuple[int, ...]:
    return (round((number(match["a"]) or 1) * 60 + number(match["b"])),)


def _rule(pattern: str, read: Reader) -> tuple["re.Pattern[str]", Reader]:
    return re.compile(rf"(?<![\w.-])(?P<taken>{pattern}){END}", re.IGNORECASE), read


RANGE = rf"(?P<a>{NUMBER}){ABOUT}(?:{DASH}(?P<b>{NUMBER}))?{ABOUT}"
AN = r"(?:an?|one|1)"
TIMES = [
    _rule(
        rf"(?:{AN} )?hours?,? (?:and|&) (?:a )?half|{AN} (?:and|&) a half {HOURS}|1\s?(?:½|1/2)\s?{HOURS}", _fixed(90)
    ),
    _rule(rf"(?:two|2) (?:and|&) a half {HOURS}|2\s?(?:½|1/2)\s?{HOURS}", _fixed(150)),
    _rule(rf"(?:{AN} )?hour (?:and|&) a quarter", _fixed(75)),
    _rule(r"(?:three|3)[ -]quarters? of an hour|¾ of an hour|¾ hour", _fixed(45)),
    _rule(r"(?:a )?quarter (?:of )?an hour|(?:a )?quarter[ -]hour|¼ hour", _fixed(15)),
    _rule(r"ha(?:l|u)f[ -]an?[ -](?:hour|oor)|(?:a )?ha(?:l|u)f[ -](?:hour|oor)|(?:½|1/2) (?:an )?hour", _fixed(30)),
    _rule(
        rf"(?P<a>\d|an?|one|two|three)\s*{HOURS}(?: and| &)?\s*(?P<b>{NUMBER})(?:\s*{MINUTES}|(?!{PEOPLE_FOLLOW}))",
        _hours_and_minutes,
    ),
    _rule(r"(?:a )?couple of hours", _fixed(120)),
    _rule(r"half (?:a )?day", _fixed(240)),
    _rule(rf"{RANGE}\s*(?:-\s*)?{MINUTES}", _both(last=True)),
    _rule(rf"{RANGE}\s*(?:-\s*)?{HOURS}", _both(60, last=True)),
    _rule(r"an hour|1 ?h|hour[- ]long", _fixed(60)),
    _rule(r"a few minutes", _fixed(15)),
    (re.compile(r"^\W*(?P<taken>(?:something |an? )?(?:quick|short|brief)(?: one)?)\W*$", re.IGNORECASE), _fixed(20)),
    (re.compile(rf"\b(?P<taken>quick|short|brief|wee)(?=\s+(?:\w+\s+)?{TASK}{END})", re.IGNORECASE), _fixed(20)),
]
SIZES = [
    _rule(rf"half a dozen(?: {PEOPLE})?", _fixed(6)),
    _rule(rf"(?:a |one )?dozen(?: or so)?(?: {PEOPLE})?", _fixed(12)),
    _rule(rf"(?:two|2) dozen(?: {PEOPLE})?", _fixed(24)),
    _rule(rf"a couple of {PEOPLE}|(?:a |one )?pair|the two of us", _fixed(2)),
    _rule(rf"(?:one|1)(?:[ -]?(?:to|2|on)[ -]?|\s?[:-]\s?)(?:one|1){WAY_OF_WORKING}", _fixed(2)),
    _rule(rf"a handful of {PEOPLE}", _fixed(5)),
    _rule(rf"a few {PEOPLE}", _fixed(4)),
    _rule(rf"(?:small|smaller|little|wee|tiny) {GROUP}(?: work)?", _fixed(4, 6)),
    _rule(rf"(?:big|bigger|large|larger|huge) {GROUP}(?: work)?|(?:lots|plenty) of {PEOPLE}", _fixed(15, 20)),
    _rule(r"(?:the |our |my |a )?(?:whole|entire|full) (?:staff )?team", _fixed(8, 12)),
    _rule(rf"{GROUP}(?: size:?|:| size of| of| with) (?:about |up to |around )?{RANGE}(?: {PEOPLE})?", _both()),
    _rule(rf"{RANGE} in (?:a|the|my|our|each) {GROUP}", _both()),
    _rule(rf"between (?P<a>{NUMBER}) and (?P<b>{NUMBER}) {PEOPLE}", _both()),
    _rule(rf"{RANGE}\s*(?:-\s*)?{PEOPLE}", _both()),
    (re.compile(rf"(?<![\w.-])(?P<taken>{RANGE})(?=\s+{WHO}{END})", re.IGNORECASE), _both()),
    (re.compile(rf"\bfor (?P<taken>{RANGE})(?=\s*(?:in|with)?\s*$)", re.IGNORECASE), _both()),
]

"""Which of the words that somebody typed into the search are a filter? “30 minutes, 8 people, language” has two.

Takes times and sizes as they are typed, takes nothing that it is not sure of, and never takes the place of a filter
that was chosen.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
MINUTES = r"(?:minutes?|mins?|min\.)"
HOURS = r"(?:hours?|hrs?|hr\.|h)"
PEOPLE = r"(?:people|persons?|participants?|folks?|fowk|heads|of us|adults|learners)"
WHO = r"(?:parents?|mums?|dads?|women|men|staff|workers?|volunteers?|colleagues|teenagers?|young people)"
END = r"(?![\w-])"
NO_PRINTING = re.compile(r"\b(?:no|nae|without|nothing to|not have to) (?:any |a )?print", re.IGNORECASE)
# Said together with a time or a size, these look for an activity and are in no page's way.
FILLER_WORDS = (
    "a about activities activity an and around at exercise exercises fits for game games got group groups have i ideas "
    "in is just lasting less long maximum max need of only or quick session sessions short some something take takes "
    "taking team than that the to under up we with within workshop"
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
    found, text = asked.copy(), asked.get("q", "")
    taken = []
    for name, look in (("minutes", time_in), ("people", size_in)):
        piece = look(text) if not asked.get(name) else None
        if piece:
            found[name] = piece.value
            taken.append(name)
            text = f"{text[: piece.start]} {text[piece.end :]}"
    if taken:
        found["q"] = " ".join(word for word in re.split(r"[\s,;]+", text) if word.casefold() not in FILLERS).strip()
    return found


def time_in(text: str) -> Typed | None:
    """The longest time that may be taken, in minutes."""
    return _first(text, TIMES, LONGEST_MINUTES)


def size_in(text: str) -> Typed | None:
    """How many people there are: “8”, or “8-10”."""
    return _first(text, SIZES, MOST_PEOPLE)


def asks_for_no_printing(text: str) -> bool:
    """Whether somebody wants what needs no printer: the page of activities can be asked for that."""
    return bool(NO_PRINTING.search(text))


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
    return (round(number(match["a"]) * 60 + number(match["b"])),)


def _rule(pattern: str, read: Reader) -> tuple["re.Pattern[str]", Reader]:
    return re.compile(rf"(?<![\w.-])(?P<taken>{pattern}){END}", re.IGNORECASE), read


RANGE = rf"(?P<a>{NUMBER})(?:{DASH}(?P<b>{NUMBER}))?"
TIMES = [
    _rule(r"(?:an? |one )?hour and a half|(?:one|1) and a half hours|1\s?(?:½|1/2) ?hours?", _fixed(90)),
    _rule(r"(?:two|2) and a half hours|2\s?(?:½|1/2) ?hours?", _fixed(150)),
    _rule(r"(?:three|3)[ -]quarters? of an hour|¾ of an hour|(?:forty[ -]five|45)m", _fixed(45)),
    _rule(r"(?:a )?quarter of an hour|(?:a )?quarter[ -]hour|¼ hour", _fixed(15)),
    _rule(r"half[ -]an?[ -]hour|(?:a )?half[ -]hour|½ (?:an )?hour|1/2 (?:an )?hour", _fixed(30)),
    _rule(rf"(?P<a>\d)\s*{HOURS}(?: and)?\s*(?P<b>\d{{1,2}})(?:\s*{MINUTES})?", _hours_and_minutes),
    _rule(r"(?:a )?couple of hours", _fixed(120)),
    _rule(rf"{RANGE}\s*(?:-\s*)?{MINUTES}", _both(last=True)),
    _rule(rf"{RANGE}\s*(?:-\s*)?{HOURS}", _both(60, last=True)),
    _rule(r"an hour|1 ?h", _fixed(60)),
]
SIZES = [
    _rule(rf"half a dozen(?: {PEOPLE})?", _fixed(6)),
    _rule(rf"(?:a |one )?dozen(?: or so)?(?: {PEOPLE})?", _fixed(12)),
    _rule(rf"(?:two|2) dozen(?: {PEOPLE})?", _fixed(24)),
    _rule(rf"a couple of {PEOPLE}|a pair", _fixed(2)),
    _rule(rf"a handful of {PEOPLE}", _fixed(5)),
    _rule(
        rf"(?:group|groups|team|teams|class|circle)(?: size)? of (?:about |up to |around )?{RANGE}(?: {PEOPLE})?",
        _both(),
    ),
    _rule(rf"{RANGE}\s*(?:-\s*)?{PEOPLE}", _both()),
    (re.compile(rf"(?<![\w.-])(?P<taken>{RANGE})(?=\s+{WHO}{END})", re.IGNORECASE), _both()),
    (re.compile(rf"\bfor (?P<taken>{RANGE})\s*$", re.IGNORECASE), _both()),
]

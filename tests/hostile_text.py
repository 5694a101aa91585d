"""Text on which a pattern takes as long as it can: made from the pattern itself, for whatever it repeats.

Each repetition is pumped, after what leads to it and before what spoils the match; and what leads to it is repeated as
a whole, since a search begins again at every place.
"""

import re
from collections.abc import Iterator
from itertools import chain
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

MANY = 20  # a repetition up to so often is no danger by itself
POOL = "aZ0 -.@,;:!?/\\<>&'\"’_()[]{}=+*%|#\n\té·\u00a0\x00"
SPOILERS = ("", "\x00", "\n", "!", "a")
MOST = 5
REPEATS = {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}


def hostile(pattern: re.Pattern[Any], length: int) -> list[Any]:
    """Texts, or bytes for a pattern of bytes, of about `length` each; always in the same order."""
    source = pattern.pattern.decode("latin-1") if isinstance(pattern.pattern, bytes) else pattern.pattern
    tree = _parser.parse(source, pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags)
    pairs = dict.fromkeys(_pumps(tree, [""]))
    ordered = [text for before, pump in pairs for text in _texts(before, pump, length)]
    if isinstance(pattern.pattern, bytes):
        return [text.encode("latin-1", "ignore") for text in ordered]
    return ordered


def _texts(before: str, pump: str, length: int) -> Iterator[str]:
    if pump:
        for spoiler in SPOILERS:
            yield before + pump * ((length - len(before) - 1) // len(pump)) + spoiler
    for whole in dict.fromkeys((before, before + pump, before + pump * 2)):
        if not whole:
            continue
        yield whole * (length // len(whole))


def _pumps(items: Any, before: list[str]) -> Iterator[tuple[str, str]]:
    """What leads to each repetition, and what it repeats."""
    lead = before
    for operation, value in items:
        for inside in _inside(operation, value):
            yield from _pumps(inside, lead)
        if operation in REPEATS and value[1] > MANY:
            yield from ((start, pump) for start in lead for pump in _samples(value[2]))
        lead = list(dict.fromkeys(start + one for start in lead for one in _alternatives(operation, value)))[:MOST]
    yield from ((start, "") for start in lead)  # the whole pattern, again and again


def _inside(operation: Any, value: Any) -> list[Any]:
    if operation in REPEATS:
        return [value[2]]
    if operation is code.SUBPATTERN:
        return [value[3]]
    if operation is code.BRANCH:
        return list(value[1])
    if operation in {code.ASSERT, code.ASSERT_NOT}:
        return [value[1]]
    return [value] if operation is code.ATOMIC_GROUP else []


def _samples(items: Any) -> list[str]:
    """Some texts that match the whole of `items`, different from each other."""
    found = [""]
    for operation, value in items:
        choices = _alternatives(operation, value)
        found = [start + one for start in found for one in choices][: MOST * MOST]
    return list(dict.fromkeys(found))[:MOST]


def _alternatives(operation: Any, value: Any) -> list[str]:
    if operation is code.LITERAL:
        return [chr(value)]
    if operation is code.NOT_LITERAL:
        return [one for one in POOL if ord(one) != value][:2]
    if operation is code.ANY:
        return ["a", " "]
    if operation is code.IN:
        return _members(value)
    if operation in REPEATS:
        return [one * max(value[0], 1) for one in _samples(value[2])] + ([""] if value[0] == 0 else [])
    if operation is code.BRANCH:
        return list(chain.from_iterable(_samples(branch)[:2] for branch in value[1]))[: 2 * MOST]
    if operation is code.SUBPATTERN:
        return _samples(value[3])
    if operation is code.ATOMIC_GROUP:
        return _samples(value)
    return [""]  # places and conditions take no room


def _members(value: Any) -> list[str]:
    """Some of the characters of a set, as different as possible."""
    named = [chr(item[1]) for item in value if item[0] is code.LITERAL]
    named += [chr(item[1][0]) for item in value if item[0] is code.RANGE]
    is_negated = value[0][0] is code.NEGATE
    candidates = [*POOL, *named]
    fitting = [one for one in dict.fromkeys(candidates) if _fits(one, value) != is_negated]
    return fitting[:MOST] or ["a"]


def _fits(character: str, value: Any) -> bool:
    number = ord(character)
    for operation, what in value:
        if operation is code.LITERAL and number == what:
            return True
        if operation is code.RANGE and what[0] <= number <= what[1]:
            return True
        if operation is code.CATEGORY and re.fullmatch(CATEGORIES[what], character):
            return True
    return False


CATEGORIES = {
    code.CATEGORY_DIGIT: r"\d",
    code.CATEGORY_NOT_DIGIT: r"\D",
    code.CATEGORY_SPACE: r"\s",
    code.CATEGORY_NOT_SPACE: r"\S",
    code.CATEGORY_WORD: r"\w",
    code.CATEGORY_NOT_WORD: r"\W",
}

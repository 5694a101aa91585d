"""How does what somebody typed become a question to PostgreSQL? All words, each in any of the ways it can be said.

Takes words that hub/spelling.py made, letters and numbers only, so nothing that was typed is ever read as an operator.
"""

from itertools import combinations
from typing import Any

from django.contrib.postgres.search import SearchQuery

from hub.search.known import Known
from hub.search.phrases import without_little
from hub.spelling import spelled, words_in

LONGEST_PHRASE = 4
SHORT, LONG = 5, 7  # from how many letters on a word may lose one, or two


def as_typed(words: list[str], dictionary: str = "english") -> SearchQuery:
    """Pages that have all of `words`, as that dictionary knows them."""
    return _raw(" & ".join(_lexeme(word) for word in words), config=dictionary)


def as_written(words: list[str], dictionary: str) -> SearchQuery:
    """The same for another language. Without a dictionary words lose their endings roughly: “pomoc” finds “pomocy”."""
    if dictionary != "simple":
        return as_typed(words, dictionary)
    return _raw(" & ".join(f"'{_without_ending(spelled(word))}':*" for word in words), config=dictionary)


def _without_ending(word: str) -> str:
    return word[: len(word) - (len(word) >= SHORT) - (len(word) >= LONG)]


def as_meant(words: list[str], known: Known, calls: list[range]) -> SearchQuery:
    """Pages that have all of `words`, or for each of them, or each phrase among them, something that means the same."""
    asked: Any = _raw(" & ".join(_any_of(group) for group in _between(_of_several(calls), words, known)))
    for call in _of_several(calls):
        asked &= _said_just_so(words[call.start : call.stop])
    return asked


def has_synonyms(words: list[str], known: Known) -> bool:
    """Whether anything that was typed can be said in another way."""
    return any(len(group) > 1 for group in said_in_other_ways(words, known))


def any_word(words: list[str], known: Known, calls: list[range]) -> SearchQuery:
    """Pages that have at least one of them. Beside a call for help: of the subjects that our lists know."""
    groups = _between(_of_several(calls), words, known)
    alone = [words[call.start] for call in calls if len(call) == 1]
    if calls:
        groups = [group for group in groups if len(group) > 1 or group[0] in alone]
    return _raw(" | ".join(_any_of(group) for group in groups))


def _of_several(calls: list[range]) -> list[range]:
    return [call for call in calls if len(call) > 1]


def _between(calls: list[range], words: list[str], known: Known) -> list[list[str]]:
    """What stands before, between and after the calls, in every way it can be said."""
    begins, ends = [0, *(call.stop for call in calls)], [*(call.start for call in calls), len(words)]
    pieces = (words[begin:end] for begin, end in zip(begins, ends, strict=True))
    return [group for piece in pieces for group in said_in_other_ways(piece, known)]


def _said_just_so(words: list[str]) -> Any:
    """Pages that have a call for help in just these words, and not “hits” alone: in the title, or if it says more."""
    titled = in_title(words, side_by_side=True)
    return titled | _raw(_phrase(words)) if len(without_little(words)) > 1 else titled


def in_title(words: list[str], *, side_by_side: bool = False) -> SearchQuery:
    """Pages with all of `words`, also little ones like “who”, in their title."""
    between = " <-> " if side_by_side else " & "
    return _raw(between.join(f"'{spelled(word)}':A" for word in words), config="simple")


def mostly_titled(words: list[str]) -> SearchQuery | None:
    """Pages with any two of `words`, little ones aside, in their title; None when there are not two."""
    pairs = combinations(dict.fromkeys(without_little(words)), 2) if len(without_little(words)) > 1 else ()
    either = [f"({_lexeme(one)}:A & {_lexeme(other)}:A)" for one, other in pairs]
    return _raw(" | ".join(either)) if either else None


def said_in_other_ways(words: list[str], known: Known) -> list[list[str]]:
    """Each word, or the longest phrase from it that is on a list of synonyms, with all that means the same."""
    groups, at = [], 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = words[at : at + length]
            same = known.same_as(phrase)
            if same or length == 1:
                groups.append(list(dict.fromkeys([" ".join(phrase), *same])))
                at += length
                break
    return groups


def _any_of(phrases: list[str]) -> str:
    return "(" + " | ".join(_phrase(words_in(phrase)) for phrase in phrases if words_in(phrase)) + ")"


def _phrase(words: list[str]) -> str:
    return "(" + " <-> ".join(_lexeme(word) for word in words) + ")"


def _lexeme(word: str) -> str:
    return f"'{spelled(word)}'"


def _raw(query: str, config: str = "english") -> SearchQuery:
    return SearchQuery(query, search_type="raw", config=config)

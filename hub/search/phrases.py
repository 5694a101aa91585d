"""Where does a phrase of our lists stand in what was typed? Little words between its own are passed over.

“feeling low” stands in “I’m feeling so very low”, and “hits my mum” in “he hits ma maw”: one of the family is another.
Refuses to guess at short words that nothing beside them vouches for.
"""

from collections.abc import Sequence
from functools import lru_cache

from hub.nearness import is_nearly, is_slip_of
from hub.spelling import spelled, stem, words_in

LITTLE_WORDS = (
    "a an and are as at be by can do for from going had has have he how i in is it me my no not of on or our she so "
    "that the they this to very was we what where who will with you your"
)
LITTLE = frozenset(LITTLE_WORDS.split())
BETWEEN = (LITTLE - {"no", "not"}) | frozenset(
    "all really just too am im ive been got get some any again still always much him her his them us these those myself "
    "ma wee small every day".split()
)
MOST_BETWEEN = 3
LONGEST_TOGETHER = 4
VOUCHES = 4  # letters of a word by which its neighbours are believed
QUOTES = "“”\"'‘"
OF_A_FAMILY = (
    "mum mam maw mother dad da father faither partner husband wife man boyfriend girlfriend bf gf ex brother sister son "
    "daughter gran granny nana grandad stepdad stepmum uncle aunt cousin friend pal mate",
    "child children kid kids wean weans bairn bairns baby babies boy girl boys girls laddie lassie",
)
FAMILIES = [frozenset(map(spelled, names.split())) for names in OF_A_FAMILY]
SAID_SO = {"canny": "cant", "ma": "my", "a": "i", "ah": "i", "am": "im"}  # and only beside words that are sure


def place_of(phrase: str, typed: Sequence[str]) -> range | None:
    """The words of `typed` that say `phrase`, small slips in long ones allowed. One in quotation marks has to be all."""
    wanted = _words_of(phrase)
    if not wanted or (phrase[0] in QUOTES and len(wanted) != len(typed)):
        return None
    places = (_from(typed, at, wanted) for at in range(len(typed)))
    return next(filter(None, places), None) or _written_together(typed, wanted)


def without_little(words: Sequence[str]) -> list[str]:
    """Those that a page could be about; all of them when there is none."""
    return [word for word in words if spelled(word) not in LITTLE] or list(words)


def _from(typed: Sequence[str], at: int, wanted: Sequence[str]) -> range | None:
    pairs, place, passed = [], at, 0
    for word in wanted:
        while place < len(typed) and not _may_be(typed[place], word):
            if not pairs or passed == MOST_BETWEEN or spelled(typed[place]) not in BETWEEN:
                return None
            place, passed = place + 1, passed + 1
        if place == len(typed):
            return None
        pairs.append((typed[place], word))
        place, passed = place + 1, 0
    return range(at, place) if _are_meant(pairs) else None


def _may_be(typed: str, wanted: str) -> bool:
    return _is_sure(typed, wanted) or _stands_for(typed, wanted) or is_nearly(typed, wanted)


def _is_sure(typed: str, wanted: str) -> bool:
    return stem(typed) == stem(wanted) or is_slip_of(typed, wanted)


def _stands_for(typed: str, wanted: str) -> bool:
    """Another of the family, or a word of Scots that is a word of English too."""
    if stem(SAID_SO.get(typed, typed)) == stem(wanted):
        return True
    return any(spelled(typed) in family and spelled(wanted) in family for family in FAMILIES)


def _are_meant(pairs: Sequence[tuple[str, str]]) -> bool:
    """One word that is surely meant vouches for others beside it: “mental helth”, “food bnk”, “hits ma maw”."""
    sure = [_is_sure(one, other) for one, other in pairs]
    vouched = any(is_sure and len(other) >= VOUCHES for is_sure, (_, other) in zip(sure, pairs, strict=True))
    return vouched or all(sure)


def _written_together(typed: Sequence[str], wanted: Sequence[str]) -> range | None:
    """“nhs24” says “NHS 24”, “child line” says “Childline”, and “some one to talk to” is “someone to talk to”."""
    together, most = "".join(wanted), len(wanted) + 1
    ends = ((at, at + length) for length in range(1, max(LONGEST_TOGETHER, most) + 1) for at in range(len(typed) - length + 1))
    return next((range(at, end) for at, end in ends if "".join(typed[at:end]) == together), None)


@lru_cache(maxsize=5_000)
def _words_of(phrase: str) -> tuple[str, ...]:
    return tuple(words_in(phrase))

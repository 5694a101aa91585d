"""Where does a phrase of our lists stand in what was typed? Little words between its own are passed over.

“feeling low” stands in “I’m feeling so very low”, and “hits my mum” in “he batters ma maw”.
Refuses to guess at short words that nothing beside them vouches for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from hub.nearness import is_nearly, is_slip_of
from hub.spelling import spelled, stem, words_in

LITTLE_WORDS = (  # those that PostgreSQL passes over in English, and a few more
    "a about above after again against all am an and any are as at be because been before being below between both "
    "but by can did do does doing down during each few for from further get going got had has have having he her here "
    "hers herself him himself his how i if im in into is it its itself ive just me more most my myself no nor not now "
    "of off on once only or other our ours out over own really same she should so some such than that the their theirs "
    "them then there these they this those through to too under until up us very was we were what when where which "
    "while who whom why will with you your yours"
)
LITTLE = frozenset(LITTLE_WORDS.split())
PASSED_OVER = "ma wee small every day always still much many"
BETWEEN = (LITTLE - {"no", "not", "me"}) | frozenset(PASSED_OVER.split())
# What stands round a subject in a question: “what do we mean by stigma”, “helping with debt”.
ASKING_WORDS = "mean meaning definition explain tell know learn understand info information advice help guide tip"
MOST_BETWEEN = 3
LONGEST_TOGETHER = 4
VOUCHES = 4  # letters of a word by which its neighbours are believed
QUOTES = "“”\"'‘"
FAMILY = (
    "him her them mum mam maw ma mother dad da father faither parent partner husband wife man boyfriend girlfriend bf "
    "gf ex brother sister son daughter gran granny nana grandad stepdad stepmum uncle aunt cousin friend pal mate"
)
CHILDREN = "child children kid kids wean weans bairn bairns baby babies boy girl boys girls laddie lassie teenager teen"
# Among other words, one of these says as much as another.
ALIKE = (
    FAMILY,
    CHILDREN,
    "myself masel himself herself themselves hisself",
    "hit beat batter hurt punch kick slap strangle choke leather thump attack",
    "scared afraid frightened terrified",
    "talk speak chat",
)
WHOSE = frozenset({"my", "a", "the", "his", "her"})
OF_ONESELF = "i im ive id ill me myself am ma masel ah"
THEMSELVES = frozenset(OF_ONESELF.split())
ASKING = frozenset(map(stem, ASKING_WORDS.split()))
ALIKE_STEMS = [frozenset(map(stem, words.split())) for words in ALIKE]
SAID_SO = {
    "canny": "cant",
    "ma": "my",
    "a": "i",
    "ah": "i",
    "am": "im",
    "our": "my",
}  # and only beside words that are sure


@dataclass(frozen=True, slots=True)
class Wanted:
    """A phrase of a list, read once: its words, whether they have to be all that is typed, and all of them as one."""

    words: tuple[str, ...]
    is_all: bool
    together: str


def place_of(phrase: str, typed: Sequence[str]) -> range | None:
    """The words of `typed` that say `phrase`, small slips in long ones allowed. In quotation marks it has to be all."""
    wanted = _wanted(phrase)
    if not wanted.words or (wanted.is_all and len(wanted.words) != len(typed)):
        return None
    for at, word in enumerate(typed):
        place = _from(typed, at, wanted.words) if _may_be(word, wanted.words[0]) else None
        if place:
            return place
    return _written_together(typed, wanted) if wanted.together in "".join(typed) else None


def without_little(words: Sequence[str]) -> list[str]:
    """Those that a page could be about; all of them when there is none."""
    return [word for word in words if spelled(word) not in LITTLE] or list(words)


def subjects_of(words: Sequence[str]) -> list[str]:
    """Those of a question that say what it is about; all of them when there is none."""
    return [word for word in without_little(words) if stem(word) not in ASKING] or list(words)


def speaks_of_themselves(typed: Sequence[str]) -> bool:
    """“I feel empty”, “my dad punches walls”: somebody tells of their own life, and asks no question about ours."""
    whose = [word for before, word in pairwise(typed) if before in {"my", "ma"}]
    return not THEMSELVES.isdisjoint(typed) or any(is_of_a_family(word) for word in whose)


@lru_cache(maxsize=5_000)
def is_of_a_family(word: str) -> bool:
    """Whether it is somebody close: a mother, a friend, a child."""
    return any(stem(word) in family for family in ALIKE_STEMS[:2])


def _from(typed: Sequence[str], at: int, wanted: Sequence[str]) -> range | None:
    pairs: list[tuple[str, str]] = []
    place, passed = at, 0
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


@lru_cache(maxsize=100_000)
def _may_be(typed: str, wanted: str) -> bool:
    return _stands_for(typed, wanted) or (
        typed[0] == wanted[0] and (_is_sure(typed, wanted) or is_nearly(typed, wanted))
    )


@lru_cache(maxsize=50_000)
def _is_sure(typed: str, wanted: str) -> bool:
    return stem(typed) == stem(wanted) or is_slip_of(typed, wanted)


def _stands_for(typed: str, wanted: str) -> bool:
    """Another that says as much, or a word of Scots that is a word of English too."""
    if stem(SAID_SO.get(typed, typed)) == stem(wanted):
        return True
    return any(stem(typed) in alike and stem(wanted) in alike for alike in ALIKE_STEMS)


def _are_meant(pairs: Sequence[tuple[str, str]]) -> bool:
    """One word that is surely meant vouches for others beside it: “mental helth”, “food bnk”, “hits ma maw”."""
    is_alone = len(pairs) == 1
    sure = [_is_sure(one, other) or (not is_alone and _stands_for(one, other)) for one, other in pairs]
    vouched = any(is_sure and len(other) >= VOUCHES for is_sure, (_, other) in zip(sure, pairs, strict=True))
    return vouched or all(sure)


def _written_together(typed: Sequence[str], wanted: Wanted) -> range | None:
    """“nhs24” says “NHS 24”, “child line” says “Childline”, and “some one to talk to” is “someone to talk to”."""
    most = max(LONGEST_TOGETHER, len(wanted.words) + 1)
    ends = ((at, at + length) for length in range(1, most + 1) for at in range(len(typed) - length + 1))
    return next((range(at, end) for at, end in ends if "".join(typed[at:end]) == wanted.together), None)


@lru_cache(maxsize=5_000)
def _wanted(phrase: str) -> Wanted:
    """“my mum died” stands in “mum died” too, and “losing the house” in “losing our house”."""
    words = words_in(phrase)
    says_much = sum(spelled(word) not in LITTLE for word in words) > 1
    said = [
        word
        for word, after in pairwise([*words, ""])
        if not after or not ((word in WHOSE and is_of_a_family(after)) or (word in {"a", "the"} and says_much))
    ]
    return Wanted(tuple(said), phrase[:1] in QUOTES, "".join(words))

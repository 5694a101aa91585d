"""Is this word only a slip of the pen for that one? Refuses whatever might be another word, or somebody's own.

A slip is one letter left out, too many, wrong or swapped, which made what is no word at all out of a word that is
in the list of English words. Neither may carry the meaning: a negation, a number, a unit, a person (slips.toml).
The families' own words are in no English list; the Scots of ours is left alone like any other word.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from spellchecker import SpellChecker

LISTS: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
NEGATIONS, NUMBERS, NEVER_A_NAME, SCOTS = (
    frozenset(LISTS[name].split()) for name in ("negations", "numbers", "never_a_name", "scots")
)
SLIPS = frozenset(tuple(line.split()) for line in LISTS["slips"].split("\n") if line)
CARRIES_MEANING = (
    NEGATIONS | NUMBERS | frozenset(" ".join(LISTS[name] for name in ("turns", "units", "persons")).split())
)
"""A change in one of these is never a slip of the pen, but for the few pairs in `SLIPS`."""

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzàèìòùáéíóú")
"""English, Scots and Gaelic. A letter of any other alphabet may only look like one of these."""

SHORTEST = 4
SAYS_NO_BEFORE = ("un", "in", "im", "il", "ir", "dis", "mis", "non")
SAYS_NO_AFTER = ("less", "nt", "nae", "na")
ROMAN = re.compile(r"m*(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
BRITISH = [
    (re.compile("our"), "or"),
    (re.compile("is(?=(e[drs]?|ing|ations?)$)"), "iz"),
    (re.compile("ys(?=(e[drs]?|ing)$)"), "yz"),
    (re.compile("tre(?=s?$)"), "ter"),
    (re.compile("ll(?=(ed|ing|[eo]rs?)$)"), "l"),
]


def may_be_a_slip(old: str, new: str) -> bool:
    """Whether `old` was never anything but `new` misspelt. Both as they stand, without the marks around them."""
    if (old, new) in SLIPS:
        return True
    return (
        min(len(old), len(new)) >= SHORTEST
        and LETTERS.issuperset(old + new)
        and old[0] == new[0]
        and old.endswith("s") == new.endswith("s")
        and _is_one_slip(old, new)
        and not (_carries_meaning(old) or _carries_meaning(new) or _one_says_no(old, new))
        and is_a_word(new)
        and not is_a_word(old)
    )


def is_a_word(word: str) -> bool:
    """Whether `word`, in lower case, is English as it is spelt in Britain or America, or Scots from our list."""
    if word in SCOTS or word in _english():
        return True
    return any(british.sub(american, word) in _english() for british, american in BRITISH)


def _carries_meaning(word: str) -> bool:
    return bool(word in CARRIES_MEANING or ROMAN.fullmatch(word))


def _one_says_no(old: str, new: str) -> bool:
    """Whether a syllable turns one of them round and not the other: “unkind”, “helpless”, “didnae”."""
    for one, other in ((old, new), (new, old)):
        before = [one.removeprefix(no) for no in SAYS_NO_BEFORE if one.startswith(no) and not other.startswith(no)]
        after = [one.removesuffix(no) for no in SAYS_NO_AFTER if one.endswith(no) and not other.endswith(no)]
        if any(is_a_word(rest) for rest in before + after):
            return True
    return False


def _is_one_slip(old: str, new: str) -> bool:
    """One letter left out, too many or wrong, or two that changed places."""
    if len(old) == len(new):
        wrong = [place for place in range(len(old)) if old[place] != new[place]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and old[wrong[0]] == new[wrong[1]]
        return len(wrong) == 1 or (swapped and old[wrong[1]] == new[wrong[0]])
    short, long = sorted((old, new), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


@cache
def _english() -> frozenset[str]:
    """160,000 words, read once in a process, when the first correction is looked at."""
    return frozenset(SpellChecker(language="en").word_frequency.words())

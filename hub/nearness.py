"""Could this word have been meant for that one? Slips of the finger and the way Scots is written, with a bound.

Short words have to be right: “debt” is no slip of “date”.
"""

import re

# (letters in the word, slips allowed): the longer the word, the more.
BOUNDS = ((8, 2), (4, 1))
SURE = 6  # from this length on, a word may be taken for another without looking whether it is used here
SURE_OF_TWO = 9  # and with two slips from this one on: “building” is no slip of “bullying”
# Scots as it is spoken and English as it is written, made alike: hoose, hame, heid, richt.
SOUNDS = [
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"cht"), "ght"),
    (re.compile(r"ou|ow|oo|ui|u"), "o"),
    (re.compile(r"ae|ai|ay|a"), "o"),
    (re.compile(r"ea|ei|ie|ee|i|y"), "e"),
    (re.compile(r"wh"), "w"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"e$"), ""),
]


def slips_allowed(word: str) -> int:
    """How many slips a word of this length may have."""
    return next((slips for letters, slips in BOUNDS if len(word) >= letters), 0)


def is_slip_of(typed: str, meant: str) -> bool:
    """Whether `typed` is surely meant for `meant`, of which it has the first letter."""
    if min(len(typed), len(meant)) < SURE or typed[0] != meant[0]:
        return False
    return distance(typed, meant, at_most=2 if len(meant) >= SURE_OF_TWO else 1) is not None


def is_nearly(typed: str, meant: str) -> bool:
    """Whether a short word, in company that is surely meant, may be this one: one slip, or it sounds the same."""
    if typed[0] != meant[0]:
        return False
    return distance(typed, meant, at_most=1) is not None or sound(typed) == sound(meant)


def sound(word: str) -> str:
    """What is left of a word when spellings that sound alike are made one."""
    for pattern, instead in SOUNDS:
        word = pattern.sub(instead, word)
    return word


def cost(typed: str, meant: str) -> float | None:
    """How far `typed` is from `meant`, smaller is nearer; None when further than the bound."""
    slips = distance(typed, meant, at_most=slips_allowed(typed))
    if typed[:1] == meant[:1] and len(typed) > 3 and sound(typed) == sound(meant):
        slips = 0.5 if slips is None else min(slips, 0.5)
    if slips is None:
        return None
    return slips + (0 if typed[:1] == meant[:1] else 0.4) + (0.1 if len(typed) != len(meant) else 0)


def distance(one: str, other: str, *, at_most: int) -> float | None:
    """How many letters are missing, too many, wrong or swapped; None when more than `at_most`."""
    if abs(len(one) - len(other)) > at_most:
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        two_before, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, two_before[j - 2] + 1)
            row.append(best)
        if min(row) > at_most:
            return None
    return row[-1] if row[-1] <= at_most else None


def pieces(word: str) -> list[str]:
    """The pieces by which words like `word` are found: three letters each, and its first letter with its length."""
    padded = f"_{word}_"
    threes = {padded[at : at + 3] for at in range(len(padded) - 2)}
    return sorted({*threes, f"{word[:1]}{len(word)}"})


def pieces_to_look_for(word: str) -> list[str]:
    """The pieces of words that `word` could be meant for."""
    starts = {f"{word[:1]}{length}" for length in range(len(word) - 2, len(word) + 3)}
    return sorted({*pieces(word), *starts})

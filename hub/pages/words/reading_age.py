"""How old must somebody be to read this with ease? Flesch and Kincaid's grade plus five, in years.

A rough measure: it counts syllables and sentences and knows nothing of sense. It is said as a hint and bars nothing.
"""

import re
from functools import cache

import pyphen

GRADE_TO_AGE = 5
_SENTENCE_ENDS = re.compile(r"[.!?:\n]+")
_WORD = re.compile(r"[A-Za-z’']+")


@cache
def _syllables() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


def sentences_of(text: str) -> list[str]:
    """The sentences of `text`. A line ends one too, as headings and list items do."""
    return [piece.strip() for piece in _SENTENCE_ENDS.split(text) if re.search(r"[A-Za-z]", piece)]


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def reading_age(text: str) -> float:
    """Years of age. Raises ValueError for a text without a word, which has none."""
    sentences, words = sentences_of(text), words_of(text)
    if not words:
        raise ValueError("A text without words has no reading age.")
    syllables = sum(len(_syllables().inserted(word).split("-")) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 + GRADE_TO_AGE

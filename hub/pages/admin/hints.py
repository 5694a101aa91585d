"""Hints for whoever writes: words that stigmatise, how hard it is to read, sentences that are long. Never a gate.

Only about what staff wrote (passages.py): nobody's own words are judged here. About the draft as it was last saved.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from hub.pages.models import GlossaryTerm
from hub.pages.words.passages import StaffPassage, staff_passages
from hub.pages.words.reading_age import reading_age, sentences_of, words_of

LONG_SENTENCE = 25  # words
EASY_ENOUGH = 12  # years of age
WORTH_MEASURING = 40  # words
LONGEST_LISTED = 3


@dataclass(frozen=True, slots=True)
class WordHint:
    """A word that stigmatises, as it was written and where, with what to say instead."""

    found: str
    where: list[str]
    instead: str
    why: str


@dataclass(frozen=True, slots=True)
class Hints:
    """Everything there is to say about one page. `age` is None for a page too short to measure."""

    words: list[WordHint]
    age: int | None
    long_sentences: list[str]

    @property
    def is_easy(self) -> bool:
        return self.age is None or self.age <= EASY_ENOUGH

    @property
    def count(self) -> int:
        return len(self.words) + len(self.long_sentences) + (not self.is_easy)


def hints_for(page: Any) -> Hints:
    """What there is to hint at in the staff's own words on `page`. One query."""
    passages = staff_passages(page)
    text = "\n".join(passage.text for passage in passages)
    sentences = sentences_of(text)
    long = sorted((s for s in sentences if len(words_of(s)) > LONG_SENTENCE), key=lambda s: -len(words_of(s)))
    enough = len(words_of(text)) >= WORTH_MEASURING
    return Hints(
        words=words_that_hurt(passages, GlossaryTerm.objects.filter(is_active=True)),
        age=round(reading_age(text)) if enough else None,
        long_sentences=long[:LONGEST_LISTED],
    )


def words_that_hurt(passages: list[StaffPassage], terms: Iterable[GlossaryTerm]) -> list[WordHint]:
    """Every term that stands in `passages`, once, with each place. Reads the text once for all of them."""
    by_form = {form.lower(): term for term in terms for form in term.forms}
    if not by_form:
        return []
    forms = "|".join(re.escape(form) for form in sorted(by_form, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE)
    found: dict[str, WordHint] = {}
    for passage in passages:
        for match in pattern.finditer(passage.text):
            term = by_form[match[0].lower()]
            hint = found.setdefault(term.term, WordHint(match[0], [], term.instead, term.why))
            if passage.where not in hint.where:
                hint.where.append(passage.where)
    return list(found.values())

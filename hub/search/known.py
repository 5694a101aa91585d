"""What the search knows before it looks: needs for help, telephone numbers, synonyms, what comes first, the partners.

Short lists that people keep in the admin, read together in one query, and kept while nothing changes (ADR 039).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from wagtail.models import Site

from hub.nearness import is_nearly, is_slip_of
from hub.pages import help_numbers
from hub.pages.help_numbers import Number
from hub.pages.models import HelpLine, HubPage, SearchBestBet, SearchNeed, SearchSynonyms
from hub.pages.models.search_lists import phrases_of
from hub.pages.pieces import kept
from hub.pages.visibility import holds_nobody
from hub.partners.models import Partner
from hub.spelling import stem, stems, words_in

MOST_NUMBERS = 5
TITLES = 24
LONGEST_PHRASE = 4
VOUCHES = 4  # letters of a word by which its neighbours are believed
QUOTES = "“”\"'‘"

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All of it, as rows."""

    needs: list[dict[str, Any]]
    synonyms: list[list[str]]
    bets: list[dict[str, Any]]
    numbers: list[Number]
    partners: list[dict[str, Any]]
    same: dict[Stems, list[str]]  # all that means the same, by the stems of each phrase
    titles: list[str]  # of public pages without a story, to be offered before anybody types

    def partner_choices(self) -> list[tuple[str, str]]:
        """The open partners, by the word that stands for each in an address."""
        return [(partner["slug"], partner["short_name"]) for partner in self.partners]

    def numbers_about(self, words: list[str]) -> list[Number]:
        """Whom to phone about what was typed, a help line named in it first; nobody when it asks for no help."""
        named = [n for n in self.numbers if _says(words, n.name) or _dials(words, n)]
        asked = [need for need in self.needs if any(_says(words, phrase) for phrase in phrases_of(need["words"]))]
        if not asked:
            same = {topic for number in named for topic in number.topics}
            others = [n for n in self.numbers if n not in named and same.intersection(n.topics)]
            return [*named, *help_numbers.sorted_for((), others)][:MOST_NUMBERS] if named else []
        topics = {topic for need in asked for topic in need["topics"]}
        right = [n for n in self.numbers if n not in named and (topics.intersection(n.topics) if topics else n.is_line)]
        if any(need["in_bsl_or_text"] for need in asked):
            right = [n for n in right if n.bsl or n.text_number]
        return [*named, *help_numbers.sorted_for(topics, right)][:MOST_NUMBERS]

    def same_as(self, words: list[str]) -> list[str]:
        """Every phrase that means the same as the whole of `words`."""
        return self.same.get(tuple(stem(word) for word in words), [])

    def first_for(self, words: list[str]) -> list[str]:
        """The addresses of the pages that come first: for all that was typed, or for a phrase of some words in it."""
        typed = tuple(stem(word) for word in words)
        return [bet["address"] for bet in self.bets if any(_is_in(typed, stems(p)) for p in phrases_of(bet["words"]))]

    def words(self) -> set[str]:
        """Every word on these lists: what a slip of the finger may have meant."""
        texts = [need["words"] for need in self.needs] + [bet["words"] for bet in self.bets]
        texts += [phrase for group in self.synonyms for phrase in group]
        texts += [partner[name] for partner in self.partners for name in ("name", "short_name")]
        return {word for text in texts for word in words_in(text)}


def what_is_known(site: Site | None) -> Known:
    """The lists as they are now: made once for each generation, for no story is named on them."""
    return kept(("what the search knows", site.pk), lambda: _read(site)) if site else _known(None)


def _read(site: Site) -> Known:
    titles = titles_to_offer(site).filter(expire_at=None)  # what lapses may be gone before anything changes
    return _known(
        Site.objects.filter(pk=site.pk)
        .values_list(
            _all(SearchNeed.objects.order_by("name"), "words", "topics", "in_bsl_or_text"),
            _all(SearchSynonyms.objects.order_by("pk"), "words"),
            _all(SearchBestBet.objects.order_by("pk"), "words", "address"),
            _all(HelpLine.objects.order_by("pk"), *help_numbers.COLUMNS),
            _all(help_numbers.partner_lines().order_by("pk"), *help_numbers.COLUMNS),
            _all(Partner.objects.filter(is_open=True).order_by("name"), "slug", "name", "short_name"),
            ArraySubquery(titles.values("title")[:TITLES]),
        )
        .first()
    )


def _known(row: Any) -> Known:
    needs, synonyms, bets, lines, partner_lines, partners, titles = row or ([], [], [], [], [], [], [])
    groups = [phrases_of(group["words"]) for group in synonyms]
    return Known(
        needs=needs,
        synonyms=groups,
        same=_by_stems(groups),
        bets=bets,
        numbers=help_numbers.from_rows([*lines, *partner_lines]),
        partners=partners,
        titles=titles,
    )


def _by_stems(groups: list[list[str]]) -> dict[Stems, list[str]]:
    same: dict[Stems, list[str]] = {}
    for group in groups:
        for phrase in group:
            same.setdefault(stems(phrase), []).extend(group)
    return same


def titles_to_offer(site: Site | None) -> Any:
    """The public pages that may be suggested: in English, and those that hold no story: none is ever hinted at."""
    english = HubPage.objects.live().exclude(content_type__model="translationpage")
    pages = english.filter(holds_nobody(), search_entry__isnull=False).order_by("path")
    return pages.filter(path__startswith=site.root_page.path) if site else pages


def _all(rows: Any, *columns: str) -> ArraySubquery:
    return ArraySubquery(rows.values(json=JSONObject(**{column: column for column in columns})))


def _says(words: Collection[str], phrase: str) -> bool:
    """Whether all words of `phrase` stand side by side in what was typed, small slips in long words allowed.

    A phrase in quotation marks has to be all that was typed.
    """
    wanted, typed = _words_of(phrase), list(words)
    if not wanted or (phrase[0] in QUOTES and len(wanted) != len(typed)):
        return False
    places = range(len(typed) - len(wanted) + 1)
    return any(_alike(typed[at : at + len(wanted)], wanted) for at in places) or _written_together(typed, wanted)


def _dials(words: Collection[str], number: Number) -> bool:
    """Whether what was typed is its telephone number, with or without spaces."""
    typed = "".join(words)
    return bool(typed) and typed == "".join(digit for digit in number.phone if digit.isdigit())


def _is_in(typed: Stems, phrase: Stems) -> bool:
    """Whether `phrase` is `typed`, or has several words that stand in it side by side. One word of many says little."""
    if len(phrase) < 2:
        return typed == phrase
    return any(typed[at : at + len(phrase)] == phrase for at in range(len(typed) - len(phrase) + 1))


def _written_together(typed: Sequence[str], wanted: Sequence[str]) -> bool:
    """“nhs24” says “NHS 24”, and “child line” says “Childline”."""
    together = "".join(wanted)
    ends = [(at, at + length) for length in range(1, LONGEST_PHRASE + 1) for at in range(len(typed) - length + 1)]
    return any("".join(typed[at:end]) == together for at, end in ends)


@lru_cache(maxsize=5_000)
def _words_of(phrase: str) -> tuple[str, ...]:
    return tuple(words_in(phrase))


def _alike(typed: Sequence[str], wanted: Sequence[str]) -> bool:
    """Word by word. One that is surely meant vouches for short ones beside it: “mental helth”, “food bnk”."""
    pairs = list(zip(typed, wanted, strict=True))
    sure = [stem(one) == stem(other) or is_slip_of(one, other) for one, other in pairs]
    if not any(is_sure and len(other) >= VOUCHES for is_sure, (_, other) in zip(sure, pairs, strict=True)):
        return all(sure)
    return all(is_sure or is_nearly(one, other) for is_sure, (one, other) in zip(sure, pairs, strict=True))

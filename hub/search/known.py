"""What the search knows before it looks: needs for help, telephone numbers, synonyms, what comes first, the partners.

Short lists that people keep in the admin, read together in one query, and kept while nothing changes (ADR 039).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from wagtail.models import Site

from hub.pages import help_numbers
from hub.pages.help_numbers import Number
from hub.pages.models import HelpLine, HubPage, SearchBestBet, SearchNeed, SearchSynonyms
from hub.pages.models.search_lists import phrases_of
from hub.pages.pieces import kept
from hub.pages.visibility import holds_nobody
from hub.partners.models import Partner
from hub.search.phrases import is_of_a_family, place_of, speaks_of_themselves, subjects_of, without_little
from hub.spelling import stem, stems, words_in

MOST_NUMBERS = 5
TITLES = 24
LONG_NAME = 6  # letters: a shorter name of one word may be any word, as FIRST is
PHONING = "number phone telephone call ring contact office help line helpline"
TO_PHONE = frozenset(PHONING.split())

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """All of it, as rows."""

    needs: list[dict[str, Any]]  # each with its "phrases", and so are bets
    synonyms: list[list[str]]
    bets: list[dict[str, Any]]
    numbers: list[Number]
    partners: list[dict[str, Any]]
    same: dict[Stems, list[str]]  # all that means the same, by the stems of each phrase
    subjects: frozenset[Stems]  # single words that these lists know as what a page may be about
    titles: list[str]  # of public pages without a story, to be offered before anybody types

    def partner_choices(self) -> list[tuple[str, str]]:
        """The open partners, by the word that stands for each in an address."""
        return [(partner["slug"], partner["short_name"]) for partner in self.partners]

    def numbers_about(self, words: list[str]) -> list[Number]:
        """Whom to phone about what was typed, a help line named in it first; nobody when it asks for no help."""
        named = [n for n in self.numbers if _names(words, n) or _dials(words, n)]
        asked = [need for need in self.needs if any(place_of(phrase, words) for phrase in need["phrases"])]
        if not asked:
            same = {topic for number in named for topic in number.topics}
            others = [n for n in self.numbers if n not in named and same.intersection(n.topics)]
            if not named and self._is_about_themselves(words):
                others = [n for n in self.numbers if n.is_line]
            return [*named, *help_numbers.sorted_for((), others)][:MOST_NUMBERS]
        topics = {topic for need in asked for topic in need["topics"]}
        right = [n for n in self.numbers if n not in named and (topics.intersection(n.topics) if topics else n.is_line)]
        if any(need["in_bsl_or_text"] for need in asked):
            right = [n for n in right if n.bsl or n.text_number]
        return [*named, *help_numbers.sorted_for(topics, right)][:MOST_NUMBERS]

    def _is_about_themselves(self, words: list[str]) -> bool:
        """Whether somebody tells of their own life, in words of which no list knows one."""
        is_ours = any((stem(word),) in self.subjects for word in words if not is_of_a_family(word))
        return speaks_of_themselves(words) and not is_ours and not self.first_for(words)

    def same_as(self, words: list[str]) -> list[str]:
        """Every phrase that means the same as the whole of `words`."""
        return self.same.get(tuple(stem(word) for word in words), [])

    def first_for(self, words: list[str]) -> list[str]:
        """The addresses of the pages that come first: for all that was typed, or for a phrase of some words in it.

        For a single word too, when the others are subjects of ours as well: “debt letters”, “reception staff”.
        """
        phrases = [(phrase, bet["address"]) for bet in self.bets for phrase in bet["phrases"]]
        found = [address for phrase, address in phrases if len(stems(phrase)) > 1 and place_of(phrase, words)]
        about = {(stem(word),) for word in subjects_of(words)}
        if about <= self.subjects:
            found += [address for phrase, address in phrases if stems(phrase) in about]
        return list(dict.fromkeys(found))

    def calls(self, words: list[str]) -> list[range]:
        """Where in `words` somebody asks for help in words that are no subject of ours: “hits me”, not “debt”."""
        phrases = (phrase for need in self.needs for phrase in need["phrases"])
        places = sorted({place for phrase in phrases if (place := place_of(phrase, words))}, key=_first_and_longest)
        calls: list[range] = []
        for place in places:
            is_after = not calls or place.start >= calls[-1].stop
            if is_after and not any((stem(word),) in self.subjects for word in words[place.start : place.stop]):
                calls.append(place)
        return calls

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
    named = [phrase for group in [*groups, *(phrases_of(bet["words"]) for bet in bets)] for phrase in group]
    return Known(
        needs=[{**need, "phrases": phrases_of(need["words"])} for need in needs],
        synonyms=groups,
        same=_by_stems(groups),
        bets=[{**bet, "phrases": phrases_of(bet["words"])} for bet in bets],
        subjects=frozenset(found for phrase in named if len(found := stems(phrase)) == 1),
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


def _first_and_longest(place: range) -> tuple[int, int]:
    return place.start, -place.stop


def _names(words: list[str], number: Number) -> bool:
    """Whether it is named. A short name of one word has to be all that was typed, but for words like “number”."""
    place = place_of(number.name, words)
    if place is None or len(number.name) >= LONG_NAME:
        return place is not None
    others = [*words[: place.start], *words[place.stop :]]
    return not others or TO_PHONE.issuperset(without_little(others))


def _dials(words: Collection[str], number: Number) -> bool:
    """Whether what was typed is its telephone number, with or without spaces."""
    typed = "".join(words)
    return bool(typed) and typed == "".join(digit for digit in number.phone if digit.isdigit())

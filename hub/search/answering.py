"""From what was typed to what is shown: look for all the words, then for what they may have meant, then for some.

Each step is taken only when the one before found nothing, and each says what it did. A call for help is not guessed at.
"""

from dataclasses import dataclass, field, replace
from functools import partial

from wagtail.models import Site

from hub.search.form import SearchForm
from hub.search.found import Counted, Matches, Wanted
from hub.search.known import Known
from hub.search.nearest import put_right


@dataclass(slots=True)
class Answer:
    """What was found. `instead` are the words that were looked for when those typed were on no page."""

    matches: Matches
    counted: list[Counted]
    wanted: Wanted
    instead: str = ""
    only_some: bool = False
    total: int = field(init=False)

    def __post_init__(self) -> None:
        self.total = self.number(self.wanted)

    @property
    def has_more_than_put_first(self) -> bool:
        """Whether anything was found beside the pages that people put first for these words."""
        return sum(row.number for row in self.counted) > len(self.matches.bets)

    def number(self, wanted: Wanted) -> int:
        """How many pages there would be with these filters."""
        return sum(row.number for row in self.counted if row.fits(wanted))


def look(form: SearchForm, typed: list[str], known: Known, site: Site | None, *, first: str = "") -> Answer:
    """The answer to a search. `typed` is all of it, also what became a filter; `first` is a kind of page."""
    wanted, words = what_is_wanted(form), form.words
    look_for = partial(_look_for, known=known, site=site, wanted=wanted, first=first)
    answer = look_for(words, typed)
    if answer.has_more_than_put_first or not words:
        return answer
    if answer.counted:  # what is put first has not all the words: those that have some of them come after it
        others = look_for(words, typed, some=True)
        return replace(others, only_some=True) if others.has_more_than_put_first else answer
    right = words if known.calls(words) else put_right(words, known.words())
    if right != words:
        meant = look_for(right, right)
        meant.instead = " ".join(right)
        if meant.counted:
            return meant
    some = look_for(right, typed, some=True)
    some.only_some = bool(some.counted)
    some.instead = " ".join(right) if right != words and some.counted else ""
    return some


def what_is_wanted(form: SearchForm) -> Wanted:
    """The filters as the form cleaned them."""
    clean = form.cleaned_data
    return Wanted(
        kind=tuple(clean.get("kind") or ()),
        partner=clean.get("partner") or "",
        minutes=clean.get("minutes"),
        people=clean.get("people"),
        audience=clean.get("audience") or "",
        language=clean.get("language") or "",
    )


def _look_for(
    words: list[str],
    typed: list[str],
    *,
    known: Known,
    site: Site | None,
    wanted: Wanted,
    first: str,
    some: bool = False,
) -> Answer:
    matches = Matches(site, words, known, typed=typed, first=first, some=some)
    return Answer(matches, matches.counted(), wanted)

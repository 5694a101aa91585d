"""Which pages match, in what order, and how many of each kind? Public pages only: every question asks `live()`.

Two questions to the database: one counts, for the total and beside the filters; one fetches a screenful.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchRank
from django.db.models import Case, Count, ExpressionWrapper, F, FloatField, Func, Q, Value, When
from django.db.models.fields import BooleanField
from django.db.models.functions import Cast
from wagtail.models import Site

from hub.pages.models import HubPage, SearchEntry
from hub.pages.serving.search_index import KINDS
from hub.pages.words.languages import dictionaries
from hub.search import query
from hub.search.known import Known
from hub.spelling import for_comparing

# What a page has to be called to come before pages that only speak of it.
FIRST, PARTNER, NAMED, TITLED, MOSTLY = 40.0, 20.0, 12.0, 2.0, 1.0
ASKED_FOR = 4.0  # a kind of page that was named: “activities about money”
TO_WORK_WITH = 0.2  # what is here to be worked with, before what is about the site
WEIGHTS = [0.1, 0.2, 0.5, 1.0]  # words of the text, nothing, the summary, the title
FOR_LENGTH = 1  # a long text has every word; divides by its logarithm
KIND_OF = {**{f"{kind}page": kind for kind in KINDS}, "partnersectionpage": "section", "infopage": "info"}
KIND_OF |= dict.fromkeys(("toolkitpage", "partnerspage", "storiespage"), "info")

DICTIONARY = SearchEntry._meta.get_field("dictionary")
WORKED_WITH = ("modulepage", "activitypage", "guidancepage")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a search, as the form cleaned them."""

    kind: Sequence[str] = ()
    partner: str = ""
    minutes: int | None = None
    people: tuple[int, int] | None = None
    audience: str = ""
    language: str = ""

    def without(self, name: str) -> "Wanted":
        """The same with one filter taken off."""
        return replace(self, **{name: getattr(Wanted(), name)})


@dataclass(frozen=True, slots=True)
class Counted:
    """How many matching pages share these properties. `named`: its title holds all that was typed, time and all."""

    kind: str
    partner: str | None
    audience: str
    language: str
    minutes: int | None
    group: tuple[int, int] | None
    named: bool
    number: int

    def fits(self, wanted: Wanted) -> bool:
        """Whether they are among what was asked for."""
        if (wanted.kind and self.kind not in wanted.kind) or (wanted.partner and self.partner != wanted.partner):
            return False
        if (wanted.audience and self.audience != wanted.audience) or wanted.language not in ("", self.language):
            return False
        return self.named or (self._has_time(wanted.minutes) and self._has_room(wanted.people))

    def _has_time(self, minutes: int | None) -> bool:
        return minutes is None or (self.minutes is not None and self.minutes <= minutes)

    def _has_room(self, people: tuple[int, int] | None) -> bool:
        if people is None:
            return True
        return self.group is not None and self.group[0] <= people[0] and people[1] <= self.group[1]


class IsOneOf(Func):
    """Whether a number is in an array."""

    template, arg_joiner = "%(expressions)s)", " = ANY ("
    output_field = BooleanField()


def found_types() -> list[int]:
    """The content types of the pages that a search may find, by number."""
    pages = (model for model in apps.get_models() if issubclass(model, HubPage))
    models = (model for model in pages if model._meta.model_name in KIND_OF and not model._meta.proxy)
    return [kind.pk for kind in ContentType.objects.get_for_models(*models).values()]


class Matches:
    """The public pages that match the words, before any filter. Asks nothing until it is asked."""

    def __init__(
        self, site: Site | None, words: list[str], known: Known, *, typed: list[str], first: str, some: bool = False
    ) -> None:
        self.words, self.known, self.typed, self.first = words, known, typed, first
        calls = known.calls(words)
        self.root = site.root_page if site else None
        self.bets = self._at(known.first_for(words)) if words else []
        pages = HubPage.objects.live().filter(content_type__in=found_types())
        self.pages = pages.filter(path__startswith=self.root.path) if self.root else pages
        ask = query.any_word if some else query.as_meant
        self.query = ask(words, known, calls) if words else None
        self.most_of_title = None if calls else query.mostly_titled(words)
        if self.query is not None:
            self.pages = self.pages.filter(self._matching())

    def _matching(self) -> Q:
        """Asked for in an array of its own, which PostgreSQL finds by the index before it looks at any page."""
        matching = Q(vector=self.query) | Q(vector=query.in_title(self.typed))
        if self.most_of_title is not None:
            matching |= Q(vector=self.most_of_title)
        for name in dictionaries():
            matching |= Q(dictionary=Cast(Value(name), DICTIONARY), vector=query.as_written(self.words, name))
        entries = SearchEntry.objects.filter(matching)
        found = Q(IsOneOf("pk", ArraySubquery(entries.values("page_id"))))
        return found | Q(url_path__in=self.bets) if self.bets else found

    def _at(self, addresses: Iterable[str]) -> list[str]:
        return [self.root.url_path + address[1:] for address in addresses] if self.root else []

    def counted(self) -> list[Counted]:
        """All of them, counted by what filters ask for."""
        columns = ("content_type__model", "partner__slug", "audience", "locale__language_code",
                   "activitypage__minutes", "activitypage__group_from", "activitypage__group_to", "named")  # fmt: skip
        rows = self.pages.annotate(named=self._named()).order_by().values(*columns).annotate(number=Count("pk"))
        return [
            Counted(
                kind=KIND_OF[row["content_type__model"]],
                partner=row["partner__slug"],
                audience=row["audience"],
                language=row["locale__language_code"],
                minutes=row["activitypage__minutes"],
                group=(row["activitypage__group_from"], row["activitypage__group_to"])
                if row["activitypage__minutes"]
                else None,
                named=row["named"],
                number=row["number"],
            )
            for row in rows
        ]

    def best(self, wanted: Wanted, begin: int, end: int) -> list[HubPage]:
        """A screenful of those that fit, best first, with what a list shows of each."""
        pages = self.pages.annotate(
            named=self._named(),
            rank=self._rank(),
            minutes=F("activitypage__minutes"),
            group_from=F("activitypage__group_from"),
            group_to=F("activitypage__group_to"),
            paper=F("modulepage__paper"),
            model=F("content_type__model"),
            text=F("search_entry__text"),
            in_language=F("locale__language_code"),
        ).filter(_fitting(wanted))
        order = ("-minutes", "title") if wanted.minutes and not self.words else ("title",)
        return list(pages.select_related("partner").order_by("-rank", *order)[begin:end])

    def _named(self) -> Any:
        if len(self.typed) < 2:
            return Value(False, output_field=BooleanField())
        title = query.in_title(self.typed, side_by_side=True)
        return Case(When(search_entry__vector=title, then=Value(True)), default=Value(False))

    def _rank(self) -> Any:
        to_work_with = Case(
            When(content_type__model=self.first, then=ASKED_FOR),
            When(content_type__model__in=WORKED_WITH, then=TO_WORK_WITH),
            default=0.0,
            output_field=FloatField(),
        )
        if self.query is None:
            return to_work_with
        exact = " ".join(for_comparing(" ".join(self.typed)).split())
        rank: Any = SearchRank(F("search_entry__vector"), self.query, weights=WEIGHTS, normalization=FOR_LENGTH)
        if query.has_synonyms(self.words, self.known):  # then those with the very words come before the others
            typed = query.as_typed(self.words)
            rank += SearchRank(F("search_entry__vector"), typed, weights=WEIGHTS, normalization=FOR_LENGTH)
        in_title = query.in_title(self.words)
        mostly = [When(search_entry__vector=self.most_of_title, then=MOSTLY)] if self.most_of_title else []
        return ExpressionWrapper(
            Case(When(url_path__in=self.bets, then=FIRST), default=0.0, output_field=FloatField())
            + Case(When(search_entry__title=exact, then=NAMED), default=0.0, output_field=FloatField())
            + Case(
                When(Q(content_type__model="partnersectionpage", search_entry__vector=in_title), then=PARTNER),
                When(search_entry__vector=in_title, then=TITLED),
                *mostly,
                default=0.0,
                output_field=FloatField(),
            )
            + to_work_with
            + rank,
            output_field=FloatField(),
        )


def _fitting(wanted: Wanted) -> Q:
    """The same as Counted.fits, for the database."""
    fits = Q()
    if wanted.kind:
        fits &= Q(content_type__model__in=[model for model, kind in KIND_OF.items() if kind in wanted.kind])
    if wanted.partner:
        fits &= Q(partner__slug=wanted.partner)
    if wanted.audience:
        fits &= Q(audience=wanted.audience)
    if wanted.language:
        fits &= Q(locale__language_code=wanted.language)
    size = Q()
    if wanted.minutes:
        size &= Q(activitypage__minutes__lte=wanted.minutes)
    if wanted.people:
        size &= Q(activitypage__group_from__lte=wanted.people[0], activitypage__group_to__gte=wanted.people[1])
    return fits & (Q(named=True) | size) if size else fits

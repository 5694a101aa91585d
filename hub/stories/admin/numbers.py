"""How many were asked, agreed, refused and withdrew in a year, and how fast it went dark: for boards, and for readers.

Counted from the ledger, which is never changed. A number from one to four is kept back, since it could point to
somebody, and so is whatever would let it be worked out. Readers see years that are over, and all partners together.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as noted
from django.views.decorators.http import require_safe

from hub.partners.models import Partner
from hub.screen_languages import as_asked
from hub.security_headers import forbid_copies
from hub.stories.admin.register import partners_seen_by
from hub.stories.choices import EventKind
from hub.stories.models import ConsentEvent, StoryPage, WithdrawalCase

SMALLEST_SAID = 5
FEW, KEPT_BACK, TOO_FEW = noted("fewer than 5"), noted("kept back"), "too few to say"
COLUMNS = {
    noted("people asked"): (EventKind.REQUESTED,),
    noted("said yes"): (EventKind.GIVEN, EventKind.RENEWED),
    noted("said no"): (EventKind.REFUSED,),
    noted("said not now"): (EventKind.DEFERRED,),
    noted("took it back"): (EventKind.WITHDRAWN,),
}
TO_DARK, LONGEST = "days to dark (half)", "days to dark (all)"
HEADINGS = ["year", "partner", *COLUMNS, TO_DARK, LONGEST]
ALL = "All partners"


@dataclass(frozen=True, slots=True)
class Line:
    """One year of one partner, or of all. `counts` as they may be said, in the order of COLUMNS; days as text."""

    year: int
    partner: str
    counts: tuple[str, ...]
    typical: str
    longest: str

    @property
    def told(self) -> list[tuple[str, str]]:
        return list(zip(COLUMNS, self.counts, strict=True))

    @property
    def how_fast(self) -> str:
        """How long it took until what was taken back was gone, for readers."""
        if self.longest == TOO_FEW:
            return gettext("That was so seldom that we do not say how fast each was gone.")
        if self.longest == "0":
            return gettext("Every story was gone on the same day.")
        half = int(self.typical)
        words = ngettext(
            "Half of the stories were gone within %(half)d day, all within %(all)s.",
            "Half of the stories were gone within %(half)d days, all within %(all)s.",
            half,
        )
        return words % {"half": half, "all": self.longest}

    @property
    def cells(self) -> list[str]:
        return [str(self.year), self.partner, *self.counts, self.typical, self.longest]


@require_safe
@as_asked
def for_readers(request: HttpRequest) -> HttpResponse:
    """All partners together, of years that are over: a number that grows by one a day would tell of somebody."""
    this_year = timezone.localdate().year
    lines = [line for line in yearly() if line.partner == ALL and line.year < this_year]
    response = render(request, "stories/numbers.html", {"lines": lines})
    response["Cache-Control"] = "private, no-cache"
    return response


def for_boards(request: HttpRequest) -> HttpResponse:
    """Each partner that the reader may see, and all together."""
    context = {"lines": _seen_by(request.user), "headings": HEADINGS}
    return forbid_copies(render(request, "stories/admin/numbers.html", context))


def export(request: HttpRequest) -> HttpResponse:
    """The same as a file for a spreadsheet."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="numbers.csv"'
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    writer.writerows(line.cells for line in _seen_by(request.user))
    return forbid_copies(response)


def _seen_by(user: Any) -> list[Line]:
    names = {partner.short_name for partner in partners_seen_by(user)} | {ALL}
    return [line for line in yearly() if line.partner in names]


def yearly() -> list[Line]:
    """A line for each year and partner with anything in it, the newest year first, all partners together on top."""
    people, days = _people(), _days_to_dark()
    partners = list(Partner.objects.order_by("name").values_list("pk", "short_name"))
    lines = []
    for year in sorted({year for year, _, _ in people} | {year for year, _ in days}, reverse=True):
        rows = [(ALL, None), *((name, pk) for pk, name in partners)]
        counts = [[len(people[year, pk, column]) for column in COLUMNS] for _, pk in rows]
        said = _kept_back(counts)
        for (name, pk), numbers in zip(rows, said, strict=True):
            waits = days[year, pk]
            typical, longest = _in_days(waits)
            lines.append(Line(year, name, numbers, typical, longest))
    return [line for line in lines if line.partner == ALL or any(cell != "0" for cell in line.counts)]


def _people() -> dict[tuple[int, int | None, str], set[tuple[int, str]]]:
    """Who did what in which year, each person of a story once, whatever it was about. Under None: of all partners."""
    kinds = {kind: column for column, some in COLUMNS.items() for kind in some}
    partner_of = _partner_of()
    found: dict[tuple[int, int | None, str], set[tuple[int, str]]] = defaultdict(set)
    here = timezone.get_current_timezone()
    lines = ConsentEvent.objects.filter(kind__in=kinds).order_by()
    lines = lines.annotate(year=ExtractYear(Coalesce("said_at", F("at")), tzinfo=here))
    for kind, story, code, year in lines.values_list("kind", "story_id", "participant_code", "year").distinct():
        for partner in (None, partner_of.get(story, 0)):
            found[year, partner, kinds[EventKind(kind)]].add((story, code))
    return found


def _partner_of() -> dict[int, int | None]:
    """By story, also of one that is erased and was taken back before."""
    found: dict[int, int | None] = dict(WithdrawalCase.objects.values_list("story_number", "partner"))
    return found | dict(StoryPage.objects.values_list("pk", "partner"))


def _days_to_dark() -> dict[tuple[int, int | None], list[timedelta]]:
    found: dict[tuple[int, int | None], list[timedelta]] = defaultdict(list)
    for partner, received, dark in WithdrawalCase.objects.filter(dark_at__isnull=False).values_list(
        "partner", "received_at", "dark_at"
    ):
        for of in (None, partner):
            if dark:
                found[timezone.localtime(received).year, of].append(max(dark - received, timedelta()))
    return found


def _in_days(waits: Iterable[timedelta]) -> tuple[str, str]:
    """Half of them were dark within so many whole days, and all within so many. Nothing about a few."""
    days = [wait.days for wait in waits]
    if len(days) < SMALLEST_SAID:
        return (TOO_FEW, TOO_FEW) if days else ("–", "–")
    return str(int(median(days))), str(max(days))


def _kept_back(rows: list[list[int]]) -> list[tuple[str, ...]]:
    """The numbers as they may be said: `rows` are all partners together, then each."""
    columns = [_column(list(column)) for column in zip(*rows, strict=True)]
    return list(zip(*columns, strict=True))


def _column(numbers: list[int]) -> list[str]:
    """Small ones are kept back. Where the rest and the total would tell them, the next smallest is kept back too.

    All that are kept back read alike: “fewer than five” beside a total of eight would tell of two fours.
    """
    total, *each = numbers
    hidden = {place for place, number in enumerate(each) if 0 < number < SMALLEST_SAID}
    others = sorted((number, place) for place, number in enumerate(each) if number and place not in hidden)
    if hidden and others and sum(each[place] for place in hidden) < SMALLEST_SAID * len(hidden):
        hidden.add(others[0][1])
    said = [FEW if 0 < total < SMALLEST_SAID else str(total)]
    return said + [KEPT_BACK if place in hidden else str(number) for place, number in enumerate(each)]

"""Whom can somebody phone about this? Help lines and partners that are there for it, in one list and one query."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, IntegerField, Q, Value

from hub.pages.models.library import HelpLine
from hub.pages.pieces import kept
from hub.partners.models import Partner

COLUMNS = ("name", "phone", "when", "about", "url", "text_number", "bsl", "topics", "last_checked", "sort_order")
AFTER_ALL_LINES = 1_000_000  # where a partner stands: no help line is given so high a place


@dataclass(frozen=True, slots=True)
class Number:
    """Somebody to phone, as readers see it. `last_checked` is None for a partner, which answers for its own."""

    name: str
    phone: str
    when: str
    about: str
    url: str
    text_number: str
    bsl: str
    topics: Collection[str]
    last_checked: date | None
    sort_order: int

    @property
    def is_line(self) -> bool:
        """Whether it is a help line, and not a partner."""
        return self.sort_order != AFTER_ALL_LINES


def numbers_for(topics: Iterable[str]) -> list[Number]:
    """Help lines and partners for any of `topics`, those there for nothing else first; all help lines without one."""
    chosen = frozenset(topics)
    return kept(("numbers for", chosen), lambda: _numbers_for(chosen))


def _numbers_for(chosen: frozenset[str]) -> list[Number]:
    lines = HelpLine.objects.order_by().values_list(*COLUMNS)
    if not chosen:
        return sorted_for((), [Number(*row) for row in lines])
    wanted = Q(topics__overlap=sorted(chosen))
    rows = lines.filter(wanted).union(partner_lines().filter(wanted).values_list(*COLUMNS), all=True)
    return sorted_for(chosen, [Number(*row) for row in rows])


def partner_lines() -> Any:
    """The open partners with a phone number, as rows with the columns of a help line."""
    blank = Value("", output_field=CharField())
    return (
        Partner.objects.filter(is_open=True)
        .exclude(phone="")
        .order_by()
        .annotate(
            when=F("place"),
            about=F("description"),
            url=F("website"),
            text_number=blank,
            bsl=blank,
            topics=F("help_topics"),
            last_checked=Value(None, output_field=DateField()),
            sort_order=Value(AFTER_ALL_LINES, output_field=IntegerField()),
        )
    )


def from_rows(rows: Iterable[Mapping[str, Any]]) -> list[Number]:
    """The same from rows that another query brought along as JSON."""
    return [
        Number(**{**row, "last_checked": date.fromisoformat(row["last_checked"]) if row["last_checked"] else None})
        for row in rows
    ]


def sorted_for(topics: Collection[str], numbers: Iterable[Number]) -> list[Number]:
    """Those that are there for one of `topics` and nothing else first, then in the order of the list."""
    return sorted(numbers, key=lambda n: (not set(n.topics) <= set(topics) or not topics, n.sort_order, n.name))

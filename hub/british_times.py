"""Days and times as people in Britain type them, in every form. Refuses an hour that the clocks skip or show twice.

A British day is never read as an American one, and nothing that cannot be read becomes today.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.telepath import register as register_for_scripts
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput
from wagtail.admin.widgets.datetime import AdminDateInputAdapter, AdminDateTimeInputAdapter

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = re.compile(r"^(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|satu?r?|sun)(?:day)?\b[.,]?\s*", re.IGNORECASE)
IN_FIGURES = re.compile(r"(\d{1,2})\s?([./ -])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})")
YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})")
DAY_THEN_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]*(?:of\s+)?([a-z]{3,9})[.,]?[\s-]*(\d{4}|\d{2})")
MONTH_THEN_DAY = re.compile(r"([a-z]{3,9})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?,?[\s-]+(\d{4}|\d{2})")
WITHOUT_YEAR = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s-]*(?:of\s+)?([a-z]{3,9})\.?|([a-z]{3,9})\.?[\s-]*(\d{1,2})(?:st|nd|rd|th)?"
)
HOUR = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2})(?:[:.](\d{2})(?:\.\d+)?)?)?\s*([ap])?\.?m?\.?")
YEARS = range(1000, 10_000)  # outside it, a figure was left out
A_DAY = "Write the day like this: 27/11/2026, or 27 Nov 2026."
A_MOMENT = "Write the day and the time like this: 27/11/2026 14:30, or 27 Nov 2026 2.30pm."


def day_as_typed(text: str) -> date:
    """The day that somebody in Britain means. Raises ValueError with a sentence when that is not certain."""
    plain = _plain(text)
    weekday = WEEKDAY.match(plain)
    parts = _parts(plain[weekday.end() :] if weekday else plain)
    if parts is None:
        raise ValueError(A_DAY)
    found = _date(*parts) if parts[0] else _nearest_day(parts[1], parts[2])
    meant = WEEKDAYS[found.weekday()]
    if weekday and not meant.startswith(weekday[1][:3]):
        raise ValueError(f"{said(found)} is a {meant.capitalize()}. Look which of the two is right.")
    return found


def moment_as_typed(text: str) -> datetime:
    """The day and time as typed, without a time zone; midnight when only a day is given. Raises ValueError."""
    plain = _plain(text).replace("t", " ", 1) if re.match(r"\s*\d{4}-\d\d-\d\dT\d", text) else _plain(text)
    if (whole := _parts(WEEKDAY.sub("", plain))) and whole[0]:
        return datetime.combine(day_as_typed(plain), time.min)
    for day, hour in _ways_to_part(plain):
        at = _hour(hour)
        if at is not None and _looks_like_a_day(day):
            return datetime.combine(day_as_typed(day), at)
    if not _looks_like_a_day(plain):
        raise ValueError(A_MOMENT)
    return datetime.combine(day_as_typed(plain), time.min)


def in_britain(naive: datetime) -> datetime:
    """The moment when clocks here show `naive`. Raises ValueError when they never do, or do twice."""
    first, second = (naive.replace(tzinfo=timezone.get_current_timezone(), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    before, after = _nearest(naive, -1), _nearest(naive, 1)
    offered = f"Write {before:%H:%M}, or {after:%H:%M}."
    if _exists(first):
        raise ValueError(f"The clocks go back on {said(naive)}: {naive:%H:%M} comes twice that day. {offered}")
    raise ValueError(f"The clocks go forward on {said(naive)}: there is no {naive:%H:%M} that day. {offered}")


def said(day: date) -> str:
    """“27 November 2026”."""
    return f"{day.day} {day:%B} {day.year}"


class BritishDateField(forms.DateField):
    """A day. What was typed stays in its box until it is understood."""

    widget = AdminDateInput
    default_error_messages = {"invalid": A_DAY}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value.date() if isinstance(value, datetime) else value
        try:
            return day_as_typed(str(value))
        except ValueError as refusal:
            raise _refused(self, refusal) from None


class BritishDateTimeField(forms.DateTimeField):
    """A day and a time in Britain; midnight when only the day is given."""

    widget = AdminDateTimeInput
    default_error_messages = {"invalid": A_MOMENT}

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            return _moment(value)
        except ValueError as refusal:
            raise _refused(self, refusal) from None


def _moment(value: Any) -> datetime:
    if isinstance(value, datetime):
        return value if timezone.is_aware(value) else in_britain(value)
    if isinstance(value, date):
        return in_britain(datetime.combine(value, time.min))
    return _with_its_zone(str(value)) or in_britain(moment_as_typed(str(value)))


def _refused(field: forms.Field, refusal: ValueError) -> ValidationError:
    """The form's own sentence where it has one for what cannot be read; otherwise ours, which says what is wrong."""
    unread = str(refusal) in {A_DAY, A_MOMENT}
    return ValidationError(field.error_messages["invalid"] if unread else str(refusal), code="invalid")


class DayBlock(blocks.DateBlock):
    """A day inside a StreamField. Migrations see Wagtail's own: what is stored is the same."""

    def deconstruct(self) -> tuple[str, Any, Any]:
        _, args, options = super().deconstruct()
        return "wagtail.blocks.DateBlock", args, options

    def get_prep_value(self, value: Any) -> Any:
        """As it is stored, so that a form sent back untouched has changed nothing: a change needs a new approval."""
        return value.isoformat() if isinstance(value, date) else value

    def value_from_form(self, value: Any) -> Any:
        """The day that was typed; as it was typed where it cannot be read, which `clean` then says."""
        try:
            return self.field.to_python(value)
        except ValidationError:
            return value

    @cached_property
    def field(self) -> BritishDateField:
        return BritishDateField(widget=AdminDateInput(format=self.format), **self.field_options)


def everywhere() -> None:
    """Gives these fields to every form that Wagtail builds from a model, ours or its own; and calms its calendar."""
    register_form_field_override(models.DateField, override={"form_class": BritishDateField, "widget": AdminDateInput})
    register_form_field_override(
        models.DateTimeField, override={"form_class": BritishDateTimeField, "widget": AdminDateTimeInput}
    )
    register_for_scripts(_CalmDates(), AdminDateInput)
    register_for_scripts(_CalmMoments(), AdminDateTimeInput)


class _CalmDates(AdminDateInputAdapter):
    """Wagtail's calendar puts today into the box when it cannot read what stands there. Not here."""

    def js_args(self, widget: AdminDateInput) -> list[Any]:
        return [{**widget.get_config(), "validateOnBlur": False}]


class _CalmMoments(AdminDateTimeInputAdapter):
    def js_args(self, widget: AdminDateTimeInput) -> list[Any]:
        return [{**widget.get_config(), "validateOnBlur": False}]


def _plain(text: str) -> str:
    """Small letters, one kind of space, and none of the invisible marks that are copied along with a date."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(letter for letter in folded if unicodedata.category(letter) != "Cf")
    return " ".join(re.sub("[‐‑‒–—−]", "-", seen).split())


def _nearest_day(month: int, day: int) -> date:
    """“27 Nov”: the one that is nearest to today, before or after."""
    today, last = timezone.localdate(), monthrange(2000, month)[1]
    if not 1 <= day <= last:
        raise ValueError(f"{MONTHS[month - 1].capitalize()} has {last} days. {A_DAY}")
    years = [year for year in range(today.year - 4, today.year + 5) if day <= monthrange(year, month)[1]]
    return min((date(year, month, day) for year in years), key=lambda found: abs(found - today))


def _looks_like_a_day(plain: str) -> bool:
    return _parts(WEEKDAY.sub("", plain)) is not None


def _parts(plain: str) -> tuple[int, int, int] | None:
    """Year (0: not said), month and day, whether or not there is such a day; None when written in no way we know."""
    if found := IN_FIGURES.fullmatch(plain):
        year, month, day = found[4], int(found[3]), found[1]
    elif found := YEAR_FIRST.fullmatch(plain):
        year, month, day = found[1], int(found[3]), found[4]
    elif found := DAY_THEN_MONTH.fullmatch(plain):
        year, month, day = found[3], _month(found[2]), found[1]
    elif found := MONTH_THEN_DAY.fullmatch(plain):
        year, month, day = found[3], _month(found[1]), found[2]
    elif found := WITHOUT_YEAR.fullmatch(plain):
        month = _month(found[2] or found[3])
        return (0, month, int(found[1] or found[4])) if month else None
    else:
        return None
    full = int(year) + (2000 if len(year) == 2 else 0)
    return (full, month, int(day)) if full in YEARS and 1 <= month <= 12 else None


def _month(word: str) -> int:
    """Its number, from the whole name or three letters; 0 for what is no month."""
    short = "sep" if word == "sept" else word
    return next((number for number, name in enumerate(MONTHS, 1) if short in {name, name[:3]}), 0)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        last = monthrange(year, month)[1]
        raise ValueError(f"{MONTHS[month - 1].capitalize()} {year} has {last} days. {A_DAY}") from None


def _ways_to_part(plain: str) -> list[tuple[str, str]]:
    """Each way to read the words as a day and an hour, also with the hour first: “2pm on 27 Nov 2026”."""
    words = [word for word in plain.replace(", ", " ").split() if word not in {"at", "on"}]
    ways = []
    for place in range(1, len(words)):
        first, second = " ".join(words[:place]), " ".join(words[place:])
        ways += [(first, second), (second, first)]
    return ways


def _hour(plain: str) -> time | None:
    found = HOUR.fullmatch(plain)
    if not found or not (found[2] or found[4]):
        return None
    hour, minute, second, half = int(found[1]), int(found[2] or 0), int(found[3] or 0), found[4]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    try:
        return time(hour, minute, second)
    except ValueError:
        return None


def _with_its_zone(text: str) -> datetime | None:
    """A moment that says its own distance from Greenwich, as programs write it."""
    try:
        found = parse_datetime(text.strip())
    except ValueError:
        return None
    return found if found and timezone.is_aware(found) else None


def _exists(moment: datetime) -> bool:
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def _nearest(naive: datetime, step: int) -> datetime:
    """The next minute, in this direction, that comes exactly once."""
    minute = naive.replace(second=0, microsecond=0)
    zone = timezone.get_current_timezone()
    while minute.replace(tzinfo=zone, fold=0).utcoffset() != minute.replace(tzinfo=zone, fold=1).utcoffset():
        minute += timedelta(minutes=step)
    return minute

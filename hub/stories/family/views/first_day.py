"""A first day, typed in three small boxes. What cannot be a day is said in a sentence, and what was typed stays."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hub.british_times import day_as_typed
from hub.stories.family.views.private import not_open, page, private
from hub.stories.models import PrivateLink
from hub.stories.withdrawal import looking_after, not_before

YEARS = 5
A_DAY = _("Write the day with numbers. For example: 27 3 2027.")


def _box(label: Any) -> forms.CharField:
    attrs = {"inputmode": "numeric", "autocomplete": "off"}
    return forms.CharField(
        label=label,
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"max_length": format_lazy("{} {}", _("That is too long for a day."), A_DAY)},
    )


class FirstDayForm(forms.Form):
    """Day, month and year. A month may be a word."""

    day, month, year = _box(_("Day")), _box(_("Month")), _box(_("Year"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors:
            typed = [said[name] for name in ("day", "month", "year")]
            try:
                said["first"] = _day_to_come(typed)
            except ValueError as wrong:
                self.add_error("day", str(wrong))
        return said


def _day_to_come(typed: list[str]) -> date:
    """The day in these three boxes. Raises ValueError with a sentence."""
    if not all(typed):
        raise ValueError(A_DAY)
    try:
        first = day_as_typed(("/" if typed[1].isdecimal() else " ").join(typed))
    except ValueError:
        raise ValueError(format_lazy("{} {}", _("There is no such day."), A_DAY)) from None
    if first <= timezone.localdate():
        raise ValueError(_("That day is over, or it is today. Choose one that is still to come."))
    if first > timezone.localdate() + timedelta(days=366 * YEARS):
        raise ValueError(
            _("That is a long time. Choose a day in the next %(years)d years, or take it down.") % {"years": YEARS}
        )
    return first


@private
def first_day(request: HttpRequest, link: PrivateLink, key: str) -> HttpResponse:
    """GET asks for the day, POST sets it."""
    if link.purpose != PrivateLink.Purpose.KEEP:
        return not_open(request)
    try:
        looking_after.check_may_decide(link)
    except looking_after.TheirOwnDecision:
        return page(request, "their_own", link, key)
    set_now = not_before.day_of(link)
    before = {"day": set_now.day, "month": set_now.month, "year": set_now.year} if set_now else None
    form = FirstDayForm(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        not_before.not_before(link, form.cleaned_data["first"])
        return redirect("yours_after", key, "first-day")
    return page(request, "first_day", link, key, form=form)

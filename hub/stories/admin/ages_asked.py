"""How old somebody is, as a form asks it: the ages that the law here tells apart, and the birthday that comes next.

Offers no other age, and chooses none for anybody: one noted under another law is asked for again.
"""

from typing import Any

from django import forms

from hub.law import AgeBand
from hub.law.in_words import birthdays
from hub.partners.law import law_now
from hub.stories.consent import day_to_come

ASKED_AGAIN = "For anyone under {grown_up}: from that day they are asked again. Not a date of birth."
NO_LAW = "Nobody has chosen under which law this Hub works. Ask the administrator."


def ask_age(form: forms.Form, *, first: tuple[tuple[str, str], ...] = ()) -> None:
    """Makes `age_band` and `reask_at` of `form` ask as the law here needs it; `first` stands above the ages."""
    law, band, day = law_now(), form.fields["age_band"], form.fields["reask_at"]
    known = [age.band for age in law.ages] if law else []
    ages: Any = band
    ages.choices = [*first, *((age.value, age.label) for age in [*known, AgeBand.UNKNOWN])]
    noted = form.initial.get("age_band")
    if noted and noted not in known:
        form.initial["age_band"] = AgeBand.UNKNOWN
    if law is None:
        band.help_text = NO_LAW
        return
    day.error_messages["to_come"] = day_to_come(law)
    day.label = f"The day they turn {birthdays(law)}"
    day.help_text = ASKED_AGAIN.format(grown_up=law.grown_up_at)

"""How is each word of a family's pages that is kept as data said in the language in which the page is made?

The data stay English where they are written: rows, the ledger and staff's screens hold those. Which they are, for the
catalogue, says words_kept_as_data.py. Refuses nothing: what has no translation is said in English.
"""

from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from hub.law import AgeBand
from hub.screen_languages import IN_ENGLISH, spoken_now
from hub.stories.choices import Use
from hub.stories.family.questions import GUARDIAN, OF_AGE, OWN, Manner
from hub.stories.models import ConsentWording, PrivateLink, StoryUse
from hub.stories.rule import GivenBy
from hub.stories.withdrawal import RECORDED, in_words

Said = TypeVar("Said")


def translated(said: Said) -> Said:
    """Each sentence in it, in the same shape: a string, a tuple, the values of a dict, or a `Manner`."""
    if spoken_now() == IN_ENGLISH:
        return said
    found: Any = said
    if isinstance(said, str):
        found = _(said) if said else said
    elif isinstance(said, dict):
        found = {key: translated(value) for key, value in said.items()}
    elif isinstance(said, tuple):
        found = tuple(translated(one) for one in said)
    elif isinstance(said, Manner):
        found = Manner(**{one.name: translated(getattr(said, one.name)) for one in fields(said)})
    return found


def manner_of(link: PrivateLink) -> Manner:
    """How to speak to whoever holds `link`: by who answers, how old the person is today, and in their language."""
    if link.given_by == GivenBy.GUARDIAN:
        return translated(GUARDIAN)
    return translated(OF_AGE.get(AgeBand(link.participation.participant.age_band), OWN))


def label_of(use: str) -> str:
    """What a use is called."""
    return translated(str(Use(use).label))


def name_of(wording: ConsentWording) -> str:
    """What a wording is called, and in which language it was read: said of English only where others are spoken."""
    if spoken_now() == IN_ENGLISH:
        return wording.name
    return _("%(whose)s, version %(version)d (%(language)s)") % {
        "whose": translated(str(wording.get_audience_display())),
        "version": wording.version,
        "language": wording.own_language or _("in English"),
    }


def day_in_words(day: date) -> str:
    return format_date(day, "j F Y")


def used_in_words(used: StoryUse) -> str:
    """One time that their words were used."""
    if spoken_now() == IN_ENGLISH:
        return in_words(used)
    copies = _(", %(count)d copies") % {"count": used.copies} if used.copies else ""
    return f"{translated(RECORDED[Use(used.use)])}, {day_in_words(used.used_on)}: {used.where}{copies}"

"""What was said: how an answer is written in, in which words somebody was asked, and what shows it."""

from hub.stories.consent import evidence, translations
from hub.stories.consent.answers import GivenAnswer, add_participant, end_pause, pause, record_answers, record_consent
from hub.stories.consent.choosing_law import choose_law, what_would_change
from hub.stories.consent.evidence import CannotKeep, Checked, check, forget_unattached, token_of
from hub.stories.consent.growing_up import check_reask_day, day_to_come, note_age
from hub.stories.consent.reminding import remind_partners
from hub.stories.consent.when_to_ask import not_to_be_asked_before
from hub.stories.consent.wordings import (
    Audience,
    audiences_for,
    in_language,
    provision_wordings,
    still_holds,
    wording_for,
)

__all__ = [
    "Audience",
    "CannotKeep",
    "Checked",
    "GivenAnswer",
    "add_participant",
    "audiences_for",
    "check",
    "check_reask_day",
    "choose_law",
    "day_to_come",
    "end_pause",
    "evidence",
    "forget_unattached",
    "in_language",
    "not_to_be_asked_before",
    "note_age",
    "pause",
    "provision_wordings",
    "record_answers",
    "record_consent",
    "remind_partners",
    "still_holds",
    "token_of",
    "translations",
    "what_would_change",
    "wording_for",
]

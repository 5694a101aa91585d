"""Staff screens for stories: who is in one, what they said, and what is still missing."""

from hub.stories.admin.buttons import (
    FlagsMenuItem,
    QueueMenuItem,
    RegisterMenuItem,
    UsesMenuItem,
    WithdrawalsMenuItem,
    people_button,
    people_in_sight,
)
from hub.stories.admin.home import stories_panel
from hub.stories.admin.law import LawMenuItem
from hub.stories.admin.numbers import for_readers as numbers_for_readers
from hub.stories.admin.offers import OffersMenuItem
from hub.stories.admin.passing_on import mail_moderators
from hub.stories.admin.requests import RequestsMenuItem
from hub.stories.admin.urls import staff_urls
from hub.stories.admin.wordings import WordingsMenuItem

__all__ = [
    "FlagsMenuItem",
    "LawMenuItem",
    "OffersMenuItem",
    "QueueMenuItem",
    "RegisterMenuItem",
    "RequestsMenuItem",
    "UsesMenuItem",
    "WithdrawalsMenuItem",
    "WordingsMenuItem",
    "mail_moderators",
    "numbers_for_readers",
    "people_button",
    "people_in_sight",
    "staff_urls",
    "stories_panel",
]

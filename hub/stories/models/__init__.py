"""The records of consent, joined to the story by plain foreign keys: no copy or old revision can carry them."""

from hub.stories.models.consent import CarryOver, Consent, ConsentEvent, ConsentWording, WordingRetirement
from hub.stories.models.links import Answers, ChangeWanted, Notice, PersonalDetails, PrivateLink
from hub.stories.models.moderation import LegalFlag, ModerationDecision
from hub.stories.models.people import Participant, StoryParticipant
from hub.stories.models.story import LitStory, StoryImageFile, StoryPage
from hub.stories.models.withdrawal import CaseLine, Proof, StoryKey, WithdrawalCase

__all__ = [
    "Answers",
    "CarryOver",
    "CaseLine",
    "ChangeWanted",
    "Consent",
    "ConsentEvent",
    "ConsentWording",
    "LegalFlag",
    "LitStory",
    "ModerationDecision",
    "Notice",
    "Participant",
    "PersonalDetails",
    "PrivateLink",
    "Proof",
    "StoryImageFile",
    "StoryKey",
    "StoryPage",
    "StoryParticipant",
    "WithdrawalCase",
    "WordingRetirement",
]

"""The records of consent, joined to the story by plain foreign keys: no copy or old revision can carry them."""

from hub.stories.models.consent import CarryOver, Consent, ConsentEvent, ConsentWording, WordingRetirement
from hub.stories.models.evidence import EvidenceFile, RecordOpened
from hub.stories.models.light import LitStory, StoryImageFile
from hub.stories.models.links import Answers, ChangeWanted, Notice, PersonalDetails, PrivateLink
from hub.stories.models.moderation import CarryOverProposal, LegalFlag, ModerationDecision
from hub.stories.models.people import Participant, StoryParticipant
from hub.stories.models.requests import PublicRequest
from hub.stories.models.story import StoryPage
from hub.stories.models.uses import StoryUse
from hub.stories.models.withdrawal import CaseLine, Proof, StoryKey, WithdrawalCase

__all__ = [
    "Answers",
    "CarryOver",
    "CarryOverProposal",
    "CaseLine",
    "ChangeWanted",
    "Consent",
    "ConsentEvent",
    "ConsentWording",
    "EvidenceFile",
    "LegalFlag",
    "LitStory",
    "ModerationDecision",
    "Notice",
    "Participant",
    "PersonalDetails",
    "PrivateLink",
    "Proof",
    "PublicRequest",
    "RecordOpened",
    "StoryImageFile",
    "StoryKey",
    "StoryPage",
    "StoryParticipant",
    "StoryUse",
    "WithdrawalCase",
    "WordingRetirement",
]

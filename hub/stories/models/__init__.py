"""The records of consent, joined to the story by plain foreign keys: no copy or old revision can carry them."""

from hub.stories.models.because_of_it import BecauseOfIt
from hub.stories.models.consent import IN_ENGLISH, CarryOver, Consent, ConsentEvent, ConsentWording, WordingRetirement
from hub.stories.models.evidence import EvidenceFile, RecordOpened
from hub.stories.models.handing_in import HandIn, WantsMail
from hub.stories.models.law import LawAsStoriesSeeIt
from hub.stories.models.leaving import Farewell, LeavingOut, StoryWithout, WroteBefore
from hub.stories.models.light import LitStory, StoryImageFile
from hub.stories.models.links import Answers, AskedAgain, ChangeWanted, Notice, PersonalDetails, PrivateLink
from hub.stories.models.moderation import CarryOverProposal, LegalFlag, ModerationDecision
from hub.stories.models.not_before import NotBefore
from hub.stories.models.offers import StoryOffer
from hub.stories.models.passages import OwnBlock
from hub.stories.models.people import Participant, StoryParticipant
from hub.stories.models.requests import PublicRequest
from hub.stories.models.stops import Stop
from hub.stories.models.story import StoryPage, draft_of
from hub.stories.models.taken_back import SectionOfStories, StoryPlace, TakenBack
from hub.stories.models.translated import TranslationAsStoriesSeeIt
from hub.stories.models.uses import StoryUse
from hub.stories.models.withdrawal import CaseLine, Proof, StoryKey, WithdrawalCase

__all__ = [
    "IN_ENGLISH",
    "Answers",
    "AskedAgain",
    "BecauseOfIt",
    "CarryOver",
    "CarryOverProposal",
    "CaseLine",
    "ChangeWanted",
    "Consent",
    "ConsentEvent",
    "ConsentWording",
    "EvidenceFile",
    "Farewell",
    "HandIn",
    "LawAsStoriesSeeIt",
    "LeavingOut",
    "LegalFlag",
    "LitStory",
    "ModerationDecision",
    "NotBefore",
    "Notice",
    "OwnBlock",
    "Participant",
    "PersonalDetails",
    "PrivateLink",
    "Proof",
    "PublicRequest",
    "RecordOpened",
    "SectionOfStories",
    "Stop",
    "StoryImageFile",
    "StoryKey",
    "StoryOffer",
    "StoryPage",
    "StoryParticipant",
    "StoryPlace",
    "StoryUse",
    "StoryWithout",
    "TakenBack",
    "TranslationAsStoriesSeeIt",
    "WantsMail",
    "WithdrawalCase",
    "WordingRetirement",
    "WroteBefore",
    "draft_of",
]

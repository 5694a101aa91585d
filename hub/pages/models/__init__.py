"""The page types and what they draw on. Stories live in hub.stories, on top of these."""

from hub.pages.changes import Change, PartnershipAsReadersSeeIt, RedirectAsReadersMeetIt, SiteAsReadersSeeIt
from hub.pages.models.base import HubPage
from hub.pages.models.checks import CheckReminder
from hub.pages.models.glossary import GlossaryTerm
from hub.pages.models.home import HomePage, InfoPage, StoriesPage
from hub.pages.models.imports import CameFrom, ImportFile, ImportJob
from hub.pages.models.languages import LanguagePage, TranslationPage
from hub.pages.models.library import HelpLine, HubDocument, HubImage, HubRendition
from hub.pages.models.opened_forms import OpenedForm
from hub.pages.models.remade import RemadePicture
from hub.pages.models.search import SearchEntry, SearchWord
from hub.pages.models.search_lists import SearchBestBet, SearchNeed, SearchSynonyms
from hub.pages.models.sections import GuidancePage, PartnerSectionPage, PartnersPage
from hub.pages.models.toolkit import ActivityPage, ModulePage, ToolkitPage
from hub.pages.visibility import Visibility

__all__ = [
    "ActivityPage",
    "CameFrom",
    "Change",
    "CheckReminder",
    "GlossaryTerm",
    "GuidancePage",
    "HelpLine",
    "HomePage",
    "HubDocument",
    "HubImage",
    "HubPage",
    "HubRendition",
    "ImportFile",
    "ImportJob",
    "InfoPage",
    "LanguagePage",
    "ModulePage",
    "OpenedForm",
    "PartnerSectionPage",
    "PartnersPage",
    "PartnershipAsReadersSeeIt",
    "RedirectAsReadersMeetIt",
    "RemadePicture",
    "SearchBestBet",
    "SearchEntry",
    "SearchNeed",
    "SearchSynonyms",
    "SearchWord",
    "SiteAsReadersSeeIt",
    "StoriesPage",
    "ToolkitPage",
    "TranslationPage",
    "Visibility",
]

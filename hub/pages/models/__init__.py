"""The page types and what they draw on. Stories live in hub.stories, on top of these."""

from hub.pages.models.base import HubPage
from hub.pages.models.checks import CheckReminder
from hub.pages.models.glossary import GlossaryTerm
from hub.pages.models.home import HomePage, InfoPage, StoriesPage
from hub.pages.models.imports import ImportFile, ImportJob
from hub.pages.models.library import HelpLine, HubDocument, HubImage, HubRendition
from hub.pages.models.search import SearchEntry
from hub.pages.models.sections import GuidancePage, PartnerSectionPage, PartnersPage
from hub.pages.models.toolkit import ActivityPage, ModulePage, ToolkitPage
from hub.pages.visibility import Visibility

__all__ = [
    "ActivityPage",
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
    "ModulePage",
    "PartnerSectionPage",
    "PartnersPage",
    "SearchEntry",
    "StoriesPage",
    "ToolkitPage",
    "Visibility",
]

"""What is each kind of page called in the files, and which of its columns go with it? One table, for both ways.

A column that is none of a page's own words stays behind: who may edit it, where it stands in the tree, its keys.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models

from hub.pages.models import (
    ActivityPage,
    GuidancePage,
    HomePage,
    HubPage,
    InfoPage,
    ModulePage,
    PartnerSectionPage,
    PartnersPage,
    StoriesPage,
    ToolkitPage,
)
from hub.pages.models.languages import LanguagePage, TranslationPage
from hub.stories.models import StoryPage

KINDS: dict[type[HubPage], str] = {
    HomePage: "home",
    ToolkitPage: "toolkit",
    PartnersPage: "partners",
    StoriesPage: "stories",
    InfoPage: "information",
    PartnerSectionPage: "section",
    GuidancePage: "guidance",
    ModulePage: "module",
    ActivityPage: "activity",
    LanguagePage: "language",
    TranslationPage: "translation",
    StoryPage: "story",
}
SHARED = ("title", "summary", "audience", "content_note", "is_example", "last_checked", "next_check")
STAYS_BEHIND = {
    "organisation",  # a section's partner stands beside it already
    "owned_with",  # who agrees to a page is agreed on where it stands
}


def own_fields(kind: type[HubPage]) -> Iterator[Any]:
    """The columns in which pages of this kind keep what no other kind has, in their order."""
    for field in [*kind._meta.local_fields, *kind._meta.local_many_to_many]:
        parent_link = isinstance(field, models.OneToOneField) and field.remote_field.parent_link
        if field.editable and not parent_link and field.name not in STAYS_BEHIND:
            yield field

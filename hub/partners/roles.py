"""Who may do what, as one table. The database is made equal to it by `provision`; nothing else grants anything.

A role holds exactly what its row says. No role may touch users, groups or sites: that is the administrator's.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Place(StrEnum):
    """Where page and collection permissions apply."""

    SECTION = "section"  # the partner's own section and collection
    TOOLKIT = "toolkit"
    SHARED = "shared"  # the collection of images and documents everyone may choose from


@dataclass(frozen=True, slots=True)
class Role:
    """One row: a name, and what may be done where. `of_partner` roles exist once for each partner."""

    name: str
    of_partner: bool
    means: str  # to whoever gives or takes it
    pages: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    library: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    permissions: tuple[str, ...] = ()

    def group_name(self, partner: Any = None) -> str:
        """What the group that holds this role is called. Groups of a partner are found by their link, not by this."""
        return f"{partner.short_name}: {self.name}" if partner else self.name

    @property
    def of_one(self) -> str:
        """What one person who holds it is called."""
        return of_one(self.name)


def of_one(name: str) -> str:
    """The name of a role, for one person: “Author”."""
    return name.removesuffix("s").capitalize()


SHARED_COLLECTION = "Shared by all"  # what Place.SHARED is called
ENTER_ADMIN = "wagtailadmin.access_admin"
USE = ("choose_image", "choose_document")
KEEP = (*USE, "add_image", "change_image", "add_document", "change_document")

AUTHOR = Role(
    name="authors",
    of_partner=True,
    means="Writes guidance and gathers stories in this section.",
    pages={Place.SECTION: ("add", "change", "publish")},
    library={Place.SECTION: KEEP, Place.SHARED: USE},
    permissions=(ENTER_ADMIN,),
)
LEAD = Role(
    name="leads",
    of_partner=True,
    means="Does that too, looks after the section, and invites colleagues.",
    pages={Place.SECTION: ("add", "change", "publish", "lock", "unlock")},
    library={Place.SECTION: KEEP, Place.SHARED: USE},
    permissions=(ENTER_ADMIN,),
)
TOOLKIT_EDITOR = Role(
    name="Toolkit editors",
    of_partner=False,
    means="Writes the modules and activities that all partners share.",
    pages={Place.TOOLKIT: ("add", "change", "lock", "unlock")},
    library={Place.SHARED: KEEP},
    permissions=(
        ENTER_ADMIN,
        "pages.add_helpline",
        "pages.change_helpline",
        "pages.add_glossaryterm",
        "pages.change_glossaryterm",
        "pages.delete_glossaryterm",
        "pages.add_searchneed",
        "pages.change_searchneed",
        "pages.delete_searchneed",
        "pages.add_searchsynonyms",
        "pages.change_searchsynonyms",
        "pages.delete_searchsynonyms",
        "pages.add_searchbestbet",
        "pages.change_searchbestbet",
        "pages.delete_searchbestbet",
    ),
)
MODERATOR = Role(
    name="Story moderators",
    of_partner=False,
    means="Reads every partner’s stories and approves them.",
    permissions=(ENTER_ADMIN, "stories.moderate_story"),
)
SAFEGUARDING = Role(
    name="Safeguarding",
    of_partner=False,
    means="Clears legal flags, and alone sees what somebody told of harm.",
    permissions=(ENTER_ADMIN, "stories.clear_legal_flag"),
)

ROLES = (AUTHOR, LEAD, TOOLKIT_EDITOR, MODERATOR, SAFEGUARDING)

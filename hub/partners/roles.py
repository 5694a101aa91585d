"""Who may do what, as one table. The database is made equal to it by `provision`; nothing else grants anything.

A role holds exactly what its row says. No role may touch users, groups or sites: that is the administrator's.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from hub.partners.models import Partner

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.db.models import QuerySet
    from django.http import HttpRequest


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

    def group_name(self, partner: Partner | None = None) -> str:
        """What the group that holds this role is called. Groups of a partner are found by their link, not by this."""
        return f"{partner.short_name}: {self.name}" if partner else self.name

    @property
    def of_one(self) -> str:
        """What one person who holds it is called."""
        return of_one(self.name)


def of_one(name: str) -> str:
    """The name of a role, for one person: “Author”."""
    return name.removesuffix("s").capitalize()


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


def signed_in(request: "HttpRequest") -> "User":
    """The member of staff behind a request to the admin, which lets nobody else in."""
    return cast("User", request.user)


def partners_of(user: "User | AnonymousUser", *, also_closed: bool = False) -> list[Partner]:
    """The partners `user` works for: those in whose groups they are. A closed one has nobody, unless asked for."""
    if not user.is_authenticated:
        return []
    found = Partner.objects.filter(role_groups__group__user=user).distinct()
    return list(found if also_closed else found.filter(is_open=True))


def people_in(role: Role, partner: Partner) -> "QuerySet[User]":
    """Everybody who holds `role` for `partner`."""
    from django.contrib.auth.models import User

    link = {"groups__partner_link__partner": partner, "groups__partner_link__role": role.name}
    return User.objects.filter(**link)


def colleagues_of(user: "User | AnonymousUser") -> "QuerySet[User]":
    """Everybody who works for a partner that `user` works for, `user` among them."""
    from django.contrib.auth.models import User

    return User.objects.filter(groups__partner_link__partner__in=partners_of(user)).distinct()


def known_as(user: "User | None") -> str:
    """What colleagues call a member of staff; the user name, which says nothing, only where there is no other."""
    return (user.get_full_name() or user.get_username()) if user else ""


def mail_addresses(people: "QuerySet[User]") -> list[str]:
    """The addresses of those who may still sign in and have one, each once."""
    return sorted(set(people.filter(is_active=True).exclude(email="").values_list("email", flat=True)))

"""Opening, changing, closing and reopening a partner: each wholly or not at all, in one transaction.

Refuses a name that is in use in any case, and a group or folder that is already called as the new ones would be.
It stands with the pages, because a partner without its section is half a partner.
"""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from hub.accounts.sessions import sign_out_everywhere
from hub.pages.models import HubImage, HubPage, PartnerSectionPage, PartnersPage
from hub.pages.serving import search_index
from hub.partners.belongings import names_in_use
from hub.partners.models import Partner
from hub.partners.people import people_in
from hub.partners.provisioning import provision
from hub.partners.roles import AUTHOR, LEAD
from hub.partners.signals import partner_reopened

if TYPE_CHECKING:
    from django.contrib.auth.models import User

NO_INDEX = "There is no page for the partners yet. Publish one under the home page first, then open the partner here."


@transaction.atomic
def open_partner(partner: Partner, *, by: "User", logo: Any = None) -> PartnerSectionPage:
    """Makes the partner with its section, groups, folders and approval. Raises ValidationError and leaves nothing."""
    index = PartnersPage.objects.live().first()
    if index is None:
        raise ValidationError(NO_INDEX)
    _refuse_names_in_use(partner)
    partner.is_open = True
    partner.full_clean()
    partner.save(force_insert=True)
    section = PartnerSectionPage(title=partner.name, slug=partner.slug, organisation=partner, partner=partner)
    section.summary, section.live = partner.summary, False
    index.add_child(instance=section)
    provision()
    partner.refresh_from_db()
    if logo:
        section.logo = _keep_logo(partner, logo, by=by)
    section.save_revision(user=by).publish(user=by)
    return section


@transaction.atomic
def change_partner(partner: Partner, *, by: "User") -> list[str]:
    """Saves new details; section, groups and folders follow. Returns what changed. The address changes if `slug` did.

    Raises ValidationError when a name is in use.
    """
    _refuse_names_in_use(partner)
    partner.full_clean()
    before = Partner.objects.select_for_update().get(pk=partner.pk)
    partner.save()
    section = PartnerSectionPage.objects.filter(organisation=partner).first()
    if section and (before.name, before.slug) != (partner.name, partner.slug):
        draft = section.get_latest_revision_as_object()
        draft.title = partner.name if draft.title == before.name else draft.title
        draft.slug = partner.slug if draft.slug == before.slug else draft.slug
        revision = draft.save_revision(user=by)
        if HubPage.objects.filter(pk=section.pk).live().exists():
            revision.publish(user=by)
    return provision()


@transaction.atomic
def close_partner(partner: Partner) -> int:
    """Hides everything the partner publishes and ends its people's access and sessions. Returns how many people.

    Stories are dark by the database's own trigger on this row; pages by `public_q`. Nothing is deleted.
    """
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    row.is_open = False
    row.save(update_fields=["is_open"])
    provision()
    people = {person for role in (AUTHOR, LEAD) for person in people_in(role, row)}
    for person in people:
        sign_out_everywhere(person)
    _refresh_search(row)
    return len(people)


@transaction.atomic
def reopen_partner(partner: Partner) -> None:
    """Gives the people in its groups their access back and shows its pages; stories only as the rule allows now."""
    row = Partner.objects.select_for_update().get(pk=partner.pk)
    row.is_open = True
    row.save(update_fields=["is_open"])
    provision()
    _refresh_search(row)
    partner_reopened.send(sender=Partner, partner=row)


def _refuse_names_in_use(partner: Partner) -> None:
    taken = names_in_use(partner)
    if taken:
        names = " and ".join(f"“{name}”" for name in taken)
        raise ValidationError(f"{names}: a group or folder is called this already. Choose another name.")


def _keep_logo(partner: Partner, file: Any, *, by: "User") -> HubImage:
    folder = partner.collection.get_children().get(name="Images") if partner.collection else None
    logo = HubImage(title=f"Logo of {partner.name}", default_alt_text=partner.name, collection=folder, file=file)
    logo.uploaded_by_user = by
    logo.save()
    return logo


def _refresh_search(partner: Partner) -> None:
    for page in HubPage.objects.filter(partner=partner).order_by("pk"):
        search_index.refresh(page)

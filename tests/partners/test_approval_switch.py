"""A lead decides whether authors of her own partner publish by themselves; nobody decides it for another partner."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.accounts.models import AccessEvent
from hub.pages.models import PartnerSectionPage
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from tests.factories import Tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def clued_up(two_sections: Tree) -> Partner:
    return Partner.objects.get(slug="clued-up")


def switch(client: Client, partner: Partner, to: str) -> int:
    return client.post(f"/admin/colleagues/{partner.pk}/approval/", {"approval": to}).status_code


def may_publish(user: User, partner: Partner) -> bool:
    section = PartnerSectionPage.objects.get(organisation=partner)
    return bool(section.permissions_for_user(User.objects.get(pk=user.pk)).can_publish_subpage())


def test_a_lead_switches_it_on_and_off_and_it_is_noted(
    client: Client, clued_up: Partner, clued_up_lead: User, clued_up_author: User
) -> None:
    client.force_login(clued_up_lead)
    assert may_publish(clued_up_author, clued_up)
    assert switch(client, clued_up, "on") == 302
    assert not may_publish(clued_up_author, clued_up)
    assert may_publish(clued_up_lead, clued_up)
    assert "A lead looks at what authors write" in client.get("/admin/colleagues/").content.decode()
    assert switch(client, clued_up, "off") == 302
    assert may_publish(clued_up_author, clued_up)
    told = AccessEvent.objects.filter(partner=clued_up).order_by("pk").values_list("what", flat=True)
    assert list(told) == ["approval_on", "approval_off"]
    assert provision() == []


def test_switching_twice_changes_and_notes_it_once(client: Client, clued_up: Partner, clued_up_lead: User) -> None:
    client.force_login(clued_up_lead)
    switch(client, clued_up, "on")
    switch(client, clued_up, "on")
    assert AccessEvent.objects.count() == 1


def test_authors_moderators_and_another_partners_lead_cannot(
    client: Client, clued_up: Partner, clued_up_author: User, clued_up_lead: User, carf_author: User, moderator: User
) -> None:
    for user in (clued_up_author, carf_author, moderator):
        client.force_login(user)
        assert switch(client, clued_up, "on") in {302, 404}
        assert not Partner.objects.get(pk=clued_up.pk).approval_required
    client.force_login(clued_up_lead)
    assert switch(client, Partner.objects.get(slug="carf"), "on") == 404

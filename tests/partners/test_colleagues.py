"""A lead gives and takes roles in her own section, ends somebody's access at once, and reaches nobody else's people."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

from hub.accounts.colleagues import CannotChange, end_access, looked_after_by, people_of, set_roles
from hub.accounts.invitations import CannotInvite, NotOpen, accept_with_new_password, invite
from hub.accounts.models import AccessEvent, Invitation
from hub.pages.models import HubPage
from hub.partners.belongings import Belongings
from hub.partners.models import Partner
from hub.partners.people import partners_of
from hub.partners.roles import AUTHOR, LEAD
from tests.at_once import at_once
from tests.factories import Tree, make_story
from tests.partners.test_invitations import (
    HERS,
    KIM,
    PASSWORD,
    ask,
    clued_up,
    lead,
    link,
    nobody_has_sent_anything,
    staff,
)
from tests.personas import in_group

__all__ = ["clued_up", "lead", "nobody_has_sent_anything"]


@pytest.fixture
def ann(clued_up_author: User) -> User:
    clued_up_author.email, clued_up_author.first_name, clued_up_author.last_name = "ann@clued-up.example", "Ann", "Muir"
    clued_up_author.last_login = timezone.now()
    clued_up_author.save()
    return clued_up_author


def at(partner: Partner, person: User, more: str = "") -> str:
    return f"/admin/colleagues/{partner.pk}/people/{person.pk}/{more}"


def roles_of(person: User) -> set[str]:
    return set(User.objects.get(pk=person.pk).groups.values_list("name", flat=True))


def test_a_lead_gives_and_takes_roles_of_her_partner(lead: User, ann: User, clued_up: Partner) -> None:
    client = staff(lead)
    assert client.post(at(clued_up, ann), {"roles": ["authors", "leads"]}).status_code == 302
    assert roles_of(ann) == {"Clued Up: authors", "Clued Up: leads"}
    client.post(at(clued_up, ann), {"roles": ["leads"]})
    assert roles_of(ann) == {"Clued Up: leads"}
    said = [(event.what, event.role, event.by, event.about) for event in AccessEvent.objects.order_by("pk")]
    assert said == [("given", "leads", lead, ann), ("taken", "authors", lead, ann)]


@pytest.mark.parametrize("role", ["Story moderators", "Safeguarding", "Toolkit editors", "CARF: authors", "nonsense"])
def test_she_gives_no_shared_role_and_none_of_another_partner(
    lead: User, ann: User, clued_up: Partner, role: str
) -> None:
    staff(lead).post(at(clued_up, ann), {"roles": ["authors", role]})
    staff(lead).post(f"/admin/colleagues/shared/{ann.pk}/", {"roles": [role]})
    assert roles_of(ann) == {"Clued Up: authors"}


def test_taking_every_role_is_refused_beside_the_roles(lead: User, ann: User, clued_up: Partner) -> None:
    page = staff(lead).post(at(clued_up, ann), {"roles": []}).content.decode()
    assert "Leave at least one role." in page
    assert roles_of(ann) == {"Clued Up: authors"}


def test_the_last_lead_stays_until_somebody_else_leads(lead: User, ann: User, clued_up: Partner) -> None:
    client = staff(lead)
    page = client.post(at(clued_up, lead), {"roles": ["authors"]}).content.decode()
    assert "would have no lead any more" in page
    assert roles_of(lead) == {"Clued Up: leads"}
    assert b"cannot end your own access" in client.post(at(clued_up, lead, "end/")).content
    client.post(at(clued_up, ann), {"roles": ["leads"]})
    assert client.post(at(clued_up, lead), {"roles": ["authors"]}).status_code == 302
    assert roles_of(lead) == {"Clued Up: authors"}
    assert client.get("/admin/colleagues/").status_code == 404


def test_a_lead_who_cannot_sign_in_is_no_lead_to_fall_back_on(lead: User, ann: User, clued_up: Partner) -> None:
    set_roles(ann, clued_up, {"leads"}, by=lead)
    User.objects.filter(pk=ann.pk).update(is_active=False)
    with pytest.raises(CannotChange, match="no lead"):
        set_roles(lead, clued_up, {"authors"}, by=lead)


def test_ending_access_is_at_once_everywhere_and_for_good(lead: User, ann: User, clued_up: Partner) -> None:
    here, there = staff(ann), staff(ann)
    confirm = staff(lead).get(at(clued_up, ann, "end/"))
    assert (confirm.status_code, here.get("/admin/").status_code) == (200, 200)
    answer = staff(lead).post(at(clued_up, ann, "end/"), follow=True)
    assert "Ann Muir has no access to Clued Up any more." in answer.content.decode()
    assert (here.get("/admin/").status_code, there.get("/admin/").status_code) == (302, 302)
    gone = User.objects.get(pk=ann.pk)
    assert (gone.is_active, roles_of(gone)) == (False, set())
    assert Client().post("/admin/login/", {"username": ann.username, "password": "x"}).status_code == 200


def test_whoever_works_for_another_partner_too_keeps_that(lead: User, ann: User, clued_up: Partner) -> None:
    ann.groups.add(Group.objects.get(name="CARF: authors"))
    client = staff(ann)
    answer = staff(lead).post(at(clued_up, ann, "end/"), follow=True)
    assert "CARF" not in answer.content.decode()
    assert client.get("/admin/").status_code == 302  # signed out, and may sign in again
    assert User.objects.get(pk=ann.pk).is_active
    assert roles_of(ann) == {"CARF: authors"}


def test_what_she_wrote_stays_and_guidance_goes_to_a_colleague(
    two_sections: Tree, lead: User, ann: User, clued_up: Partner
) -> None:
    story = make_story(two_sections)
    HubPage.objects.filter(pk__in=[two_sections.guidance.pk, story.pk]).update(owner=ann)
    elsewhere = HubPage.objects.get(slug="carf")
    HubPage.objects.filter(pk=elsewhere.pk).update(owner=ann)
    before = HubPage.objects.values_list("pk", "latest_revision_id", "live_revision_id")
    kept = list(before)
    page = staff(lead).get(at(clued_up, ann, "end/")).content.decode()
    assert "answers for 1 page of Clued Up" in page
    staff(lead).post(at(clued_up, ann, "end/"), {"pages_to": lead.pk})
    owners = {page.pk: page.owner for page in HubPage.objects.filter(pk__in=[two_sections.guidance.pk, story.pk])}
    assert owners == {two_sections.guidance.pk: lead, story.pk: ann}  # who wrote a story stays: four eyes
    assert HubPage.objects.get(pk=elsewhere.pk).owner == ann
    assert list(before.all()) == kept
    assert AccessEvent.objects.filter(what="handed_over", about=lead, by=lead).count() == 1


def test_pages_go_to_nobody_outside_the_partner(
    two_sections: Tree, lead: User, ann: User, clued_up: Partner, carf_author: User
) -> None:
    HubPage.objects.filter(pk=two_sections.guidance.pk).update(owner=ann)
    page = staff(lead).post(at(clued_up, ann, "end/"), {"pages_to": carf_author.pk}).content.decode()
    assert "Choose somebody who works here." in page
    with pytest.raises(CannotChange, match="somebody who works here"):
        end_access(ann, clued_up, by=lead, pages_to=carf_author)
    assert roles_of(ann) == {"Clued Up: authors"}
    assert HubPage.objects.get(pk=two_sections.guidance.pk).owner == ann


def test_invitations_to_her_and_from_her_end_with_her_access(lead: User, ann: User, clued_up: Partner) -> None:
    set_roles(ann, clued_up, {"leads"}, by=lead)
    invite(clued_up, "a-friend@clued-up.example", "leads", by=ann)
    way_back = link()
    invite(clued_up, "somebody@clued-up.example", "authors", by=lead)
    end_access(ann, clued_up, by=lead)
    assert Client().get(way_back).status_code == 404
    assert [i.email for i in Invitation.objects.filter(withdrawn_at=None)] == ["somebody@clued-up.example"]


def test_whoever_was_away_comes_back_by_invitation_with_the_same_account(
    lead: User, ann: User, clued_up: Partner
) -> None:
    end_access(ann, clued_up, by=lead)
    assert ask(lead, clued_up, "ann@clued-up.example").status_code == 302
    client = Client()
    assert client.post(link(), HERS).status_code == 302
    back = User.objects.get(email__iexact="ann@clued-up.example")
    assert (back.pk, back.is_active, back.check_password(PASSWORD)) == (ann.pk, True, True)
    assert roles_of(back) == {"Clued Up: authors"}
    assert client.get("/admin/").status_code == 200


def test_the_list_says_who_has_not_signed_in_for_ninety_days(lead: User, ann: User, clued_up: Partner) -> None:
    never, long_ago = in_group("CARF: leads"), in_group("CARF: authors")
    for person, name, last in ((never, "Nell", None), (long_ago, "Lorna", timezone.now() - timedelta(days=91))):
        person.groups.set([Group.objects.get(name="Clued Up: authors")])
        User.objects.filter(pk=person.pk).update(first_name=name, last_login=last)
    page = staff(lead).get("/admin/colleagues/").content.decode()
    assert all(name in page for name in ("Ann", "Nell", "Lorna"))
    assert page.count("Not for 90 days</strong>") == 1
    assert page.count("<strong>Never</strong>") == 1
    filtered = staff(lead).get("/admin/colleagues/?who=quiet").content.decode()
    assert [name in filtered for name in ("Ann", "Nell", "Lorna")] == [False, True, True]


def test_leads_read_what_happened_and_only_at_their_own_partner(
    lead: User, ann: User, clued_up: Partner, carf_author: User
) -> None:
    carf = Partner.objects.get(slug="carf")
    User.objects.filter(pk=carf_author.pk).update(first_name="Zilpha")
    set_roles(carf_author, carf, {"leads"}, by=User.objects.create_superuser("admin"))
    set_roles(ann, clued_up, {"leads"}, by=lead)
    page = staff(lead).get(f"/admin/colleagues/{clued_up.pk}/happened/").content.decode()
    assert "Mo Leith" in page
    assert "gave a role (lead)" in page
    assert "Zilpha" not in page
    assert staff(lead).get(f"/admin/colleagues/{carf.pk}/happened/").status_code == 404


def test_what_happened_cannot_be_rewritten(lead: User, ann: User, clued_up: Partner) -> None:
    set_roles(ann, clued_up, {"authors", "leads"}, by=lead)
    for change in (lambda: AccessEvent.objects.update(what="ended"), lambda: AccessEvent.objects.all().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
    ann.delete()
    assert AccessEvent.objects.get().about is None


ROLES = ["Clued Up: authors", "Clued Up: leads", "Toolkit editors", "Story moderators", "Safeguarding"]


def out_of_reach(carf: Partner, person: User, administrator: User, invitation: Invitation) -> dict[str, dict[str, Any]]:
    """Addresses that hold somebody else's people, groups, sites or settings, with what would change them."""
    ours = f"/admin/colleagues/{carf.pk}"
    found: dict[str, dict[str, Any]] = {
        f"{ours}/invite/": {"email": "way-in@carf.example", "role": "leads"},
        f"{ours}/happened/": {},
        f"{ours}/people/{person.pk}/": {"roles": ["leads"]},
        f"{ours}/people/{person.pk}/end/": {},
        f"{ours}/invited/{invitation.pk}/again/": {},
        f"{ours}/invited/{invitation.pk}/withdraw/": {},
        "/admin/users/": {},
        "/admin/users/new/": {"username": "x", "email": "x@x.example", "password1": PASSWORD, "password2": PASSWORD},
        "/admin/groups/": {},
        "/admin/groups/new/": {"name": "x"},
        "/admin/sites/": {},
        "/admin/sites/new/": {"hostname": "x.example", "port": "80"},
        "/admin/partners/": {},
        f"/admin/partners/{carf.pk}/close/": {},
        "/admin/bulk/auth/user/set_active_state/?id=" + str(person.pk): {"mark_as_active": "off"},
        "/admin/bulk/auth/user/assign_role/?id=" + str(person.pk): {"role": "1"},
        "/admin/bulk/auth/user/delete/?id=" + str(person.pk): {},
    }
    for user in (person, administrator):
        found |= {
            f"/admin/colleagues/shared/{user.pk}/": {"roles": ["Safeguarding"]},
            f"/admin/users/edit/{user.pk}/": {"username": "x", "is_superuser": "on"},
            f"/admin/users/delete/{user.pk}/": {},
            f"/admin/users/history/{user.pk}/": {},
        }
    group, site = Group.objects.get(name="CARF: leads").pk, Site.objects.get().pk
    return found | {
        f"/admin/groups/edit/{group}/": {"name": "x"},
        f"/admin/groups/delete/{group}/": {},
        f"/admin/sites/edit/{site}/": {"hostname": "x"},
        f"/admin/sites/delete/{site}/": {},
    }


def everybodys() -> tuple[Any, ...]:
    people = tuple(User.objects.order_by("pk").values_list("pk", "username", "is_superuser", "is_active", "password"))
    held = tuple(User.groups.through.objects.order_by("pk").values_list("user_id", "group_id"))
    more = (tuple(Group.objects.values_list("pk", "name")), tuple(Site.objects.values_list("pk", "hostname")))
    return people, held, more, tuple(Invitation.objects.values_list("pk", "withdrawn_at", "token_hash"))


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reaches_another_partners_people_administrators_groups_sites_or_settings(
    two_sections: Tree, carf_author: User, role: str
) -> None:
    carf, administrator = Partner.objects.get(slug="carf"), User.objects.create_superuser("admin")
    invitation = invite(carf, KIM, "authors", by=administrator)
    me = User.objects.create_user("tried", email="tried@clued-up.example")
    me.groups.add(Group.objects.get(name=role))
    client, before, reached = staff(me), everybodys(), []
    for address, typed in out_of_reach(carf, carf_author, administrator, invitation).items():
        for answer in (client.get(address), client.post(address, typed)):
            gone_home = answer.status_code == 302 and answer["Location"] == "/admin/"
            if not (gone_home or answer.status_code in {403, 404, 405}):
                reached.append(f"{address}: {answer.status_code}")
    assert reached == []
    assert everybodys() == before
    assert len(mail.outbox) == 1


def test_a_colleague_of_another_partner_is_not_reached_through_ones_own(
    lead: User, clued_up: Partner, carf_author: User
) -> None:
    administrator = User.objects.create_superuser("admin")
    administrator.groups.add(Group.objects.get(name="Clued Up: leads"))
    for person in (carf_author, administrator):
        for more in ("", "end/"):
            assert staff(lead).get(at(clued_up, person, more)).status_code == 404
            assert staff(lead).post(at(clued_up, person, more), {"roles": ["authors"]}).status_code == 404
    assert roles_of(administrator) == {"Clued Up: leads"}


def test_administrators_see_everybody_and_give_shared_roles(lead: User, ann: User, carf_author: User) -> None:
    User.objects.filter(pk=carf_author.pk).update(first_name="Zilpha")
    client = staff(User.objects.create_superuser("admin"))
    page = client.get("/admin/colleagues/").content.decode()
    assert all(name in page for name in ("Ann Muir", "Zilpha", "Mo Leith"))
    client.post(f"/admin/colleagues/shared/{ann.pk}/", {"roles": ["Story moderators"]})
    assert roles_of(ann) == {"Clued Up: authors", "Story moderators"}
    end_access(ann, Partner.objects.get(slug="clued-up"), by=lead)
    assert User.objects.get(pk=ann.pk).is_active  # she moderates still, until an administrator takes that too
    assert b"Shared roles, and no partner" in client.get("/admin/colleagues/").content
    client.post(f"/admin/colleagues/shared/{ann.pk}/", {})
    assert roles_of(ann) == set()


def test_the_menu_shows_colleagues_to_leads_and_administrators_only(
    lead: User, ann: User, moderator: User, clued_up: Partner
) -> None:
    shown = [b"/admin/colleagues/" in staff(user).get("/admin/").content for user in (lead, ann, moderator)]
    assert shown == [True, False, False]
    assert list(looked_after_by(lead)) == [clued_up]
    Partner.objects.filter(pk=clued_up.pk).update(is_open=False)
    assert list(looked_after_by(lead)) == []


def a_partner(slug: str, leads: int) -> tuple[Partner, list[User]]:
    """Only its groups and its leads: `provision` would take away for good what Wagtail's migrations made."""
    partner = Partner.objects.create(name=slug, short_name=slug, slug=slug, strand="gorse")
    _, led = (Belongings([]).group(role, partner) for role in (AUTHOR, LEAD))
    people = [User.objects.create_user(f"{slug}-{n}", f"{n}@{slug}.example") for n in range(leads)]
    led.user_set.add(*people)
    mail.outbox = []
    return partner, people


def refusals(raised: list[BaseException]) -> list[type[BaseException]]:
    return [type(error) for error in raised]


def test_of_two_leads_who_invite_the_same_person_one_sends_a_mail(committed: None) -> None:
    partner, leads = a_partner("kelty", leads=2)
    acts: list[Callable[[], object]] = [partial(invite, partner, KIM, "authors", by=lead) for lead in leads]
    assert refusals(at_once(*acts)) == [CannotInvite]
    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_accepted_twice_at_once_it_makes_one_account(committed: None) -> None:
    partner, leads = a_partner("kelty", leads=1)
    invite(partner, KIM, "authors", by=leads[0])
    accept = partial(accept_with_new_password, link().split("/")[2], name="Kim", password=PASSWORD)
    assert refusals(at_once(accept, accept)) == [NotOpen]
    assert User.objects.filter(email__iexact=KIM).count() == 1


def test_invitations_of_two_partners_accepted_at_once_make_one_account(committed: None) -> None:
    acts: list[Callable[[], object]] = []
    for partner, leads in (a_partner("kelty", leads=1), a_partner("leven", leads=1)):
        invite(partner, KIM, "authors", by=leads[0])
        acts.append(partial(accept_with_new_password, link().split("/")[2], name="Kim", password=PASSWORD))
    assert refusals(at_once(*acts)) == [NotOpen]  # she is shown the page that asks her to sign in
    assert User.objects.filter(email__iexact=KIM).count() == 1


def test_two_leads_cannot_take_the_role_from_each_other(committed: None) -> None:
    partner, (one, other) = a_partner("kelty", leads=2)
    acts: list[Callable[[], object]] = [
        lambda: end_access(one, partner, by=other),
        lambda: end_access(other, partner, by=one),
    ]
    assert refusals(at_once(*acts)) == [CannotChange]
    assert [partners_of(user) for user in people_of(partner)] == [[partner]]

"""A lead invites somebody by a link that ends. It makes one account for one address, and tells of no other account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from hub.accounts.invitations import MOST_SENT, CannotInvite, forget_old, invite
from hub.accounts.models import AccessEvent, Invitation
from hub.pages.partner_operations import close_partner
from hub.partners.models import Partner
from hub.partners.people import partners_of
from hub.upkeep import tick
from tests.factories import Tree
from tests.personas import in_group

pytestmark = pytest.mark.django_db
KIM = "Kim@clued-up.example"
PASSWORD = "kettle-harbour-jotter-7"
HERS = {"name": "Kim Baird", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture(autouse=True)
def nobody_has_sent_anything() -> None:
    cache.clear()


@pytest.fixture
def clued_up(two_sections: Tree) -> Partner:
    return Partner.objects.get(slug="clued-up")


@pytest.fixture
def carf(two_sections: Tree) -> Partner:
    return Partner.objects.get(slug="carf")


@pytest.fixture
def lead(clued_up_lead: User) -> User:
    clued_up_lead.email, clued_up_lead.first_name, clued_up_lead.last_name = "lead@clued-up.example", "Mo", "Leith"
    clued_up_lead.save()
    return clued_up_lead


def staff(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ask(by: User, partner: Partner, email: str = KIM, role: str = "authors", **more: str) -> Any:
    return staff(by).post(f"/admin/colleagues/{partner.pk}/invite/", {"email": email, "role": role, **more})


def link() -> str:
    """The address in the latest mail, below the site's."""
    found = re.search(r"https?://[^/\s]+(/join/[\w-]+/)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_lead_invites_somebody_who_writes_her_name_and_password_and_is_in(lead: User, clued_up: Partner) -> None:
    assert ask(lead, clued_up).status_code == 302
    assert mail.outbox[-1].to == [KIM]
    kim = Client()
    page = kim.get(link())
    assert "at least 12 characters" in page.content.decode()
    answer = kim.post(link(), HERS)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    account = User.objects.get(email=KIM)
    assert account.get_full_name() == "Kim Baird"
    assert account.check_password(PASSWORD)
    assert "kim" not in account.username
    assert partners_of(account) == [clued_up]
    assert kim.get("/admin/").status_code == 200
    assert kim.get("/admin/colleagues/").status_code == 404
    invitation = Invitation.objects.get()
    assert (invitation.invited_by, invitation.accepted_by, invitation.role) == (lead, account, "authors")


def test_somebody_who_leads_no_partner_may_invite_nobody(
    clued_up_author: User, carf_author: User, moderator: User, toolkit_editor: User, lead: User, clued_up: Partner
) -> None:
    for who in (clued_up_author, carf_author, moderator, toolkit_editor):
        assert ask(who, clued_up).status_code == 404
    assert ask(lead, Partner.objects.get(slug="carf")).status_code == 404
    assert mail.outbox == []
    assert not Invitation.objects.exists()


def test_an_administrator_invites_for_every_partner(clued_up: Partner, carf: Partner) -> None:
    administrator = User.objects.create_superuser("admin")
    for partner in (clued_up, carf):
        assert ask(administrator, partner).status_code == 302
    assert len(mail.outbox) == 2


def test_the_mail_and_what_is_kept_of_the_link_say_no_more_than_needed(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    sent = mail.outbox[-1]
    key = link().split("/")[2]
    assert not re.search("Mo|Leith|Kim", f"{sent.subject} {sent.body}".replace(key, ""))  # which may have any letters
    assert len(key) >= 43  # 256 bits
    assert key not in str(Invitation.objects.values().get())


def test_the_page_is_kept_nowhere_and_leaves_no_cookie(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    page = Client().get(link())
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page["X-Robots-Tag"]
    assert not page.cookies


def test_a_mail_scanner_that_opens_the_link_changes_nothing(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    before = Invitation.objects.values().get(), User.objects.count()
    scanner = Client()
    for _ in range(3):
        assert scanner.get(link()).status_code == 200
        assert scanner.head(link()).status_code == 200
    assert (Invitation.objects.values().get(), User.objects.count()) == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"password": "short", "again": "short"}, "at least 12 characters"),
        ({"password": "password1234", "again": "password1234"}, "too common"),
        ({"password": "KimBaird1234", "again": "KimBaird1234"}, "too similar"),
        ({"password": KIM.lower(), "again": KIM.lower()}, "too similar"),
        ({"again": "something-else-altogether"}, "not the same"),
        ({"password": "", "again": ""}, "Choose a password."),
    ],
)
def test_a_weak_password_is_said_and_only_the_password_is_lost(
    lead: User, clued_up: Partner, typed: dict[str, str], sentence: str
) -> None:
    ask(lead, clued_up)
    client = Client()
    page = client.post(link(), {**HERS, **typed})
    text = page.content.decode()
    assert page.status_code == 200
    assert sentence in text.split("How a password has to be")[0] + text.split("id_password_error")[-1]
    assert 'value="Kim Baird"' in text
    assert not typed.get("password") or f'value="{typed["password"]}"' not in text
    assert not User.objects.filter(email=KIM).exists()
    assert client.post(link(), HERS).status_code == 302


def test_an_invitation_that_has_run_out_opens_nothing(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    Invitation.objects.update(ends_at=timezone.now())
    page = Client().get(link())
    assert (page.status_code, "send it again" in page.content.decode()) == (404, True)
    assert Client().post(link(), HERS).status_code == 404
    assert not User.objects.filter(email=KIM).exists()
    assert b"Ran out" in staff(lead).get("/admin/colleagues/").content


def test_one_that_has_run_out_does_not_stand_in_the_way_of_a_new_one(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    Invitation.objects.update(ends_at=timezone.now())
    assert ask(lead, clued_up).status_code == 302
    assert Client().post(link(), HERS).status_code == 302


def test_sending_again_makes_a_new_link_and_ends_the_old(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    old, invitation = link(), Invitation.objects.get()
    Invitation.objects.update(ends_at=timezone.now())
    answer = staff(lead).post(f"/admin/colleagues/{clued_up.pk}/invited/{invitation.pk}/again/")
    assert answer.status_code == 302
    assert Client().post(old, HERS).status_code == 404
    assert Client().post(link(), HERS).status_code == 302


def test_an_invitation_withdrawn_opens_nothing_and_may_be_made_again(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    old, invitation = link(), Invitation.objects.get()
    assert staff(lead).get(f"/admin/colleagues/{clued_up.pk}/invited/{invitation.pk}/withdraw/").status_code == 405
    assert Client().get(old).status_code == 200
    staff(lead).post(f"/admin/colleagues/{clued_up.pk}/invited/{invitation.pk}/withdraw/")
    assert Client().post(old, HERS).status_code == 404
    again = staff(lead).post(f"/admin/colleagues/{clued_up.pk}/invited/{invitation.pk}/again/")
    assert again.status_code == 404
    assert ask(lead, clued_up).status_code == 302
    assert Client().get(link()).status_code == 200


def test_opened_twice_it_makes_one_account_and_says_what_to_do(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    first, second = Client(), Client()
    second.get(link())
    first.post(link(), HERS)
    page = second.post(link(), {**HERS, "password": "another-harbour-jotter", "again": "another-harbour-jotter"})
    assert (page.status_code, "joined already" in page.content.decode()) == (404, True)
    assert User.objects.get(email=KIM).check_password(PASSWORD)


def test_an_address_has_one_open_invitation_whoever_sends_it(lead: User, clued_up: Partner) -> None:
    other = in_group("CARF: leads")
    other.groups.set([Group.objects.get(name="Clued Up: leads")])
    ask(lead, clued_up)
    page = ask(other, clued_up, KIM.upper(), role="leads").content.decode()
    assert "invited already" in page
    assert KIM.upper() in page
    assert len(mail.outbox) == 1
    copy = Invitation(
        partner=clued_up, role="leads", email=KIM.lower(), token_hash="x", ends_at=timezone.now() + timedelta(days=1)
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()


def test_the_lead_cannot_invite_herself_or_a_colleague(lead: User, clued_up: Partner, clued_up_author: User) -> None:
    assert b"your own address" in ask(lead, clued_up, "LEAD@clued-up.example").content
    User.objects.filter(pk=clued_up_author.pk).update(email="ann@clued-up.example", first_name="Ann")
    assert b"Ann works here already" in ask(lead, clued_up, "Ann@clued-up.example").content
    assert mail.outbox == []


@pytest.mark.parametrize("address", ["kim", "kim@", "kim@clued up.example", "kim@clued-up", "a@b.example, c@d.example"])
def test_what_is_no_address_is_said_and_stays_typed(lead: User, clued_up: Partner, address: str) -> None:
    page = ask(lead, clued_up, address, role="leads").content.decode()
    assert "not a whole e-mail address" in page
    assert f'value="{address}"' in page
    assert re.search(r'value="leads"[^>]*checked', page)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("kim@gmial.com", "kim@gmail.com"), ("kim@clued-up.exmaple", "kim@clued-up.example")]
)
def test_an_address_that_looks_mistyped_is_asked_about_once(
    lead: User, clued_up: Partner, typed: str, meant: str
) -> None:
    page = ask(lead, clued_up, typed).content.decode()
    assert f"Did you mean {meant}?" in page
    assert mail.outbox == []
    assert b"Did you mean" in ask(lead, clued_up, typed, sure="another@address.example").content
    assert ask(lead, clued_up, typed, sure=typed).status_code == 302
    assert mail.outbox[-1].to == [typed]


def test_somebody_of_another_partner_joins_with_her_account(lead: User, clued_up: Partner, carf: Partner) -> None:
    bo = in_group("CARF: authors")
    User.objects.filter(pk=bo.pk).update(email=KIM.lower(), first_name="Zilpha")
    answer = ask(lead, clued_up)
    assert "Zilpha" not in staff(lead).get("/admin/colleagues/").content.decode()
    assert (answer.status_code, len(mail.outbox)) == (302, 1)  # as for anybody: the lead learns nothing

    stranger = Client()
    page = stranger.get(link()).content.decode()
    assert f"/admin/login/?next={link()}" in page
    assert "Zilpha" not in page
    assert stranger.post(link(), HERS).status_code == 200  # the link alone is not enough
    assert partners_of(User.objects.get(pk=bo.pk)) == [carf]

    client = Client()
    answer = client.post("/admin/login/", {"username": bo.username, "password": "x", "next": link()})
    assert (answer.status_code, answer["Location"]) == (302, link())
    assert client.get(link()).status_code == 200
    assert partners_of(User.objects.get(pk=bo.pk)) == [carf]  # opening changed nothing
    assert client.post(link()).status_code == 302
    assert partners_of(User.objects.get(pk=bo.pk)) == [carf, clued_up]
    assert User.objects.filter(email__iexact=KIM).count() == 1


def test_opened_by_somebody_else_it_asks_her_to_sign_out_first(
    lead: User, clued_up: Partner, carf_author: User, carf: Partner
) -> None:
    ask(lead, clued_up)
    client = staff(carf_author)
    page = client.get(link()).content.decode()
    assert "for somebody else" in page
    assert KIM not in page
    client.post(link(), HERS)
    assert "_auth_user_id" not in client.session
    assert partners_of(carf_author) == [carf]
    assert Invitation.objects.get().accepted_at is None
    assert client.post(link(), HERS).status_code == 302
    assert partners_of(User.objects.get(email=KIM)) == [clued_up]


def test_a_form_on_another_website_signs_nobody_in(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    client = Client(enforce_csrf_checks=True)
    assert client.post(link(), HERS, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Invitation.objects.get().accepted_at is None
    assert client.post(link(), HERS, headers={"Sec-Fetch-Site": "same-origin", "Origin": "null"}).status_code == 302


@pytest.mark.parametrize("fields", [{"is_superuser": True}, {"is_active": False}])
def test_an_invitation_opens_no_administrators_account_and_none_an_administrator_closed(
    lead: User, clued_up: Partner, fields: dict[str, bool]
) -> None:
    account = in_group("CARF: authors")
    User.objects.filter(pk=account.pk).update(email=KIM, **fields)
    ask(lead, clued_up)
    client = Client()
    assert b"Ask an administrator" in client.get(link()).content
    assert client.post(link(), HERS).status_code == 200
    signed_in = staff(User.objects.get(pk=account.pk))
    signed_in.post(link(), HERS)
    account = User.objects.get(pk=account.pk)
    assert not account.check_password(PASSWORD)
    assert [group.name for group in account.groups.all()] == ["CARF: authors"]


def test_a_closed_partner_invites_nobody_and_nobody_can_accept(lead: User, clued_up: Partner) -> None:
    ask(lead, clued_up)
    close_partner(clued_up)
    assert Client().get(link()).status_code == 404
    assert Client().post(link(), HERS).status_code == 404
    assert ask(lead, clued_up, "new@clued-up.example").status_code != 200
    assert ask(User.objects.create_superuser("admin"), clued_up, "new@clued-up.example").status_code == 404
    with pytest.raises(CannotInvite, match="closed"):
        invite(clued_up, "new@clued-up.example", "authors", by=lead)
    assert len(mail.outbox) == 1


def test_a_role_that_is_no_partners_cannot_be_invited_to(lead: User, clued_up: Partner) -> None:
    for role in ("Story moderators", "Safeguarding", "Toolkit editors", "administrators", ""):
        assert ask(lead, clued_up, role=role).status_code == 200
    assert mail.outbox == []


def test_nobody_sends_invitations_without_end(lead: User, clued_up: Partner) -> None:
    for number in range(MOST_SENT):
        assert ask(lead, clued_up, f"kim{number}@clued-up.example").status_code == 302
    assert b"Wait an hour" in ask(lead, clued_up, "one-more@clued-up.example").content
    assert not Invitation.objects.filter(email="one-more@clued-up.example").exists()
    invitation = Invitation.objects.first()
    assert invitation
    staff(lead).post(f"/admin/colleagues/{clued_up.pk}/invited/{invitation.pk}/again/")
    assert len(mail.outbox) == MOST_SENT


def test_a_mail_that_cannot_be_sent_invites_nobody(lead: User, clued_up: Partner, settings: Any, caplog: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    page = ask(lead, clued_up).content.decode()
    assert "could not be sent" in page
    assert KIM in page
    assert not Invitation.objects.exists()
    assert not AccessEvent.objects.exists()
    assert KIM not in caplog.text


def test_addresses_are_forgotten_thirty_days_after_they_are_of_use(lead: User, clued_up: Partner) -> None:
    for name in ("accepted", "withdrawn", "ran-out", "open"):
        ask(lead, clued_up, f"{name}@clued-up.example")
    now, old = timezone.now(), timezone.now() - timedelta(days=31)
    Invitation.objects.filter(email__startswith="accepted").update(accepted_at=old, accepted_by=lead)
    Invitation.objects.filter(email__startswith="withdrawn").update(withdrawn_at=old)
    Invitation.objects.filter(email__startswith="ran-out").update(ends_at=old)
    assert "Addresses of old invitations forgotten: 3." in tick.tick(now=now)
    assert forget_old(now) == 0
    kept = dict(Invitation.objects.values_list("email", "accepted_by"))
    assert kept == {"": lead.pk, "open@clued-up.example": None}


def test_nobody_takes_another_address_by_herself(lead: User) -> None:
    client = staff(lead)
    assert client.get("/admin/account/").status_code == 200
    typed = {"name_email-first_name": "Mo", "name_email-last_name": "Leith", "name_email-email": "new@carf.example"}
    client.post("/admin/account/", typed)
    assert User.objects.get(pk=lead.pk).email == "lead@clued-up.example"

"""A partner is opened whole or not at all, renamed, closed and reopened, by administrators and by nobody else."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.models import Collection, Workflow

from hub.pages import partner_operations
from hub.pages.models import HubImage, HubPage, PartnerSectionPage
from hub.pages.partner_operations import change_partner, close_partner, open_partner, reopen_partner
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from hub.stories.models import StoryPage
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, light, lit_story
from tests.surfaces import SURFACES

pytestmark = pytest.mark.django_db
ABOUT = {"name": "Kelty Kitchen", "short_name": "Kelty", "slug": "kelty", "strand": "heather", "summary": "Soup."}


@pytest.fixture
def administrator(two_sections: Tree) -> User:
    return User.objects.create_superuser("admin", password="x")


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), "image/png")


def everything() -> tuple[Any, ...]:
    models = (Partner, Group, Collection, Workflow, HubPage, HubImage)
    return tuple(frozenset(model._base_manager.values_list("pk", flat=True)) for model in models)


def test_a_fifth_partner_is_one_form(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    answer = client.post("/admin/partners/open/", {**ABOUT, "approval_required": "on", "logo": picture()})
    assert answer.status_code == 302
    partner = Partner.objects.get(slug="kelty")
    lead = User.objects.create_user("kelty-lead")
    lead.groups.add(Group.objects.get(name="Kelty: leads"))
    section = PartnerSectionPage.objects.live().get(organisation=partner)
    assert section.permissions_for_user(lead).can_add_subpage()
    assert not HubPage.objects.get(slug="carf").permissions_for_user(lead).can_edit()
    assert section.get_workflow() == partner.workflow
    assert section.logo.collection.get_parent() == partner.collection
    assert provision() == []
    page = client.get("/partners/kelty/").content.decode()
    assert "Kelty Kitchen" in page
    assert 'alt="Kelty Kitchen"' in page


STEPS = ["names_in_use", "provision", "_keep_logo", "PartnerSectionPage.save_revision", "PartnersPage.add_child"]


@pytest.mark.parametrize("step", STEPS)
def test_when_a_step_fails_nothing_is_left(administrator: User, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(step)

    before = everything()
    monkeypatch.setattr(f"hub.pages.partner_operations.{step}", fail)
    with pytest.raises(RuntimeError, match=step):
        open_partner(Partner(**ABOUT), by=administrator, logo=picture())
    monkeypatch.undo()
    assert everything() == before
    open_partner(Partner(**ABOUT), by=administrator)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "cLUED uP", "There is a partner with this name."),
        ("short_name", "carf", "There is a partner with this short name."),
        ("slug", "clued-up", "Partner with this Slug already exists."),
    ],
)
def test_a_name_in_use_is_said_and_nothing_typed_is_lost(
    client: Client, administrator: User, field: str, value: str, sentence: str
) -> None:
    before = everything()
    client.force_login(administrator)
    page = client.post("/admin/partners/open/", {**ABOUT, field: value}).content.decode()
    assert sentence in page
    assert "Soup." in page
    assert everything() == before


def test_a_group_somebody_made_by_that_name_is_not_taken_over(administrator: User) -> None:
    Group.objects.create(name="Kelty: leads")
    with pytest.raises(ValidationError, match="“Kelty: leads”: a group or folder is called this already"):
        open_partner(Partner(**ABOUT), by=administrator)


def test_a_photograph_that_is_too_big_gets_a_sentence(client: Client, administrator: User, settings: Any) -> None:
    client.force_login(administrator)
    huge = SimpleUploadedFile("photo.png", picture().read() + b"0" * 40 * 1024 * 1024, "image/png")
    page = client.post("/admin/partners/open/", {**ABOUT, "logo": huge}).content.decode()
    assert "too big" in page
    assert "Kelty Kitchen" in page
    assert not Partner.objects.filter(slug="kelty").exists()


@pytest.mark.parametrize("who", ["clued_up_author", "clued_up_lead", "carf_author", "moderator", "toolkit_editor"])
def test_nobody_but_an_administrator_opens_or_closes(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    pk = Partner.objects.get(slug="clued-up").pk
    for address in ("", "open/", f"{pk}/", f"{pk}/close/", f"{pk}/reopen/"):
        assert client.get(f"/admin/partners/{address}").status_code == 302
        assert client.post(f"/admin/partners/{address}", ABOUT).status_code == 302
    assert Partner.objects.get(pk=pk).is_open
    assert not Partner.objects.filter(slug="kelty").exists()
    assert "/admin/partners/" not in client.get("/admin/").content.decode()


def test_a_new_name_is_on_the_section_and_the_address_stays(
    client: Client, administrator: User, clued_up_author: User
) -> None:
    partner = Partner.objects.get(slug="clued-up")
    partner.name, partner.short_name = "Clued Up Kirkcaldy", "CUK"
    change_partner(partner, by=administrator)
    assert "Clued Up Kirkcaldy" in client.get("/partners/clued-up/").content.decode()
    assert [group.name for group in clued_up_author.groups.all()] == ["CUK: authors"]
    partner.slug = "cuk"
    change_partner(partner, by=administrator)
    assert client.get("/partners/cuk/the-first-five-minutes/").status_code == 200
    assert client.get("/partners/clued-up/").status_code == 404


def test_closing_hides_everything_and_reopening_asks_the_rule(
    client: Client, two_sections: Tree, clued_up_author: User, carf_author: User
) -> None:
    story, other = lit_story(two_sections), lit_story(two_sections, text="Nachtigall")
    partner = Partner.objects.get(slug="clued-up")
    staff, carf = Client(), Client()
    staff.force_login(clued_up_author)
    carf.force_login(carf_author)
    assert close_partner(partner) == 1
    for surface in SURFACES:
        assert CANARY not in surface.body(client, two_sections, story), surface.name
    for address in (two_sections.section.url, two_sections.guidance.url, story.url):
        assert client.get(address).status_code == 404
    assert "The first five minutes" not in client.get("/search/?q=five").content.decode().split("<main")[1]
    assert "_auth_user_id" not in staff.session
    assert carf.get("/admin/").status_code == 200

    withdraw(other.participations.get())
    reopen_partner(partner)
    assert client.get(story.url).status_code == 200
    assert client.get(other.url).status_code == 404
    assert client.get(two_sections.guidance.url).status_code == 200
    staff.force_login(clued_up_author)
    assert staff.get("/admin/").status_code == 200


def test_a_story_of_a_closed_partner_is_not_lit_by_anything_else(client: Client, two_sections: Tree) -> None:
    story = lit_story(two_sections)
    Partner.objects.filter(slug="clued-up").update(is_open=False)  # not even through the operation
    assert not StoryPage.objects.filter(pk=story.pk).live().exists()
    light(story)
    assert not hasattr(StoryPage.objects.get(pk=story.pk), "visibility")
    assert client.get(story.url).status_code == 404


def test_closing_that_fails_closes_nothing(client: Client, two_sections: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    story = lit_story(two_sections)

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(partner_operations, "_refresh_search", fail)
    with pytest.raises(RuntimeError):
        close_partner(Partner.objects.get(slug="clued-up"))
    assert client.get(story.url).status_code == 200


def test_the_screens_say_what_will_happen(client: Client, administrator: User) -> None:
    client.force_login(administrator)
    pk = Partner.objects.get(slug="clued-up").pk
    assert "signed out" in client.get(f"/admin/partners/{pk}/close/").content.decode()
    assert Partner.objects.get(pk=pk).is_open
    client.post(f"/admin/partners/{pk}/close/")
    assert not Partner.objects.get(pk=pk).is_open
    assert "only if everyone" in client.get(f"/admin/partners/{pk}/reopen/").content.decode()
    client.post(f"/admin/partners/{pk}/reopen/")
    assert Partner.objects.get(pk=pk).is_open
    assert "taken by CARF" in client.get("/admin/partners/open/").content.decode()


def test_a_mistake_in_the_form_gets_a_sentence_and_a_heading_names_the_screen(
    client: Client, administrator: User
) -> None:
    client.force_login(administrator)
    page = client.post("/admin/partners/open/", {"name": "Fifth", "short_name": "Fifth", "slug": "fifth one"})
    text = page.content.decode()
    assert '<h1 class="w-header__title"' in text
    assert "with no spaces, as in “hill-street”" in text
    assert "Choose a colour." in text
    assert "fifth one" in text

"""The admin is the Hub's: a first morning for each role, the guides behind Help, the next button in sight, one name."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from hub.accounts.models import MorningStep
from hub.pages.blocks.media import ImageBlock
from hub.pages.first_pages import example
from hub.pages.models import HubImage, HubPage, ModulePage
from hub.partners.models import PartnerGroup, Partnership
from hub.partners.provisioning import provision
from tests.factories import Tree, activity, make_story, put
from tests.pages.test_first_day import change_approval
from tests.stories.consent.test_evidence import photo

pytestmark = pytest.mark.django_db
MORNING = "Your first morning"


def home(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get("/admin/").content.decode()


def steps_in(page: str) -> list[str]:
    return re.findall(r'action="/admin/first-morning/([a-z-]+)/"', page)


def test_each_role_has_a_morning_and_every_step_leads_somewhere_she_may_go(
    two_sections: Tree, clued_up_author: User, clued_up_lead: User, moderator: User, toolkit_editor: User
) -> None:
    firsts = {clued_up_author: "draft", clued_up_lead: "colleagues", moderator: "queue", toolkit_editor: "toolkit"}
    for user, known in firsts.items():
        client = Client()
        page = home(client, user)
        steps = steps_in(page)
        assert MORNING in page
        assert known in steps
        for step in steps[:-1]:
            led = client.post(f"/admin/first-morning/{step}/", follow=True)
            assert led.status_code == 200, (user, step)
        assert MORNING not in home(client, user) or steps_in(home(client, user)) == ["second-step", "all"]


def test_it_can_be_put_away(client: Client, clued_up_author: User) -> None:
    assert MORNING in home(client, clued_up_author)
    assert client.get("/admin/first-morning/all/").status_code == 405, "a link that is only opened ticks nothing off"
    assert client.post("/admin/first-morning/all/").headers["Location"] == "/admin/"
    assert client.post("/admin/first-morning/all/").status_code == 302
    assert MORNING not in home(client, clued_up_author)
    assert client.post("/admin/first-morning/queue/").status_code == 404, "a moderator's step is not hers"
    assert list(MorningStep.objects.values_list("step", flat=True)) == ["all"]


def test_an_administrator_is_shown_what_an_empty_hub_needs_and_it_is_done_when_it_is_so(
    client: Client, tree: Tree, admin_user: User
) -> None:
    page = home(client, admin_user)
    assert "What to do first" in page
    assert steps_in(page) == ["name-it", "lead", "all"], "there is a partner, and a module"
    assert client.post("/admin/first-morning/name-it/").headers["Location"].startswith("/admin/settings/partners/")
    assert "name-it" in steps_in(home(client, admin_user)), "a button that was pressed names nobody"
    Partnership.objects.create(name="Ours")
    provision()
    lead = User.objects.create_user("lead", "l@hub.example")
    lead.groups.add(PartnerGroup.objects.get(role="leads").group)
    assert steps_in(home(client, admin_user)) == []


def test_the_example_comes_in_and_goes_as_one_but_never_with_somebodys_own_page(
    client: Client, tree: Tree, admin_user: User, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    assert client.post("/admin/example/in/").status_code == 302
    assert not example.is_in(), "an author is sent away"
    client.force_login(admin_user)
    assert client.get("/admin/example/in/").status_code == 405
    shown = client.post("/admin/example/in/", follow=True).content.decode()
    assert "who sits where" in shown
    client.post("/admin/example/in/")
    module = ModulePage.objects.get(translation_key=example.MODULE)
    assert "swap chairs" in client.get(module.get_url()).content.decode()
    own = put(module, activity("Ours"))
    assert "“Ours”" in client.post("/admin/example/out/", follow=True).content.decode()
    assert example.is_in()
    own.delete()
    assert "The example is gone" in client.post("/admin/example/out/", follow=True).content.decode()
    assert not HubPage.objects.filter(translation_key__in=example.OURS).exists()
    assert ModulePage.objects.filter(pk=tree.module.pk).exists()


def test_the_guides_behind_help_are_the_documents_and_no_other_file_is(client: Client, clued_up_author: User) -> None:
    page = home(client, clued_up_author)
    for name, sentence in {
        "editors": "A story is shown only while everyone in it agrees",
        "moderators": "lists what workers handed in",
        "leads": "A colleague’s last day".replace("’", "'"),
    }.items():
        assert reverse("guide", args=[name]) in page
        shown = client.get(reverse("guide", args=[name])).content.decode()
        assert sentence in shown
        assert not re.search(r'(?:src|href)="(?:pictures/|[a-z]+\.md)', shown), (
            "pictures and guides have an address here"
        )
    assert client.get("/admin/help/running/").status_code == 404
    assert client.get("/admin/help/editors/").content.decode().count("/static/guide/") > 3


def test_what_comes_next_stands_in_sight_beside_save_draft(
    client: Client, two_sections: Tree, clued_up_author: User, clued_up_lead: User
) -> None:
    def in_sight(user: User, page: object) -> str:
        client.force_login(user)
        shown = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()  # type: ignore[attr-defined]
        return shown[shown.index("action-save") :].split("w-dropdown__toggle")[0]

    assert "action-publish" in in_sight(clued_up_author, two_sections.guidance)
    assert "action-publish" not in in_sight(clued_up_author, make_story(two_sections)).split("</nav>")[0]
    change_approval(two_sections, required=True)
    provision()
    assert "action-submit" in in_sight(clued_up_author, two_sections.guidance)
    draft = two_sections.guidance.get_latest_revision_as_object()
    draft.title = "The first ten minutes"
    draft.save_revision(user=clued_up_author)
    draft.get_workflow().start(draft, clued_up_author)
    assert 'data-workflow-action-name="approve"' in in_sight(clued_up_lead, draft)


def test_the_admin_bears_the_hubs_name_and_asks_one_name_alone(client: Client, clued_up_author: User) -> None:
    assert "Wagtail" not in re.findall("<title>(.*?)</title>", client.get("/admin/login/").content.decode())[0]
    assert "admin/hub.css" in home(client, clued_up_author)
    shown = client.get("/admin/account/").content.decode()
    assert "time zone" not in shown.lower()
    assert "Preferred language" not in shown
    sent = {"name_email-first_name": "Ishbel", "name_email-last_name": "", "theme-theme": "system",
            "theme-density": "default", "theme-contrast": "system", "theme-keyboard_shortcuts": "on"}  # fmt: skip
    assert client.post("/admin/account/", sent).status_code == 302
    clued_up_author.refresh_from_db()
    assert clued_up_author.get_full_name() == "Ishbel"


def test_words_for_a_picture_are_asked_once(two_sections: Tree) -> None:
    image = HubImage(title="A kettle", default_alt_text="A kettle on a stove", file=ContentFile(photo(), name="x.jpg"))
    image.save()
    cleaned = ImageBlock().clean({"image": image, "alt_text": "", "decorative": False, "caption": ""})
    assert cleaned["alt_text"] == "A kettle on a stove"
    kept = ImageBlock().clean({"image": image, "alt_text": "My own", "decorative": False, "caption": ""})
    assert kept["alt_text"] == "My own"
    plain = ImageBlock().clean({"image": image, "alt_text": "", "decorative": True, "caption": ""})
    assert not plain["alt_text"], "a picture that only decorates needs none"


def test_people_and_consent_is_in_sight_in_the_list_of_pages(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    story = make_story(two_sections)
    client.force_login(clued_up_author)
    listed = client.get(f"/admin/pages/{story.get_parent().pk}/").content.decode()
    before_the_dots = listed.split(f"/admin/stories/{story.pk}/people/")[0]
    assert before_the_dots != listed
    assert "More options for" not in before_the_dots.rpartition("<tr")[2], "not behind the dots"

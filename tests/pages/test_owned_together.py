"""A page that several partners own: public when each has agreed to the very words, and to nobody's else."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from hub.pages import pieces
from hub.pages.models import GuidancePage, HubPage
from hub.pages.models.owned_together import EachOwnerAgrees
from hub.pages.partner_operations import change_partner, close_partner
from hub.partners.models import Partner
from hub.partners.provisioning import provision
from tests.factories import Tree
from tests.personas import in_group

pytestmark = pytest.mark.django_db
WORDS = "Ask what would help."
BODY = '<p data-block-key="kettl">Advice.</p>'
BLOCK = "5b4f1a52-0d3a-4b0e-8d7e-0a1c2b3d4e5f"


@pytest.fixture
def shared(two_sections: Tree) -> Any:
    """Clued Up's guidance as a draft that CARF is to own too, with one public version that is Clued Up's alone."""
    page = GuidancePage.objects.get(pk=two_sections.guidance.pk)
    page.summary = WORDS
    page.body = [{"type": "text", "value": BODY, "id": BLOCK}]
    page.owned_with = [Partner.objects.get(name="CARF")]
    page.save_revision()
    return page


def newest(page: Any) -> Any:
    return HubPage.objects.get(pk=page.pk).specific.get_latest_revision_as_object()


def address(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def opened(client: Client, who: User, page: Any) -> Any:
    """The editor's form as her browser would send it."""
    client.force_login(who)
    form = querydict_from_html(client.get(address(page)).content.decode(), form_id="page-edit-form")
    form.update(nested_form_data({"body": streamfield([("text", rich_text(BODY))])}))
    form["body-0-id"] = BLOCK
    form.setlist("owned_with", [str(one.pk) for one in newest(page).owned_with.all()])
    return form


def press(client: Client, who: User, page: Any, form: Any, **button: str) -> str:
    client.force_login(who)
    data = form.copy()
    data.update(button)
    answer = client.post(address(page), dict(data.lists()), follow=True).content.decode()
    the_list_says_what_each_page_says()
    return answer


def the_list_says_what_each_page_says() -> None:
    """A list asks about all pages at once; whoever says yes is asked about on the page itself."""
    for state in TaskState.objects.filter(status="in_progress", task__in=EachOwnerAgrees.objects.all()):
        page, step = state.workflow_state.content_object.specific, state.task.specific
        for user in User.objects.all():
            may = "approve" in {name for name, _, _ in step.get_actions(page, user)}
            assert (state.pk in step.asked_of(user)) == may


def say(client: Client, who: User, page: Any, what: str = "approve", extra: str = "{}", form: Any = None) -> str:
    button = {"action-workflow-action": "true", "workflow-action-name": what, "workflow-action-extra-data": extra}
    return press(client, who, page, form or opened(client, who, page), **button)


def ask(client: Client, who: User, page: Any) -> None:
    press(client, who, page, opened(client, who, page), **{"action-submit": "true"})


def shown(page: Any) -> bool:
    return WORDS in Client().get(page.url).content.decode()


def test_it_is_public_when_the_last_owner_has_agreed_and_says_whose_it_is(
    client: Client, shared: Any, clued_up_author: User, carf_author: User
) -> None:
    assert not newest(shared).permissions_for_user(clued_up_author).can_publish()
    ask(client, clued_up_author, shared)
    assert not shown(shared)
    client.force_login(carf_author)
    first = client.get("/admin/").content.decode()
    assert "Waiting for you to approve" in first
    assert address(shared) in first
    editor = client.get(address(shared)).content.decode()
    assert "We agree to these words" in editor
    assert editor.index("We do not agree") < editor.index("More actions"), "a no stands in sight as its yes does"
    assert "Waiting for CARF" in editor
    say(client, carf_author, shared)
    assert shown(shared)
    pieces.forget()  # one transaction is one change
    assert "<dd>CARF</dd>" in Client().get(shared.url).content.decode()
    assert "Waiting for you" not in client.get("/admin/").content.decode()
    assert client.get(address(shared)).status_code == 302, "asked no more, another partner's page is closed again"


def test_nobody_publishes_it_past_them(client: Client, shared: Any, clued_up_lead: User) -> None:
    chief = User.objects.create_superuser("chief", "chief@hub.example")
    for who in (clued_up_lead, chief):
        assert not newest(shared).permissions_for_user(who).can_publish()
        with pytest.raises(PermissionDenied):
            newest(shared).get_latest_revision().publish(user=who)
        press(client, who, shared, opened(client, who, shared), **{"action-publish": "true"})
    assert not shown(shared)


def test_an_owner_ticked_and_published_in_one_press_is_asked_first(
    client: Client, two_sections: Tree, clued_up_author: User
) -> None:
    form = opened(client, clued_up_author, two_sections.guidance)
    form["summary"] = WORDS
    form["owned_with"] = str(Partner.objects.get(name="CARF").pk)
    page = press(client, clued_up_author, two_sections.guidance, form, **{"action-publish": "true"})
    assert "CARF must agree first" in page
    assert WORDS in page
    assert not shown(two_sections.guidance)


def test_a_new_version_asks_anew_and_a_form_opened_before_agrees_to_nothing(
    client: Client, shared: Any, clued_up_author: User, carf_author: User
) -> None:
    ask(client, clued_up_author, shared)
    stale = opened(client, carf_author, shared)
    page = newest(shared)
    page.summary = "Other words."
    page.save_revision(user=clued_up_author)
    assert "Somebody else has saved this page" in say(client, carf_author, shared, form=stale)
    unsaid = stale.copy()
    for name in ("loaded_revision_id", "loaded_revision_created_at", "overwrite_revision_id"):
        unsaid.pop(name, None)
    say(client, carf_author, shared, form=unsaid)
    assert TaskState.objects.filter(status="approved").count() == 1
    say(client, carf_author, shared)
    assert "Waiting for Clued Up" in client.get(address(shared)).content.decode(), "its yes was to the words before"
    assert newest(shared).has_unpublished_changes
    say(client, clued_up_author, shared)
    assert "Other words." in Client().get(shared.url).content.decode()


def test_a_version_saved_again_in_place_is_another_one(
    client: Client, shared: Any, clued_up_author: User, carf_author: User
) -> None:
    ask(client, clued_up_author, shared)
    page = newest(shared)
    page.summary = "Other words."
    page.save_revision(user=clued_up_author, overwrite_revision=page.latest_revision)
    say(client, carf_author, shared)
    assert "Other words." not in Client().get(shared.url).content.decode()


def test_one_that_does_not_agree_says_why_and_it_waits(
    client: Client, shared: Any, clued_up_author: User, carf_author: User
) -> None:
    ask(client, clued_up_author, shared)
    say(client, carf_author, shared, "reject")
    assert TaskState.objects.filter(status="rejected").count() == 0, "a reason is asked for"
    say(client, carf_author, shared, "reject", '{"comment": "Name the phone line. 📞"}')
    assert not shown(shared)
    client.force_login(clued_up_author)
    assert "“Name the phone line. 📞”" in client.get("/admin/").content.decode()
    assert "CARF did not agree" in client.get(address(shared)).content.decode()
    ask(client, clued_up_author, shared)
    say(client, carf_author, shared)
    assert shown(shared)


def test_the_box_for_the_reason_opens_for_an_owner_alone_and_asks_for_a_sentence(
    client: Client, shared: Any, clued_up_author: User, carf_author: User
) -> None:
    ask(client, clued_up_author, shared)
    state = TaskState.objects.get(status="in_progress")
    box = reverse("wagtailadmin_pages:collect_workflow_action_data", args=[shared.pk, "reject", state.pk])
    client.force_login(carf_author)
    assert f'data-workflow-action-modal-url="{box}"' in client.get(address(shared)).content.decode()
    assert "The others read it." in client.get(box).json()["html"]
    by_script = {"X-Requested-With": "XMLHttpRequest"}  # as Wagtail's own does
    assert "Say in a sentence why" in client.post(box, {"comment": " "}, headers=by_script).json()["html"]
    taken = client.post(box, {"comment": "Name the line. 📞"}, headers=by_script).json()
    assert taken["cleaned_data"] == {"comment": "Name the line. 📞"}
    client.force_login(in_group("Story moderators"))
    assert client.get(box).status_code == 404


def test_without_the_right_to_publish_there_is_no_voice(
    client: Client, shared: Any, clued_up_author: User, carf_author: User
) -> None:
    carf = Partner.objects.get(name="CARF")
    carf.approval_required = True
    change_partner(carf, by=User.objects.create_superuser("chief"))
    ask(client, clued_up_author, shared)
    state = TaskState.objects.get(status="in_progress")
    client.force_login(carf_author)
    assert client.get(address(shared)).status_code == 302
    assert address(shared) not in client.get("/admin/").content.decode()
    with pytest.raises(PermissionDenied, match="may publish there"):
        state.task.specific.on_action(state, carf_author, "approve")
    say(client, in_group("CARF: leads"), shared)
    assert shown(shared)


def test_a_partner_that_owns_nothing_of_it_sees_nothing(client: Client, shared: Any, clued_up_author: User) -> None:
    Partner.objects.create(name="FIRST", short_name="FIRST", slug="first", strand="kelp")
    provision()
    ask(client, clued_up_author, shared)
    state = TaskState.objects.get(status="in_progress")
    for who in (in_group("FIRST: leads"), in_group("Toolkit editors"), in_group("Story moderators")):
        client.force_login(who)
        assert client.get(address(shared)).status_code == 302
        at_once = reverse("wagtailadmin_pages:workflow_action", args=[shared.pk, "approve", state.pk])
        assert client.post(at_once).status_code == 404
    assert not shown(shared)


def test_the_screen_that_does_not_say_which_words_is_closed_to_owners(
    client: Client, shared: Any, clued_up_author: User, carf_author: User
) -> None:
    ask(client, clued_up_author, shared)
    state = TaskState.objects.get(status="in_progress")
    client.force_login(carf_author)
    at_once = reverse("wagtailadmin_pages:workflow_action", args=[shared.pk, "approve", state.pk])
    assert client.post(at_once, {"comment": ""}).status_code == 404
    assert not shown(shared)


def test_a_closed_partner_is_waited_for_no_more_and_closing_publishes_nothing(
    client: Client, shared: Any, clued_up_author: User
) -> None:
    third = Partner.objects.create(name="FIRST", short_name="FIRST", slug="first", strand="kelp")
    shared.owned_with = [*shared.owned_with.all(), third]
    shared.save_revision()
    provision()
    ask(client, clued_up_author, shared)
    say(client, in_group("CARF: leads"), shared)
    assert not shown(shared)
    close_partner(third)
    the_list_says_what_each_page_says()
    assert not shown(shared)
    say(client, clued_up_author, shared)
    assert shown(shared)


def test_an_owner_is_left_out_only_with_its_yes(
    client: Client, shared: Any, clued_up_author: User, carf_author: User
) -> None:
    ask(client, clued_up_author, shared)
    say(client, carf_author, shared)
    page = newest(shared)
    page.owned_with = []
    page.summary = "Ours alone."
    page.save_revision(user=clued_up_author)
    assert not newest(shared).permissions_for_user(clued_up_author).can_publish()
    ask(client, clued_up_author, shared)
    assert "Ours alone." not in Client().get(shared.url).content.decode()
    say(client, carf_author, shared)
    assert "Ours alone." in Client().get(shared.url).content.decode()
    assert newest(shared).permissions_for_user(clued_up_author).can_publish(), "now it is Clued Up's alone"


def test_a_module_whose_owners_were_ticked_while_it_was_approved_is_asked_about(
    client: Client, two_sections: Tree, clued_up_author: User, carf_author: User
) -> None:
    toolkit_editor, other = in_group("Toolkit editors"), in_group("CARF: leads")
    other.groups.add(*toolkit_editor.groups.all())
    page: Any = two_sections.module
    page.summary = WORDS
    page.save_revision(user=clued_up_author)
    page.get_workflow().start(page, clued_up_author)
    state = TaskState.objects.get(status="in_progress")
    page.owned_with = list(Partner.objects.all())
    page.save_revision(user=clued_up_author)
    for _ in range(2):  # Wagtail asks again about a version that came since
        state = TaskState.objects.get(status="in_progress")
        state.task.specific.on_action(state, other, "approve")
    assert not shown(page)
    say_yes = TaskState.objects.get(status="in_progress")
    say_yes.task.specific.on_action(say_yes, clued_up_author, "approve")
    assert shown(page)


def test_whoever_may_say_so_for_another_owner_is_told_once(
    client: Client, shared: Any, clued_up_author: User, carf_author: User, mailoutbox: Any
) -> None:
    other = in_group("Clued Up: leads")
    for person in (clued_up_author, other, carf_author):
        person.email = f"{person.username}@hub.example"
        person.save()
    ask(client, clued_up_author, shared)
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [([carf_author.email], "A page waits for your approval")]
    assert shared.title not in mailoutbox[0].body
    say(client, carf_author, shared)
    assert [mail.to for mail in mailoutbox if "waits" in mail.subject] == [[carf_author.email]]

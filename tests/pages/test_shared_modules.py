"""What the partners share: proposed by one, approved by another, and never covered by whoever saves last."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState, WorkflowPage, get_page_models
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, rich_text, streamfield

from hub.pages.models import HubPage, ModulePage
from hub.pages.page_form import HubPageForm
from hub.partners.provisioning import provision
from tests.factories import Tree

pytestmark = pytest.mark.django_db
WORDS = "Say what happened first."


def editor(name: str, *groups: str) -> User:
    user = User.objects.create_user(name)
    user.groups.add(Group.objects.get(name="Toolkit editors"), *Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def proposer(two_sections: Tree) -> User:
    return editor("proposer", "Clued Up: authors")


def propose(tree: Tree, by: User) -> Any:
    page = ModulePage.objects.get(pk=tree.module.pk)
    page.summary = WORDS
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


def act(client: Client, user: User, state: Any, action: str = "approve") -> None:
    client.force_login(user)
    page = state.workflow_state.object_id
    address = reverse("wagtailadmin_pages:workflow_action", args=[page, action, state.pk])
    client.post(address, {"comment": "Read."})


def shown(client: Client, tree: Tree) -> bool:
    client.logout()
    return WORDS in client.get(tree.module.url).content.decode()


def test_a_toolkit_editor_of_another_partner_approves_and_it_is_public(
    client: Client, two_sections: Tree, proposer: User
) -> None:
    state = propose(two_sections, proposer)
    assert not shown(client, two_sections)
    other = editor("other", "CARF: authors")
    client.force_login(other)
    assert state in TaskState.objects.reviewable_by(other)
    act(client, other, state)
    assert shown(client, two_sections)


@pytest.mark.parametrize("who", ["the proposer", "a colleague", "no partner", "no editor", "a co-author"])
def test_nobody_else_does(client: Client, two_sections: Tree, proposer: User, who: str) -> None:
    people = {
        "the proposer": proposer,
        "a colleague": editor("colleague", "Clued Up: leads"),
        "no partner": editor("nobody"),
        "no editor": User.objects.create_user("carf-only"),
        "a co-author": editor("co-author", "CARF: authors"),
    }
    people["no editor"].groups.add(Group.objects.get(name="CARF: leads"))
    two_sections.module.save_revision(user=people["a co-author"])
    state = propose(two_sections, proposer)
    act(client, people[who], state)
    assert not shown(client, two_sections)
    assert state not in TaskState.objects.reviewable_by(people[who])
    with pytest.raises(PermissionDenied, match="another partner"):
        state.task.specific.on_action(state, people[who], "approve")


def test_a_toolkit_editor_publishes_nothing_alone_and_an_administrator_does(
    client: Client, two_sections: Tree, proposer: User
) -> None:
    may = two_sections.module.permissions_for_user(proposer)
    assert may.can_edit()
    assert not may.can_publish()
    assert two_sections.module.permissions_for_user(User.objects.create_superuser("admin")).can_publish()


def test_taken_off_the_toolkit_the_approval_is_put_back(two_sections: Tree) -> None:
    WorkflowPage.objects.filter(page=two_sections.toolkit).delete()
    assert "Put the workflow “Toolkit: approval” on the toolkit." in provision()
    assert provision() == []


def test_the_difference_can_be_read(client: Client, two_sections: Tree, proposer: User) -> None:
    before = ModulePage.objects.get(pk=two_sections.module.pk).live_revision_id
    page = ModulePage.objects.get(pk=two_sections.module.pk)
    page.body = [{"type": "text", "value": "<p>Language matters a great deal.</p>", "id": page.body[0].id}]
    after = page.save_revision(user=proposer)
    client.force_login(editor("other", "CARF: authors"))
    compared = client.get(f"/admin/pages/{page.pk}/revisions/compare/{before}...{after.pk}/").content.decode()
    assert '<span class="addition"> a great deal.</span>' in compared


def test_of_two_who_edit_at_once_neither_loses_anything(client: Client, two_sections: Tree, proposer: User) -> None:
    address = f"/admin/pages/{two_sections.module.pk}/edit/"
    client.force_login(proposer)
    mine = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    theirs = ModulePage.objects.get(pk=two_sections.module.pk)
    theirs.summary = "Theirs."
    first = theirs.save_revision(user=editor("other", "CARF: authors"))
    streams = {"body": streamfield([("text", rich_text("<p>Hello</p>"))]), "made_with_families": streamfield([])}
    mine.update(nested_form_data(streams))
    mine["summary"] = "Mine."
    answer = client.post(address, mine)
    page = answer.content.decode()
    assert "Somebody else has saved this page since you opened it" in page
    assert "Mine." in page
    assert ModulePage.objects.get(pk=theirs.pk).latest_revision_id == first.pk
    again = querydict_from_html(page, form_id="page-edit-form")
    again.update(nested_form_data(streams))
    assert client.post(address, again).status_code == 302
    latest = ModulePage.objects.get(pk=theirs.pk).get_latest_revision_as_object()
    assert latest.summary == "Mine."
    assert first.as_object().summary == "Theirs."


@pytest.mark.parametrize(("seconds", "is_refused"), [(1, False), (60, True)])
def test_what_was_saved_by_itself_while_she_pressed_the_button_does_not_stand_in_her_way(
    client: Client, two_sections: Tree, proposer: User, seconds: int, is_refused: bool
) -> None:
    address = f"/admin/pages/{two_sections.module.pk}/edit/"
    client.force_login(proposer)
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    streams = {"body": streamfield([("text", rich_text("<p>Hello</p>"))]), "made_with_families": streamfield([])}
    form.update(nested_form_data(streams))
    by_itself = ModulePage.objects.get(pk=two_sections.module.pk).save_revision(user=proposer)
    saved_at = timezone.now() - timedelta(seconds=seconds)
    Revision.objects.filter(pk=by_itself.pk).update(created_at=saved_at)
    answer = client.post(address, form)
    assert (answer.status_code == 200) is is_refused


@pytest.mark.parametrize("page_type", [m for m in get_page_models() if m is not HubPage], ids=lambda m: m.__name__)
def test_every_kind_of_page_notices_a_late_save(page_type: Any) -> None:
    assert issubclass(page_type.get_edit_handler().get_form_class(), HubPageForm)


def test_whoever_may_approve_is_told_by_mail_and_on_the_first_screen_and_the_mail_names_nothing(
    client: Client, two_sections: Tree, proposer: User, mailoutbox: list[Any]
) -> None:
    people = {name: editor(name, group) for name, group in (("other", "CARF: authors"), ("near", "Clued Up: leads"))}
    for user in (proposer, *people.values()):
        user.email = f"{user.username}@hub.example"
        user.save()
    propose(two_sections, proposer)
    assert [mail.to for mail in mailoutbox] == [["other@hub.example"]]
    mail = mailoutbox[0]
    assert mail.subject == "A page waits for your approval"
    assert f"/admin/pages/{two_sections.module.pk}/edit/" in mail.body
    for word in (two_sections.module.title, "proposer", "other", WORDS):
        assert word not in mail.body.replace("other@", "") + mail.subject
    client.force_login(people["other"])
    first = client.get("/admin/").content.decode()
    assert two_sections.module.title in first
    assert "Read what changed" in first
    client.force_login(people["near"])
    assert "Read what changed" not in client.get("/admin/").content.decode()


def test_what_her_window_saved_itself_is_no_conflict_and_what_another_window_saved_is(
    client: Client, two_sections: Tree, proposer: User
) -> None:
    """The answer to the first saving never came: the line was dead, and the form says an older version."""
    address = f"/admin/pages/{two_sections.module.pk}/edit/"
    client.force_login(proposer)
    streams = nested_form_data(
        {"body": streamfield([("text", rich_text("<p>Hello</p>"))]), "made_with_families": streamfield([])}
    )
    two_sections.module.save_revision(user=proposer)
    mine, elsewhere = (
        querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form") for _ in range(2)
    )
    mine.update(streams)
    elsewhere.update(streams)
    for minutes, summary in enumerate(["Mine.", "Mine, and more."], 1):
        mine["summary"] = summary
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            assert client.post(address, mine).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        assert "Somebody else has saved this page" in client.post(address, elsewhere).content.decode()


def test_one_window_is_no_conflict_with_itself_and_another_of_hers_is(
    client: Client, two_sections: Tree, proposer: User
) -> None:
    """The answer to its last saving was lost, so the form still begins from the version before."""
    address = f"/admin/pages/{two_sections.module.pk}/edit/"
    client.force_login(proposer)
    streams = {"body": streamfield([("text", rich_text("<p>Hello</p>"))]), "made_with_families": streamfield([])}
    forms = []
    for _ in range(2):
        form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
        form.update(nested_form_data(streams))
        forms.append(form)
    window, another = forms
    assert window["hub_window"] != another["hub_window"]
    now = timezone.now()
    for minutes, form, status in ((0, window, 302), (1, window, 302), (2, another, 200)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            form["summary"] = f"Written in minute {minutes}."
            assert client.post(address, form).status_code == status
    assert ModulePage.objects.get(pk=two_sections.module.pk).get_latest_revision_as_object().summary.endswith("1.")

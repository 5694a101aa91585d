"""Pages that are due: whose they are, “Still right” beside a draft and twice at once, and who is told once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from hub.pages.models import CheckReminder, GuidancePage, HubPage, ModulePage
from hub.pages.over_time.guidance_checks import CannotCheck, remind_owners, still_right
from hub.partners.provisioning import provision
from hub.upkeep.tick import tick
from tests.factories import Tree, lit_story

pytestmark = pytest.mark.django_db
SCREEN = "/admin/guidance/check/"


def today() -> date:
    return timezone.localdate()


def due(page: Any, days: int = 0, *, every: int = 100) -> Any:
    """The page as if it had been checked `every` days before it is due, which is in `days` days."""
    page = type(page).objects.get(pk=page.pk)
    page.next_check = today() + timedelta(days=days)
    page.last_checked = page.next_check - timedelta(days=every)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def guidance(two_sections: Tree) -> Any:
    return due(two_sections.guidance)


def click(client: Client, page: Any) -> Any:
    return client.post(f"/admin/guidance/{page.pk}/still-right/", {"due": page.next_check.isoformat()}, follow=True)


@pytest.mark.parametrize(("days", "listed"), [(31, False), (30, True), (-400, True)])
def test_what_is_due_within_a_month_is_listed(
    client: Client, clued_up_author: User, two_sections: Tree, days: int, listed: bool
) -> None:
    page = due(two_sections.guidance, days)
    client.force_login(clued_up_author)
    assert (page.title in client.get(SCREEN).content.decode()) is listed


def test_each_sees_what_they_may_edit_and_nobody_elses(
    client: Client, guidance: Any, clued_up_author: User, carf_author: User, toolkit_editor: User
) -> None:
    module = due(ModulePage.objects.get())
    chief = User.objects.create_superuser("chief")
    seen = {}
    for user in (clued_up_author, carf_author, toolkit_editor, chief):
        client.force_login(user)
        text = client.get(SCREEN).content.decode()
        seen[user.username] = (guidance.title in text, module.title in text)
    assert list(seen.values()) == [(True, False), (False, False), (False, True), (True, True)]


def test_a_moderator_edits_no_page_and_has_no_such_screen(client: Client, moderator: User) -> None:
    client.force_login(moderator)
    assert client.get(SCREEN).status_code == 302


def test_one_click_and_it_comes_back_after_the_same_time(client: Client, guidance: Any, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    assert "is checked today" in click(client, guidance).content.decode()
    page = GuidancePage.objects.get(pk=guidance.pk)
    assert (page.last_checked, page.next_check) == (today(), today() + timedelta(days=100))
    assert page.live_revision.user == clued_up_author
    assert not page.has_unpublished_changes


def test_others_may_not_and_nothing_is_changed(
    client: Client, guidance: Any, carf_author: User, moderator: User
) -> None:
    for user in (carf_author, moderator):
        client.force_login(user)
        client.post(f"/admin/guidance/{guidance.pk}/still-right/", {"due": guidance.next_check.isoformat()})
        assert GuidancePage.objects.get(pk=guidance.pk).next_check == guidance.next_check
    client.force_login(carf_author)
    address = f"/admin/guidance/{guidance.pk}/still-right/"
    assert client.post(address, {"due": guidance.next_check.isoformat()}).status_code == 404
    assert client.get(address).status_code == 405


def test_a_draft_keeps_its_words_and_its_place_and_takes_the_new_days(guidance: Any, clued_up_author: User) -> None:
    draft = GuidancePage.objects.get(pk=guidance.pk)
    draft.title = "A better title"
    waiting = draft.save_revision()
    still_right(guidance.pk, by=clued_up_author, due=guidance.next_check)
    page = GuidancePage.objects.get(pk=guidance.pk)
    assert (page.title, page.last_checked) == (guidance.title, today())
    assert page.latest_revision_id == waiting.pk
    assert page.has_unpublished_changes
    assert page.live_revision_id not in {waiting.pk, guidance.live_revision_id}
    assert page.live_revision.as_object().title == guidance.title
    newest = page.get_latest_revision_as_object()
    assert (newest.title, newest.next_check) == ("A better title", page.next_check)
    page.latest_revision.publish()
    page = GuidancePage.objects.get(pk=guidance.pk)
    assert (page.title, page.last_checked, page.has_unpublished_changes) == ("A better title", today(), False)


def test_days_that_somebody_set_in_a_draft_stay(guidance: Any, clued_up_author: User) -> None:
    draft = GuidancePage.objects.get(pk=guidance.pk)
    draft.next_check = today() + timedelta(days=7)
    draft.save_revision()
    still_right(guidance.pk, by=clued_up_author, due=guidance.next_check)
    assert GuidancePage.objects.get(pk=guidance.pk).get_latest_revision_as_object().next_check == draft.next_check


def test_the_second_of_two_who_click_is_told_and_changes_nothing(
    client: Client, guidance: Any, clued_up_author: User
) -> None:
    client.force_login(clued_up_author)
    click(client, guidance)
    first = GuidancePage.objects.get(pk=guidance.pk).live_revision_id
    assert "Somebody has dealt with" in click(client, guidance).content.decode()
    assert GuidancePage.objects.get(pk=guidance.pk).live_revision_id == first


def test_a_locked_page_and_a_story_are_refused(guidance: Any, two_sections: Tree) -> None:
    chief = User.objects.create_superuser("chief")
    HubPage.objects.filter(pk=guidance.pk).update(locked=True)
    with pytest.raises(CannotCheck, match="is locked"):
        still_right(guidance.pk, by=chief, due=guidance.next_check)
    story = lit_story(two_sections)
    HubPage.objects.filter(pk=story.pk).update(next_check=today())
    with pytest.raises(CannotCheck, match="A story is not checked like this"):
        still_right(story.pk, by=chief, due=today())


@pytest.mark.parametrize("typed", ["", "soon", "2026-99-99"])
def test_a_day_that_is_none_is_not_found(client: Client, guidance: Any, clued_up_author: User, typed: str) -> None:
    client.force_login(clued_up_author)
    assert client.post(f"/admin/guidance/{guidance.pk}/still-right/", {"due": typed}).status_code == 404


@pytest.mark.parametrize(("days", "told"), [(1, False), (-59, False), (-61, True)])
def test_readers_are_told_after_the_days_of_grace(client: Client, two_sections: Tree, days: int, told: bool) -> None:
    page = due(two_sections.guidance, days)
    assert ("We have not checked this page since" in client.get(page.url).content.decode()) is told


@pytest.mark.parametrize(("days", "told"), [(1, False), (-1, True)])
def test_whoever_edits_an_overdue_page_is_told(
    client: Client, clued_up_author: User, two_sections: Tree, days: int, told: bool
) -> None:
    page = due(two_sections.guidance, days)
    client.force_login(clued_up_author)
    assert ("should have been read again by" in client.get(f"/admin/pages/{page.pk}/edit/").content.decode()) is told


def with_mail(user: User, page: Any = None) -> User:
    user.email = f"{user.username}@example.org"
    user.save()
    HubPage.objects.filter(pk=getattr(page, "pk", None)).update(owner=user)
    return user


def test_the_owner_is_told_once_for_each_day_it_is_due(
    guidance: Any, clued_up_author: User, clued_up_lead: User, mailoutbox: Any
) -> None:
    with_mail(clued_up_lead)
    owner = with_mail(clued_up_author, guidance)
    assert "Pages whose owners were reminded: 1." in tick(now=timezone.now())
    assert "Pages whose owners were reminded: 0." in tick(now=timezone.now())
    assert [mail.to for mail in mailoutbox] == [[owner.email]]
    assert guidance.title in mailoutbox[0].body
    due(guidance, -1)
    assert remind_owners(timezone.now()) == 1


@pytest.mark.parametrize("why", ["inactive", "left", "no address"])
def test_the_leads_are_told_when_the_owner_cannot_be(
    guidance: Any, clued_up_author: User, clued_up_lead: User, mailoutbox: Any, why: str
) -> None:
    with_mail(clued_up_lead)
    owner = with_mail(clued_up_author, guidance)
    if why == "left":
        owner.groups.clear()
    User.objects.filter(pk=owner.pk).update(
        is_active=why != "inactive", email="" if why == "no address" else owner.email
    )
    remind_owners(timezone.now())
    assert [mail.to for mail in mailoutbox] == [[clued_up_lead.email]]


@pytest.mark.leaves_out
def test_toolkit_editors_are_told_of_modules_and_a_mail_that_fails_is_tried_again(
    two_sections: Tree, toolkit_editor: User, settings: Any, mailoutbox: Any
) -> None:
    editor = with_mail(toolkit_editor)
    assert isinstance(due(two_sections.module), ModulePage)
    backend, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "nowhere.Backend"
    assert "Pages whose owners were reminded: 0. FAILED for 1, see the log." in tick(now=timezone.now())
    assert not CheckReminder.objects.exists()
    settings.EMAIL_BACKEND = backend
    remind_owners(timezone.now())
    assert [mail.to for mail in mailoutbox] == [[editor.email]]


def test_nobody_to_tell_is_no_reminder(guidance: Any, mailoutbox: Any) -> None:
    assert remind_owners(timezone.now()) == 0
    assert not CheckReminder.objects.exists()


def test_a_draft_that_a_lead_is_reading_stays_under_review(guidance: Any, clued_up_author: User) -> None:
    partner = guidance.partner
    assert partner is not None
    partner.approval_required = True
    partner.save()
    provision()
    draft = GuidancePage.objects.get(pk=guidance.pk)
    draft.title = "A better title"
    draft.save_revision(user=clued_up_author)
    state = draft.get_workflow().start(draft, clued_up_author)
    still_right(guidance.pk, by=User.objects.create_superuser("chief"), due=guidance.next_check)
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS
    assert state.current_task_state.revision_id == draft.latest_revision_id


def test_where_a_lead_approves_an_author_cannot_say_so_and_a_lead_can(
    client: Client, guidance: Any, clued_up_author: User, clued_up_lead: User
) -> None:
    partner = guidance.partner
    assert partner is not None
    partner.approval_required = True
    partner.save()
    provision()
    client.force_login(clued_up_author)
    screen = client.get(SCREEN).content.decode()
    assert "A lead can say that it is still right." in screen
    assert "Still right<" not in screen
    click(client, guidance)
    assert GuidancePage.objects.get(pk=guidance.pk).next_check == guidance.next_check
    client.force_login(clued_up_lead)
    click(client, guidance)
    assert GuidancePage.objects.get(pk=guidance.pk).last_checked == today()

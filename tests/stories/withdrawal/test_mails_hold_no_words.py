"""Every mail there is about a story, with canaries in its title, words, names and comments: none of them is in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.admin.mail import send_notification
from wagtail.models import Comment, GroupApprovalTask, Workflow, WorkflowTask

from hub.accounts.sign_in import SENDER
from hub.stories.choices import LegalReason
from hub.stories.family.links import find, issue
from hub.stories.models import Consent, PersonalDetails, PrivateLink, StoryPage
from hub.stories.public_requests.requests import receive
from hub.stories.review.flags import raise_legal_flag
from hub.stories.withdrawal import leaving_out, looking_after
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests.factories import Tree, light, make_story
from tests.past import rewrite

pytestmark = pytest.mark.django_db
TITLE, NAME, COMMENT, WRITTEN = "Zaunkoenig", "Sperling", "Kiebitz", "Goldammer"
LATER = timedelta(days=40)


@pytest.fixture
def staff(clued_up_author: User, clued_up_lead: User, moderator: User, toolkit_editor: User) -> list[User]:
    everybody = [clued_up_author, clued_up_lead, moderator, toolkit_editor]
    for user in everybody:
        user.email, user.last_name = f"staff-{user.pk}@example.org", NAME
        user.save()
    return everybody


@pytest.fixture
def story(two_sections: Tree, staff: list[User]) -> StoryPage:
    story = light(make_story(two_sections, text=TITLE, people=2))
    for person in story.participations.all():
        PersonalDetails.objects.create(participant=person.participant, preferred_name=NAME)
    return story


def assert_numbers_only(story: StoryPage, at_least: int) -> None:
    SENDER.submit(lambda: None).result()  # one thread sends what nobody waits for: now it has
    assert len(mail.outbox) >= at_least
    for message in mail.outbox:
        said = str(message.message()) + "".join(str(part) for part, _ in getattr(message, "alternatives", []))
        for word in (TITLE, NAME, COMMENT, WRITTEN, "counter", story.slug):
            assert word.lower() not in said.lower(), message.subject
        assert not [address for address in message.to + message.bcc if "example.org" not in address]


def test_a_workflow_from_its_beginning_to_its_end(
    story: StoryPage, clued_up_author: User, clued_up_lead: User, django_capture_on_commit_callbacks: Any
) -> None:
    task = GroupApprovalTask.objects.create(name="Read it")
    task.groups.add(clued_up_lead.groups.get())
    workflow = Workflow.objects.create(name="Read it")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    with django_capture_on_commit_callbacks(execute=True):
        page = StoryPage.objects.get(pk=story.pk)
        page.save_revision(user=clued_up_author)
        state = workflow.start(page, clued_up_author)
        for action in ("reject", "approve"):
            now = state.current_task_state
            now.task.on_action(now, user=clued_up_lead, action_name=action, comment=COMMENT)
            state.refresh_from_db()
            if action == "reject":
                state.resume(user=clued_up_author)
                state.refresh_from_db()
    assert_numbers_only(story, at_least=3)
    assert any("needs changes" in message.subject for message in mail.outbox)
    assert any(f"/admin/pages/{story.pk}/edit/" in message.body for message in mail.outbox)


def test_comments_of_colleagues(story: StoryPage, staff: list[User]) -> None:
    comment = Comment.objects.create(page_id=story.pk, user=staff[0], text=COMMENT, contentpath="title")
    said = {"page": story, "editor": staff[0], "new_comments": [comment], "resolved_comments": [comment]}
    assert send_notification(staff[1:], "updated_comments", {**said, "replied_comments": [], "deleted_comments": []})
    assert_numbers_only(story, at_least=1)


def test_answers_that_end_requests_that_are_due_and_forty_days_without_a_tick(story: StoryPage) -> None:
    rewrite(Consent.objects.filter(participation__story=story), expires_at=timezone.now() + LATER + timedelta(days=20))
    receive(about=story.url, wanted="remove", message=WRITTEN, contact=NAME)
    tick(now=timezone.now() + LATER)
    once = len(mail.outbox)
    tick(now=timezone.now() + LATER)
    assert len(mail.outbox) == once, "each is told once"
    assert {message.subject.split()[0] for message in mail.outbox} == {"Some", "Request"}
    assert_numbers_only(story, at_least=2)


def test_a_withdrawal_a_wish_to_erase_and_one_to_leave(
    story: StoryPage, django_capture_on_commit_callbacks: Any
) -> None:
    one, other = story.participations.order_by("pk")
    link = find(issue(other, PrivateLink.Purpose.KEEP).address)
    assert link is not None
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(one)
        looking_after.ask_for_erasure(link)
        leaving_out.leave(link)
        receive(about=story.url, wanted="remove", message=WRITTEN, contact=NAME)
    assert_numbers_only(story, at_least=4)
    assert any("words left out" in message.body for message in mail.outbox)


def test_somebody_new_gets_a_password_by_a_mail_that_knows_no_story(story: StoryPage, staff: list[User]) -> None:
    Client().post("/admin/password_reset/", {"email": staff[0].email})
    assert_numbers_only(story, at_least=1)


def test_of_a_hidden_story_safeguarding_alone_hears(story: StoryPage, django_capture_on_commit_callbacks: Any) -> None:
    User.objects.create_user("safe", email="safe@example.org").groups.add(Group.objects.get(name="Safeguarding"))
    receive(about=story.url, wanted="remove", message=WRITTEN, contact=NAME)
    Consent.objects.filter(participation__story=story).update(expires_at=timezone.now() + timedelta(days=50))
    raise_legal_flag(story, LegalReason.SAFEGUARDING, by=None, hides=True)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        tick(now=timezone.now() + LATER)
        withdraw(story.participations.first())
    assert {message.subject.split()[0] for message in mail.outbox} == {"Request", "Story"}
    assert {address for message in mail.outbox for address in message.to + message.bcc} == {"safe@example.org"}
    assert_numbers_only(story, at_least=2)

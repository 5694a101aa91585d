"""Jobs that time asks for: reminders once each and without names, stories that became ready, and nothing done twice."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from hub import encryption
from hub.stories.family.asking import keep
from hub.stories.family.links import issue
from hub.stories.models import Answers, ChangeWanted, Consent, Notice, PrivateLink, StoryPage
from hub.stories.review.decisions import approve_story
from hub.upkeep.tick import tick
from tests.factories import CANARY, Tree, a_moderator, lit_story, make_story, yes
from tests.owner import without_triggers
from tests.past import rewrite

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(clued_up_lead: User) -> User:
    clued_up_lead.email = "lead@example.org"
    clued_up_lead.save()
    return clued_up_lead


def ending_in(story: StoryPage, days: int) -> None:
    rewrite(Consent.objects.filter(participation__story=story), expires_at=timezone.now() + timedelta(days=days))


@pytest.mark.parametrize(("days", "told"), [(91, 0), (89, 1), (29, 1), (-1, 0)])
def test_a_lead_is_told_ninety_and_thirty_days_before(
    lead: User, two_sections: Tree, mailoutbox: Any, days: int, told: int
) -> None:
    story = lit_story(two_sections)
    rewrite(Consent.objects.all(), given_at=timezone.now() - timedelta(days=100))
    ending_in(story, days)
    tick(now=timezone.now())
    tick(now=timezone.now())
    assert len(mailoutbox) == told
    assert Notice.objects.count() == told


def test_each_stage_is_told_once_also_after_days_without_running(
    lead: User, two_sections: Tree, mailoutbox: Any
) -> None:
    ending_in(lit_story(two_sections), 85)
    now = timezone.now()
    for day in (0, 1, 60, 61):
        tick(now=now + timedelta(days=day))
    assert len(mailoutbox) == 2


def test_a_reminder_holds_codes_and_dates_and_nothing_else(lead: User, two_sections: Tree, mailoutbox: Any) -> None:
    story = lit_story(two_sections)
    ending_in(story, 20)
    tick(now=timezone.now())
    mail = mailoutbox[0]
    assert mail.to == ["lead@example.org"]
    assert story.participations.get().participant.code in mail.body
    assert CANARY not in mail.subject + mail.body


@pytest.mark.leaves_out
def test_a_mail_that_cannot_be_sent_is_tried_again(
    lead: User, two_sections: Tree, settings: Any, mailoutbox: Any
) -> None:
    ending_in(lit_story(two_sections), 20)
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "nowhere.Backend"
    assert any("FAILED" in sentence for sentence in tick(now=timezone.now()))
    assert not Notice.objects.exists()
    with pytest.raises(CommandError):
        call_command("tick", stdout=StringIO())
    settings.EMAIL_BACKEND = backend
    tick(now=timezone.now())
    assert len(mailoutbox) == 1


def test_a_story_is_shown_when_its_days_to_think_are_over(client: Client, tree: Tree) -> None:
    story = make_story(tree)
    yes(story.participations.get(), not_before=timezone.now() + timedelta(days=7))
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    tick(now=timezone.now())
    assert client.get(story.url).status_code == 404
    rewrite(Consent.objects.all(), not_before=timezone.now())
    assert "Stories shown: 1." in tick(now=timezone.now())
    assert client.get(story.url).status_code == 200
    assert "Stories shown: 0." in tick(now=timezone.now())


def test_what_was_typed_is_deleted_a_month_after_it_was_sent(tree: Tree) -> None:
    link = issue(make_story(tree).participations.get(), PrivateLink.Purpose.ANSWER).link
    keep(link, {"wanted": "The street"})
    tick(now=timezone.now() + timedelta(days=29))
    assert Answers.objects.exists()
    PrivateLink.objects.update(used_at=timezone.now())
    tick(now=timezone.now() + timedelta(days=31))
    assert not Answers.objects.exists()


def test_the_ledger_is_verified_and_the_first_broken_line_named(tree: Tree) -> None:
    lit_story(tree, people=3)
    out = StringIO()
    call_command("verify_ledger", stdout=out)
    assert "The ledger holds: 3 lines" in out.getvalue()
    without_triggers("UPDATE stories_consentevent SET participant_code = 'P-9999' WHERE sequence = 2")
    with pytest.raises(CommandError, match="Line 2 of the ledger does not follow"):
        call_command("verify_ledger", stdout=out)


def test_keys_can_be_changed_and_the_old_one_thrown_away(tree: Tree, settings: Any) -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.HUB_ENCRYPTION_KEYS = [old]
    change = ChangeWanted.objects.create(participation=make_story(tree).participations.get(), wanted="Mairi")
    settings.HUB_ENCRYPTION_KEYS = [new, old]
    call_command("lock_again", stdout=StringIO())
    settings.HUB_ENCRYPTION_KEYS = [new]
    assert ChangeWanted.objects.get(pk=change.pk).wanted == "Mairi"
    settings.HUB_ENCRYPTION_KEYS = [old]
    with pytest.raises(encryption.CannotOpen):
        ChangeWanted.objects.get(pk=change.pk)

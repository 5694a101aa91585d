"""A restore brings back the answers of an older day, and never a story that was withdrawn since.

The database is set back by undoing a transaction's part; what stands beside it, the journal, is not set back.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone

from hub.law import AgeBand
from hub.pages.models import HubPage
from hub.stories.choices import EventKind, LegalReason, Use
from hub.stories.consent.answers import end_pause, pause
from hub.stories.consent.choosing_law import choose_law
from hub.stories.consent.growing_up import note_age
from hub.stories.erasure.steps import erase
from hub.stories.family.links import issue
from hub.stories.ledger import journal
from hub.stories.ledger.lines import first_broken_link
from hub.stories.models import Consent, ConsentEvent, PrivateLink, StoryPage
from hub.stories.review.decisions import return_story
from hub.stories.review.flags import raise_legal_flag
from hub.stories.review.holding import hold_story
from hub.stories.review.taking_back import show_again
from hub.stories.rule import Decision
from hub.stories.withdrawal import stopping
from hub.stories.withdrawal.not_before import not_before
from hub.stories.withdrawal.stopping import revoke, withdraw
from hub.upkeep.after_restore import missing_lines, withdraw_again
from hub.upkeep.opening import CameBack
from tests.factories import CANARY, Tree, a_moderator, a_worker, add_person, light, make_story, yes

pytestmark = pytest.mark.django_db


class Restored(Exception):
    """The copy is put back."""


@pytest.fixture
def story(tree: Tree, django_capture_on_commit_callbacks: Any) -> StoryPage:
    with django_capture_on_commit_callbacks(execute=True):
        return light(make_story(tree))


@pytest.fixture
def lost(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], Any]], None]:
    """Does something, and sets the database back to the moment before it."""

    def do_and_restore(act: Callable[[], Any]) -> None:
        with suppress(Restored), transaction.atomic():
            with django_capture_on_commit_callbacks() as noted:
                act()
            for note in noted:
                note()
            raise Restored

    return do_and_restore


def is_lit(story: StoryPage) -> bool:
    return HubPage.objects.filter(pk=story.pk).live().exists()


def the_yes(story: StoryPage) -> Consent:
    return Consent.objects.get(participation__story=story, decision=Decision.GIVEN)


def test_a_flag_lost_behind_another_with_the_same_number_is_raised_again(story: StoryPage, lost: Any) -> None:
    journal.append([{"flag": 10_000, "at": "2026-01-01T00:00:00+00:00", "story": story.pk, "reason": "adoption"}])
    raise_legal_flag(story, LegalReason.COURT_CASE, by=None)
    assert [line["reason"] for line in missing_lines()] == ["adoption"]
    assert withdraw_again()
    assert story.legal_flags.filter(reason="adoption").count() == 1


ACTS: dict[str, Callable[[StoryPage], Any]] = {
    "withdrawn": lambda story: withdraw(story.participations.get()),
    "one use withdrawn": lambda story: withdraw(story.participations.get(), uses=[Use.WEBSITE]),
    "paused": lambda story: pause(the_yes(story)),
    "refused": lambda story: yes(story.participations.get(), decision=Decision.REFUSED),
    "not now": lambda story: yes(story.participations.get(), decision=Decision.DEFERRED),
    "revoked": lambda story: revoke(story.participations.get(), EventKind.REVOKED, by=None),
    "invalidated": lambda story: revoke(story.participations.get(), EventKind.INVALIDATED, by=None),
    "a day chosen": lambda story: not_before(
        issue(story.participations.get(), PrivateLink.Purpose.KEEP).link, timezone.localdate() + timedelta(days=9)
    ),
    "flagged": lambda story: raise_legal_flag(story, LegalReason.COURT_CASE, by=None),
    "erased": lambda story: erase(story.pk),
    "unpublished": lambda story: story.unpublish(),
    "sent back": lambda story: return_story(story, moderator=a_moderator(), comment="Not yet."),
    "put on hold": lambda story: hold_story(story, moderator=a_moderator(), comment="Wait."),
    "their age noted": lambda story: note_age(
        story.participations.get().participant, age_band=AgeBand.UNDER_12, reask_at=timezone.now() + timedelta(days=99)
    ),
    "withdrawn, then yes again": lambda story: (withdraw(story.participations.get()), yes(story.participations.get())),
}


@pytest.mark.parametrize("act", ACTS)
def test_what_ended_after_the_copy_ends_again(client: Client, story: StoryPage, lost: Any, act: str) -> None:
    lost(lambda: ACTS[act](story))
    assert is_lit(story), "the copy has brought it back"
    assert withdraw_again()
    assert not is_lit(story)
    assert client.get(story.url).status_code == 404
    assert first_broken_link() is None
    assert StoryPage.objects.filter(pk=story.pk).exists() is (act != "erased")


def test_whom_another_law_did_not_know_is_asked_for_their_age_again(
    tree: Tree, lost: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        story = make_story(tree, people=0)
        add_person(story, age_band=AgeBand.AGE_12_15)
        story = light(story)
    lost(lambda: choose_law("ireland", by=a_worker()))
    assert is_lit(story), "the copy has brought the law of before back"
    assert withdraw_again()
    assert not is_lit(story)


def test_a_parents_no_is_a_parents_no_again(story: StoryPage, lost: Any) -> None:
    lost(
        lambda: stopping.follow_up(
            stopping.receive(story.participations.get(), EventKind.WITHDRAWN, given_by="guardian")
        )
    )
    withdraw_again()
    assert ConsentEvent.objects.filter(kind="withdrawn", given_by="guardian").exists()


def test_a_line_of_a_kind_that_only_a_newer_version_knows_darkens(story: StoryPage) -> None:
    line = {"ledger": "a" * 64, "number": 999, "kind": "something_new", "story": story.pk, "use": "website"}
    journal.append([{**line, "participant": story.participations.get().participant.code, "at": "2026-01-01"}])
    assert any("withdrawn again" in said for said in withdraw_again())
    assert not is_lit(story)


def test_what_a_person_showed_again_later_is_not_taken_off_again(story: StoryPage, lost: Any) -> None:
    def off_and_on() -> None:
        story.unpublish()
        show_again(StoryPage.objects.get(pk=story.pk), by=User.objects.create(username="root", is_superuser=True))

    lost(off_and_on)
    assert withdraw_again() == []
    assert is_lit(story)


def test_what_a_restore_took_back_is_nobodys_wish(story: StoryPage, lost: Any) -> None:
    def dark() -> None:
        CameBack(why_dark="nobody knows").take_back_all()

    lost(dark)
    assert any("of_a_restore" in line for line in journal.lines())
    assert withdraw_again() == []
    assert is_lit(story)


def test_with_nothing_lost_nothing_changes(story: StoryPage) -> None:
    assert missing_lines() == []
    assert withdraw_again() == []
    assert is_lit(story)


def test_another_persons_and_another_storys_answers_stay(tree: Tree, story: StoryPage, lost: Any) -> None:
    other = light(make_story(tree, text="Sommer"))
    lost(lambda: withdraw(story.participations.get()))
    withdraw_again()
    assert is_lit(other)


def test_it_is_done_once_so_a_yes_given_after_the_restore_holds(story: StoryPage, lost: Any) -> None:
    lost(lambda: withdraw(story.participations.get()))
    withdraw_again()
    light(story)
    assert withdraw_again() == []
    assert is_lit(story)


def test_restored_a_second_time_from_the_same_copy_it_is_dark_again(story: StoryPage, lost: Any) -> None:
    lost(lambda: withdraw(story.participations.get()))
    lost(withdraw_again)
    assert is_lit(story)
    withdraw_again()
    assert not is_lit(story)


def test_a_pause_that_had_ended_before_the_copy_is_not_brought_back(story: StoryPage) -> None:
    pause(the_yes(story))
    end_pause(the_yes(story))
    journal.complete()
    assert withdraw_again() == []
    assert is_lit(story)


def test_a_journal_of_another_database_stops_the_start(story: StoryPage) -> None:
    settings.LEDGER_JOURNAL.unlink()
    journal.append([{"ledger": "f" * 64, "kind": "withdrawn", "story": 1, "participant": "P-1", "use": "website"}])
    with pytest.raises(CommandError, match="belongs to another one"):
        call_command("withdraw_again")


def test_an_empty_database_has_nothing_to_withdraw(db: None) -> None:
    journal.append([{"ledger": "f" * 64, "kind": "withdrawn", "story": 1, "participant": "P-1", "use": "website"}])
    assert withdraw_again() == []


def test_a_line_cut_off_by_a_loss_of_power_swallows_no_other(story: StoryPage, lost: Any) -> None:
    with settings.LEDGER_JOURNAL.open("a") as file:
        file.write('{"ledger": "abc')
    lost(lambda: withdraw(story.participations.get()))
    withdraw_again()
    assert not is_lit(story)


def test_what_could_not_be_written_is_written_at_the_next_tick(story: StoryPage) -> None:
    settings.LEDGER_JOURNAL.unlink()
    assert journal.complete() == ConsentEvent.objects.count()
    assert journal.complete() == 0


def test_the_journal_holds_codes_and_numbers_only_and_is_for_the_hub_alone(story: StoryPage, lost: Any) -> None:
    lost(lambda: raise_legal_flag(story, LegalReason.ADOPTION, by=None))
    written = [json.loads(line) for line in settings.LEDGER_JOURNAL.read_text().splitlines()]
    said = {key for line in written for key in line}
    assert said == {
        "ledger", "number", "kind", "story", "participant", "use", "given_by", "at", "flag", "reason", "hides",
    }  # fmt: skip
    assert CANARY not in settings.LEDGER_JOURNAL.read_text()
    assert settings.LEDGER_JOURNAL.stat().st_mode & 0o077 == 0

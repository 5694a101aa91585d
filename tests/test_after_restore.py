"""A restore brings back the answers of an older day, and never a story that was withdrawn since.

The database is set back by undoing a transaction's part; what stands beside it, the journal, is not set back.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client

from hub.pages.models import HubPage
from hub.stories import journal
from hub.stories.after_restore import missing_lines, withdraw_again
from hub.stories.choices import EventKind, LegalReason, Use
from hub.stories.erasure import erase
from hub.stories.ledger import first_broken_link
from hub.stories.models import Consent, ConsentEvent, StoryPage
from hub.stories.operations import hold, raise_legal_flag, release, revoke, withdraw
from hub.stories.rule import Decision
from tests.factories import CANARY, Tree, light, make_story, yes

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
    "paused": lambda story: hold(the_yes(story)),
    "refused": lambda story: yes(story.participations.get(), decision=Decision.REFUSED),
    "not now": lambda story: yes(story.participations.get(), decision=Decision.DEFERRED),
    "revoked": lambda story: revoke(story.participations.get(), EventKind.REVOKED, by=None),
    "invalidated": lambda story: revoke(story.participations.get(), EventKind.INVALIDATED, by=None),
    "flagged": lambda story: raise_legal_flag(story, LegalReason.COURT_CASE, by=None),
    "erased": lambda story: erase(story.pk),
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
    hold(the_yes(story))
    release(the_yes(story))
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
    assert said == {"ledger", "kind", "story", "participant", "use", "at", "flag", "reason", "hides"}
    assert CANARY not in settings.LEDGER_JOURNAL.read_text()
    assert settings.LEDGER_JOURNAL.stat().st_mode & 0o077 == 0

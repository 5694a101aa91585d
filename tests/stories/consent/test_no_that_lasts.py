"""The ways back to a yes that honest use leaves open, each tried as it happens: a tired worker, a slow mail server, a
lost key, a moved page. Whatever is tried here, a no that was said stays a no.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from hub.pages import installed_triggers
from hub.pages.models import GuidancePage, HubPage, Visibility
from hub.pages.serving import search_index
from hub.stories.choices import EventKind, Use
from hub.stories.consent.answers import GivenAnswer, record_consent
from hub.stories.consent.order_of_answers import CannotRecord
from hub.stories.erasure.steps import erase
from hub.stories.family.asking import ask
from hub.stories.family.links import issue
from hub.stories.ledger.lines import first_broken_link
from hub.stories.ledger.verifying import differences
from hub.stories.light.lighting import relight
from hub.stories.light.publishing import publish_when_agreed
from hub.stories.models import (
    Consent,
    ConsentEvent,
    EvidenceFile,
    PrivateLink,
    Stop,
    StoryPage,
    TakenBack,
    WithdrawalCase,
)
from hub.stories.reasons import Reason
from hub.stories.review.decisions import confirm_answer
from hub.stories.review.taking_back import show_again
from hub.stories.review.who_may_approve import MayNotApprove
from hub.stories.rule import Decision
from hub.stories.withdrawal import cases, stopping
from hub.stories.withdrawal.stopping import withdraw
from hub.upkeep.tick import tick
from tests.factories import Tree, a_moderator, handed_in, light, lit_story, make_story, wording, yes
from tests.owner import as_owner, without_triggers
from tests.past import moved_by_hand, rewrite, written_long_ago
from tests.read_out import as_on_screen

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return lit_story(two_sections)


@pytest.fixture
def worker(clued_up_author: User) -> Client:
    client = Client()
    client.force_login(clued_up_author)
    return client


@pytest.fixture(autouse=True)
def asked_anew() -> Any:
    yield
    installed_triggers._seen.clear()


def is_public(story: StoryPage) -> bool:
    return Client().get(story.url).status_code == 200


def everything_runs(story: StoryPage) -> None:
    """What might bring a story back by itself."""
    relight(story.pk)
    publish_when_agreed(story.pk)
    tick(now=timezone.now())


def typed(moment: Any) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y %H:%M}"


def note(worker: Client, story: StoryPage, **change: Any) -> str:
    """A worker notes an answer from paper; returns what the screen says."""
    person = story.participations.first()
    assert person is not None
    said = {**as_on_screen(story), "given_by": "self", "method": "paper", "use_website": "given", **change}
    return worker.post(f"/admin/stories/{story.pk}/people/{person.pk}/record/", said, follow=True).content.decode()


# Law 1: the last line of the ledger decides


def test_rows_from_before_a_withdrawal_loaded_after_it_stay_dark(story: StoryPage) -> None:
    before = list(Consent.objects.filter(participation__story=story).values())
    withdraw(story.participations.get())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM stories_consent")
    Consent.objects.bulk_create(Consent(**row) for row in before)
    everything_runs(story)
    assert not is_public(story)
    assert any("newest line says “withdrawn”" in said for said in differences())


@pytest.mark.parametrize(
    "change",
    [
        "decision = 'given'",
        "decision = 'given', held_at = NULL",
        "decision = 'given', not_before = NULL",
    ],
)
def test_an_answer_rewritten_by_hand_is_no_yes_and_is_noticed(story: StoryPage, change: str) -> None:
    withdraw(story.participations.get())
    with pytest.raises(Exception, match="never reworded"), transaction.atomic():
        as_owner(f"UPDATE stories_consent SET {change}")
    without_triggers(f"UPDATE stories_consent SET {change}")
    everything_runs(story)
    assert not is_public(story)
    with pytest.raises(CommandError, match="do not agree"):
        call_command("verify_ledger")


def test_words_exchanged_under_a_yes_by_hand_are_noticed(story: StoryPage) -> None:
    rewrite(Consent.objects.all(), content_hash="0" * 64)
    assert any("is about other words" in said for said in differences())


def test_a_ledger_that_lost_its_newest_lines_shows_no_story(
    story: StoryPage, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(story.participations.get())
    without_triggers("DELETE FROM stories_consentevent WHERE kind = 'withdrawn'")
    without_triggers("UPDATE stories_consent SET decision = 'given'")
    relight(story.pk)
    installed_triggers._seen.clear()
    assert not is_public(story)
    assert Client().get("/healthz").status_code == 503
    assert first_broken_link() is None, "the chain itself is whole, and the journal knows better"
    assert any("journal tells of a line" in said for said in differences())


@pytest.mark.parametrize("moment", [0, 61])
def test_a_function_that_only_returns_is_noticed_within_a_minute(
    story: StoryPage, monkeypatch: pytest.MonkeyPatch, moment: int
) -> None:
    assert is_public(story)
    name = next(name for _, name, _ in installed_triggers.declared() if "light_only" in name)
    as_owner(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql")
    assert installed_triggers.missing() == [f"pages_visibility.{name}"]
    installed_triggers._seen[:] = [installed_triggers._seen[0] - moment]
    assert is_public(story) is (moment == 0)


def test_no_session_switches_triggers_off_for_itself(story: StoryPage) -> None:
    Visibility.objects.all().delete()
    withdraw(story.participations.get())
    names = ",".join(name for _, name, _ in installed_triggers.declared())
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{names}}}"])
    with pytest.raises(IntegrityError, match="visibility refused"), transaction.atomic():
        Visibility.objects.create(
            page_id=story.pk, revision_id=story.live_revision_id, content_hash="x", public_until=timezone.now() + HOUR
        )


@pytest.mark.parametrize("kind", [GuidancePage, HubPage])
def test_a_story_that_calls_itself_guidance_stays_a_story(story: StoryPage, kind: type[HubPage]) -> None:
    from django.contrib.contenttypes.models import ContentType

    withdraw(story.participations.get())
    HubPage.objects.filter(pk=story.pk).update(content_type=ContentType.objects.get_for_model(kind))
    assert not HubPage.objects.filter(pk=story.pk).live().exists()
    assert not is_public(story)


# Law 2: when it was said, and when it was written in


@pytest.mark.parametrize("after", ["withdrawn", "refused", "deferred", "paused"])
def test_a_yes_dated_before_a_later_no_is_refused_with_both_dates(worker: Client, tree: Tree, after: str) -> None:
    story = written_long_ago(light(make_story(tree)))
    person = story.participations.get()
    acts: dict[str, Callable[[], Any]] = {
        "withdrawn": lambda: withdraw(person),
        "refused": lambda: yes(person, decision=Decision.REFUSED),
        "deferred": lambda: yes(person, decision=Decision.DEFERRED),
        "paused": lambda: stopping.follow_up(stopping.receive(person, EventKind.PAUSED)),
    }
    acts[after]()
    said_at = timezone.now() - 10 * 24 * HOUR
    page = note(worker, story, given_at=typed(said_at))
    assert "What was said last counts. Ask again." in page
    assert f"{timezone.localtime(said_at):%-d %B %Y}" in page
    assert f"{timezone.localtime():%-d %B %Y}" in page
    assert typed(said_at) in page, "what was typed stays"
    everything_runs(story)
    assert not is_public(story)


def test_a_yes_from_before_its_words_were_written_is_refused(worker: Client, tree: Tree) -> None:
    story = make_story(tree)
    page = note(worker, story, given_at=typed(timezone.now() - 24 * HOUR))
    assert "these words were saved on" in page
    assert not Consent.objects.exists()


def test_words_saved_again_unchanged_are_no_younger(tree: Tree) -> None:
    story = written_long_ago(make_story(tree))
    story.get_latest_revision_as_object().save_revision()
    said_at = timezone.now() - 24 * HOUR
    assert yes(story.participations.get(), given_at=said_at).words_saved_at < said_at


def test_what_was_said_last_stands_also_when_an_older_no_is_written_in_later(worker: Client, tree: Tree) -> None:
    story = written_long_ago(make_story(tree))
    person = story.participations.get()
    record_consent(person, Use.WEBSITE, GivenAnswer(decision=Decision.REQUESTED, wording=wording()))
    light(story)
    note(worker, story, given_at=typed(timezone.now() - 24 * HOUR), use_website="refused")
    everything_runs(story)
    assert is_public(story), "asked and answered after that no"
    yes(person, decision=Decision.REFUSED)
    everything_runs(story)
    assert not is_public(story)


def test_the_days_to_think_run_from_when_it_is_written_in(worker: Client, tree: Tree) -> None:
    story = written_long_ago(make_story(tree))
    note(worker, story, given_at=typed(timezone.now() - 30 * 24 * HOUR))
    consent = Consent.objects.get()
    assert consent.given_at is not None
    assert consent.written_at - consent.given_at > 29 * 24 * HOUR
    assert consent.not_before == pytest.approx(consent.written_at + 7 * 24 * HOUR, abs=HOUR)


def test_nobody_types_when_an_answer_was_written_in(tree: Tree) -> None:
    old = yes(make_story(tree).participations.get())
    Consent.objects.filter(pk=old.pk).delete()
    old.pk, old.written_at = None, timezone.now() - 900 * 24 * HOUR
    old.save(force_insert=True)
    old.refresh_from_db()
    assert timezone.now() - old.written_at < HOUR


def a_yes_on_paper_after_a_no(worker: Client, tree: Tree) -> tuple[StoryPage, Consent]:
    story = light(make_story(tree))
    withdraw(story.participations.get())
    sheet = SimpleUploadedFile("voice.mp3", b"ID3\x04\x00" + b"Zilpzalp" * 20)
    rewrite(ConsentEvent.objects.filter(kind="withdrawn"), at=timezone.now() - HOUR, said_at=timezone.now() - HOUR)
    page = note(worker, story, given_at=typed(timezone.now()), method="audio", evidence=sheet)
    assert "are noted" in page
    return story, Consent.objects.get(decision="given")


def test_after_a_no_a_yes_without_what_shows_it_is_refused(worker: Client, tree: Tree) -> None:
    story = light(make_story(tree))
    withdraw(story.participations.get())
    rewrite(ConsentEvent.objects.filter(kind="withdrawn"), at=timezone.now() - HOUR, said_at=timezone.now() - HOUR)
    page = note(worker, story, given_at=typed(timezone.now()))
    assert "somebody from another partner confirms it" in page
    assert not Consent.objects.filter(decision="given").exists()


def test_after_a_no_a_yes_waits_for_somebody_from_another_partner(
    worker: Client, two_sections: Tree, moderator: User, clued_up_author: User
) -> None:
    story, consent = a_yes_on_paper_after_a_no(worker, two_sections)
    rewrite(Consent.objects.filter(pk=consent.pk), not_before=None)
    everything_runs(story)
    assert not is_public(story)
    assert Reason.UNCONFIRMED in {gap.reason for gap in relight(story.pk).gaps}
    for refused in (clued_up_author, User.objects.create(username="nobody")):
        with pytest.raises(MayNotApprove):
            confirm_answer(consent, by=refused)
    desk = Client()
    desk.force_login(moderator)
    page = desk.get(f"/admin/stories/{story.pk}/review/").content.decode()
    assert "had said no" in page
    at = f"/admin/stories/{story.pk}/answers/{consent.pk}/confirm/"
    assert worker.post(at).status_code in {302, 403}
    assert not is_public(story)
    assert "is confirmed" in desk.post(at, follow=True).content.decode()
    assert is_public(story)
    assert "does not wait" in desk.post(at, follow=True).content.decode()


def test_without_evidence_nobody_confirms(tree: Tree, moderator: User) -> None:
    story = light(make_story(tree))
    with pytest.raises(MayNotApprove, match="nothing that shows"):
        confirm_answer(Consent.objects.get(participation__story=story), by=moderator)
    assert not EvidenceFile.objects.exists()


def test_a_question_asked_before_the_no_does_not_carry_a_yes_after_it(tree: Tree, clued_up_author: User) -> None:
    story = light(make_story(tree))
    person = story.participations.get()
    withdraw(person)
    record_consent(person, Use.WEBSITE, GivenAnswer(decision=Decision.GIVEN, wording=wording()))
    everything_runs(story)
    assert not is_public(story)
    link = ask(person, uses=[Use.WEBSITE], by=clued_up_author)
    assert link.address


def test_a_withdrawal_stands_for_uses_nobody_has_asked_about(tree: Tree) -> None:
    story = written_long_ago(light(make_story(tree)))
    person = story.participations.get()
    withdraw(person)
    with pytest.raises(CannotRecord, match="to stop"):
        yes(person, Use.TRAINING, given_at=timezone.now() - HOUR)


# Law 4: dark first, with nothing needed


@pytest.mark.parametrize("broken", ["key", "search", "case", "mail", "content"])
def test_a_withdrawal_needs_nothing(
    story: StoryPage,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError

    address = issue(story.participations.get(), PrivateLink.Purpose.KEEP).address
    if broken == "key":
        from cryptography.fernet import Fernet

        settings.HUB_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    elif broken == "mail":
        settings.EMAIL_BACKEND = "nowhere.Backend"
    else:
        owner, name = {
            "search": (search_index, "refresh"),
            "case": (cases, "note"),
            "content": (StoryPage, "content_hash"),
        }[broken]
        monkeypatch.setattr(owner, name, fail)
    with django_capture_on_commit_callbacks(execute=True):
        page = Client().post(f"/yours/{address}/words/erase/")
    assert page.status_code == 302
    assert Client().get(page["Location"]).status_code == 200
    assert not Visibility.objects.filter(page=story).exists()
    assert ConsentEvent.objects.filter(kind="withdrawn").exists()
    monkeypatch.undo()
    tick(now=timezone.now() + HOUR)
    everything_runs(story)
    assert not is_public(story)
    assert WithdrawalCase.objects.get().erasure_asked_at is not None


def test_a_stop_that_is_not_recorded_yet_keeps_the_story_dark_and_is_gone_on_with(story: StoryPage) -> None:
    stop = stopping.receive(story.participations.get(), EventKind.WITHDRAWN)
    assert not is_public(story)
    relight(story.pk)
    assert not is_public(story)
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        Stop.objects.filter(pk=stop.pk).delete()
    tick(now=timezone.now())
    stop.refresh_from_db()
    assert stop.recorded_at is not None
    assert Consent.objects.get(participation__story=story).decision == "withdrawn"


def test_one_use_is_stopped_and_the_rest_is_shown_on(story: StoryPage) -> None:
    person = story.participations.get()
    yes(person, Use.TRAINING)
    withdraw(person, uses=[Use.TRAINING])
    assert is_public(story)
    assert "training" not in Visibility.objects.get(page=story).uses


def test_an_erasure_killed_halfway_is_gone_on_with_by_the_jobs(
    story: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdraw(story.participations.get())
    monkeypatch.setattr("hub.stories.erasure.steps.cases.end_erasure", lambda number: None)
    monkeypatch.setattr("hub.stories.erasure.steps._run", lambda *args: args[1] == "erase-light")
    erase(story.pk)
    assert StoryPage.objects.filter(pk=story.pk).exists()
    monkeypatch.undo()
    tick(now=timezone.now())
    assert not StoryPage.objects.filter(pk=story.pk).exists()


# Law 5: what a person decided stays


@pytest.mark.parametrize("how", ["unpublish", "update", "sql"])
def test_unpublished_stays_unpublished_until_a_person_shows_it_again(
    story: StoryPage, worker: Client, how: str
) -> None:
    handed_in(story)
    if how == "unpublish":
        story.unpublish()
    elif how == "update":
        HubPage.objects.filter(pk=story.pk).update(live=False)
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pages_hubpage SET live = false WHERE id = %s", [story.pk])
    everything_runs(story)
    HubPage.objects.filter(pk=story.pk).update(live=True)
    everything_runs(story)
    assert not is_public(story)
    assert ConsentEvent.objects.filter(kind="taken_back", story_id=story.pk).count() == 1
    people = f"/admin/stories/{story.pk}/people/"
    assert "It stays off until you show it again" in worker.get(people).content.decode()
    assert worker.get(f"/admin/stories/{story.pk}/show-again/").status_code == 405
    assert "It is shown again" in worker.post(f"/admin/stories/{story.pk}/show-again/", follow=True).content.decode()
    assert is_public(story)


def test_what_was_taken_back_is_not_forgotten_by_deleting_the_row(story: StoryPage) -> None:
    story.unpublish()
    with pytest.raises(Exception, match="permission denied"), transaction.atomic():
        TakenBack.objects.all().delete()
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        as_owner("DELETE FROM stories_takenback")


def test_another_partners_worker_does_not_show_it_again(story: StoryPage, carf_author: User) -> None:
    story.unpublish()
    client = Client()
    client.force_login(carf_author)
    assert client.post(f"/admin/stories/{story.pk}/show-again/").status_code == 404
    with pytest.raises(MayNotApprove):
        show_again(story, by=carf_author)
    assert not is_public(story)


def test_a_planned_publication_does_not_outlast_being_taken_back(story: StoryPage) -> None:
    revision = story.get_latest_revision()
    revision.approved_go_live_at = timezone.now() - HOUR
    revision.save()
    story.unpublish()
    everything_runs(story)
    assert not is_public(story)


@pytest.mark.parametrize("back", [False, True])
def test_a_story_moved_to_another_section_is_dark_and_stays_so(
    two_sections: Tree, back: bool, carf_author: User
) -> None:
    story = lit_story(two_sections)
    home = HubPage.objects.get(pk=two_sections.section.pk)
    elsewhere = HubPage.objects.get(pk=story.pk).get_parent().get_siblings(inclusive=False).first()
    moved_by_hand(story.pk, elsewhere)
    assert not Visibility.objects.filter(page_id=story.pk).exists()
    moved = StoryPage.objects.get(pk=story.pk)
    everything_runs(moved)
    assert not is_public(moved)
    if back:
        moved_by_hand(story.pk, HubPage.objects.get(pk=home.pk))
        everything_runs(StoryPage.objects.get(pk=story.pk))
        assert is_public(StoryPage.objects.get(pk=story.pk)), "back in its own section it is what was agreed to"


def test_a_section_that_becomes_another_partners_darkens_its_stories(two_sections: Tree) -> None:
    from hub.partners.models import Partner

    story = lit_story(two_sections)
    newcomer = Partner.objects.create(name="Fifth", short_name="Fifth", slug="fifth", strand="haar")
    type(two_sections.section).objects.filter(pk=two_sections.section.pk).update(organisation=newcomer)
    everything_runs(story)
    assert not is_public(story)


def test_the_person_sees_when_each_place_went_dark(story: StoryPage) -> None:
    address = issue(story.participations.get(), PrivateLink.Purpose.KEEP).address
    client = Client()
    assert "Where they are gone" not in client.get(f"/yours/{address}/words/").content.decode()
    client.post(f"/yours/{address}/words/stop/")
    page = client.get(f"/yours/{address}/words/").content.decode()
    assert f"Off since {timezone.localtime():%-d %B %Y}" in page
    assert "Our search" in page
    receipt = client.get(f"/yours/{address}/my-answers.json").json()
    assert {"Our search", "This website"} <= {place["place"] for place in receipt["places_gone_dark"]}
    assert a_moderator().pk

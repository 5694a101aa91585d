"""A withdrawal opens a case and stays dark if the case fails; what it lists, whom it tells, when it may be closed."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from hub.stories.choices import EventKind, Use
from hub.stories.family.links import by_code, find, issue
from hub.stories.ledger.lines import first_broken_link
from hub.stories.models import CaseLine, PrivateLink, StoryPage, StoryParticipant, WithdrawalCase
from hub.stories.withdrawal import cases, looking_after
from hub.stories.withdrawal import mail as post_to_staff
from hub.stories.withdrawal.stopping import revoke, withdraw
from tests.factories import CANARY, Tree, lit_story, yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(tree: Tree) -> StoryPage:
    return lit_story(tree, people=2)


@pytest.fixture
def person(story: StoryPage) -> StoryParticipant:
    person: StoryParticipant = story.participations.order_by("pk")[0]
    return person


def states(case: WithdrawalCase) -> dict[str, str]:
    return dict(case.lines.values_list("target", "state"))


def test_a_withdrawal_opens_a_case_that_says_what_is_gone(story: StoryPage, person: StoryParticipant) -> None:
    yes(person, Use.SOCIAL)
    yes(person, Use.MEDIA)
    withdraw(person)
    case = WithdrawalCase.objects.get()
    assert (case.story_number, case.participant_code, case.channel) == (story.pk, person.participant.code, "own_pages")
    assert case.dark_at is not None
    said = states(case)
    assert {said[place] for place in cases.OFF_THE_SITE} == {"removed"}
    assert said["copies"] == said["use-media"] == "cannot_be_recalled"
    assert said["use-social"] == "to_do"
    other = story.participations.exclude(pk=person.pk).get().participant.code
    assert said[f"tell-{other}"] == "to_do"
    assert "use-training" not in said


def test_withdrawing_twice_opens_one_case(person: StoryParticipant) -> None:
    withdraw(person)
    withdraw(person)
    assert WithdrawalCase.objects.count() == 1


def test_withdrawing_another_use_leaves_the_story_up_and_says_so(
    client: Client, story: StoryPage, person: StoryParticipant
) -> None:
    yes(person, Use.SOCIAL)
    withdraw(person, uses=[Use.SOCIAL])
    case = WithdrawalCase.objects.get()
    assert case.dark_at is None
    assert "page" not in states(case)
    withdraw(person)
    assert WithdrawalCase.objects.get().dark_at is not None
    assert client.get(story.url).status_code == 404


def test_the_withdrawal_stands_when_the_case_fails(
    client: Client, story: StoryPage, person: StoryParticipant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any) -> None:
        WithdrawalCase.objects.get(pk=-1)

    monkeypatch.setattr(cases, "_open", fail)
    assert client.get(story.url).status_code == 200
    withdraw(person)
    assert client.get(story.url).status_code == 404
    assert not WithdrawalCase.objects.exists()
    assert first_broken_link() is None


def test_a_database_error_inside_the_case_does_not_stop_the_darkness(
    client: Client, story: StoryPage, person: StoryParticipant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(cases.OFF_THE_SITE, "page", "x" * 500)  # PostgreSQL refuses the row
    withdraw(person)
    assert client.get(story.url).status_code == 404
    assert not WithdrawalCase.objects.exists()


def test_who_came_by_the_card_and_who_decided_is_noted(story: StoryPage, person: StoryParticipant) -> None:
    key = by_code(issue(person, PrivateLink.Purpose.KEEP).code)
    link = find(key or "")
    assert link is not None
    looking_after.stop(link)
    other = story.participations.exclude(pk=person.pk).get()
    revoke(other, EventKind.INVALIDATED, by=User.objects.create_user("lead"))
    assert list(WithdrawalCase.objects.order_by("pk").values_list("channel", flat=True)) == ["card_code", "us"]


def test_a_wish_to_erase_is_on_the_case(person: StoryParticipant) -> None:
    link = find(issue(person, PrivateLink.Purpose.KEEP).address)
    assert link is not None
    looking_after.stop(link)
    looking_after.ask_for_erasure(link)
    looking_after.ask_for_erasure(link)
    case = WithdrawalCase.objects.get()
    assert case.erasure_asked_at is not None
    assert states(case)["erase"] == "to_do"


def test_a_case_closes_when_everything_is_done(person: StoryParticipant) -> None:
    worker = User.objects.create_user("worker")
    withdraw(person)
    case = WithdrawalCase.objects.get()
    with pytest.raises(cases.NotYet, match="1 thing is still to do"):
        cases.close(case, by=worker)
    cases.tick_off(case.lines.get(state="to_do"), by=worker)
    CaseLine.objects.filter(case=case, target="page").update(state="failed")
    with pytest.raises(cases.NotYet):
        cases.close(case, by=worker)
    cases.look_again(case)
    cases.close(case, by=worker)
    case.refresh_from_db()
    assert case.closed_at is not None
    assert case.lines.get(target__startswith="tell-").state == "told"


def test_the_mail_names_nobody_and_no_story(
    clued_up_author: User,
    carf_author: User,
    moderator: User,
    two_sections: Tree,
    django_capture_on_commit_callbacks: Any,
) -> None:
    for user in (clued_up_author, carf_author, moderator):
        User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.org")
    story = lit_story(two_sections)
    person = story.participations.get()
    link = find(issue(person, PrivateLink.Purpose.KEEP).address)
    assert link is not None
    with django_capture_on_commit_callbacks(execute=True):
        looking_after.ask_for_erasure(link)
    assert len(mail.outbox) == 1
    for message in mail.outbox:
        said = str(message.message())
        assert str(story.pk) in said
        assert person.participant.code in message.body
        assert CANARY not in said
        assert "counter" not in said
        assert story.slug not in said
        assert not message.to
        assert set(message.bcc) == {f"{clued_up_author.username}@example.org", f"{moderator.username}@example.org"}


def test_a_mail_that_fails_breaks_nothing(
    client: Client,
    story: StoryPage,
    person: StoryParticipant,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def fail(*args: Any) -> list[str]:
        raise OSError

    monkeypatch.setattr(post_to_staff, "addresses", fail)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(person)
    assert client.get(story.url).status_code == 404
    assert WithdrawalCase.objects.count() == 1
    assert not mail.outbox

"""Withdrawals on screen: who sees which case, who may tick off, erase and close, and who is refused."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.stories.choices import LegalReason
from hub.stories.family.links import find, issue
from hub.stories.models import CaseLine, PrivateLink, StoryPage, WithdrawalCase
from hub.stories.review.flags import raise_legal_flag
from hub.stories.withdrawal import looking_after
from tests.factories import CANARY, Tree, lit_story
from tests.personas import in_group

pytestmark = pytest.mark.django_db
LIST = "/admin/stories/withdrawals/"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return lit_story(two_sections, people=2)


@pytest.fixture
def case(story: StoryPage) -> WithdrawalCase:
    person = story.participations.order_by("pk")[0]
    link = find(issue(person, PrivateLink.Purpose.KEEP).address)
    assert link is not None
    looking_after.ask_for_erasure(link)
    return WithdrawalCase.objects.get()


def at(case: WithdrawalCase, act: str = "") -> str:
    return f"{LIST}{case.pk}/{act}"


def to_tell(case: WithdrawalCase) -> CaseLine:
    line: CaseLine = case.lines.get(target__startswith="tell-")
    return line


def test_who_sees_a_case_and_who_gets_a_404(
    client: Client, case: WithdrawalCase, moderator: User, clued_up_author: User, carf_author: User
) -> None:
    for user in (moderator, clued_up_author):
        client.force_login(user)
        for address in (LIST, at(case)):
            response = client.get(address)
            said = response.content.decode()
            assert f"Withdrawal {case.pk}" in said, user
            assert CANARY not in said
            assert "counter" not in said
            assert "no-store" in response["Cache-Control"]
        assert "Withdrawals" in client.get("/admin/").content.decode()
    client.force_login(carf_author)
    assert f"Withdrawal {case.pk}" not in client.get(LIST).content.decode()
    assert client.get(at(case)).status_code == 404


def test_who_works_for_no_partner_gets_a_404(client: Client, case: WithdrawalCase, toolkit_editor: User) -> None:
    client.force_login(toolkit_editor)
    assert [client.get(address).status_code for address in (LIST, at(case))] == [404, 404]
    assert LIST not in client.get("/admin/").content.decode()


def test_safeguarding_finds_withdrawals_of_hidden_stories_alone(client: Client, case: WithdrawalCase) -> None:
    client.force_login(in_group("Safeguarding"))
    assert f"Withdrawal {case.pk}" not in client.get(LIST).content.decode()
    assert client.get(at(case)).status_code == 404


@pytest.mark.parametrize("act", ["again/", "erase/", "close/", "lines/1/"])
def test_another_partner_can_do_nothing(client: Client, case: WithdrawalCase, carf_author: User, act: str) -> None:
    client.force_login(carf_author)
    assert client.post(at(case, act), {"sure": "yes"}).status_code == 404


def test_a_worker_ticks_off_whom_she_told(client: Client, case: WithdrawalCase, clued_up_author: User) -> None:
    line = to_tell(case)
    client.force_login(clued_up_author)
    assert "It is done" in client.get(at(case)).content.decode()
    assert client.get(at(case, f"lines/{line.pk}/")).status_code == 405
    client.post(at(case, f"lines/{line.pk}/"))
    line.refresh_from_db()
    assert (line.state, line.by) == ("told", clued_up_author)


def test_nobody_ticks_off_what_the_hub_does(client: Client, case: WithdrawalCase, clued_up_author: User) -> None:
    line = case.lines.get(target="erase")
    client.force_login(clued_up_author)
    said = client.post(at(case, f"lines/{line.pk}/"), follow=True).content.decode()
    assert "not for ticking off" in said
    line.refresh_from_db()
    assert line.state == "to_do"


def test_only_a_moderator_erases_and_only_when_she_says_she_is_sure(
    client: Client, story: StoryPage, case: WithdrawalCase, moderator: User, clued_up_author: User, clued_up_lead: User
) -> None:
    for user in (clued_up_author, clued_up_lead):
        client.force_login(user)
        assert "Erase everything</h2>" not in client.get(at(case)).content.decode()
        assert client.post(at(case, "erase/"), {"sure": "yes"}).status_code == 404
    client.force_login(moderator)
    assert "Erase everything</h2>" in client.get(at(case)).content.decode()
    assert "Do that first" in client.get(at(case)).content.decode()
    case.lines.filter(target__startswith="tell-").update(state="told")
    assert "Do that first" not in client.get(at(case)).content.decode()
    assert "Tick that it cannot be undone" in client.post(at(case, "erase/"), follow=True).content.decode()
    assert StoryPage.objects.filter(pk=story.pk).exists()
    said = client.post(at(case, "erase/"), {"sure": "yes"}, follow=True).content.decode()
    assert f"Story {story.pk} is erased" in said
    assert not StoryPage.objects.filter(pk=story.pk).exists()


def test_without_a_wish_nobody_erases(client: Client, case: WithdrawalCase, moderator: User) -> None:
    WithdrawalCase.objects.update(erasure_asked_at=None)
    client.force_login(moderator)
    assert client.post(at(case, "erase/"), {"sure": "yes"}).status_code == 404


def test_an_open_flag_is_said_on_the_page(
    client: Client, story: StoryPage, case: WithdrawalCase, moderator: User
) -> None:
    raise_legal_flag(story, LegalReason.COURT_CASE, by=moderator)
    client.force_login(moderator)
    said = client.post(at(case, "erase/"), {"sure": "yes"}, follow=True).content.decode()
    assert "A legal flag is open" in said
    assert StoryPage.objects.filter(pk=story.pk).exists()


def test_a_stopped_erasure_is_tried_again(
    client: Client, story: StoryPage, case: WithdrawalCase, moderator: User, clued_up_author: User
) -> None:
    WithdrawalCase.objects.update(erasing_since=case.received_at)
    client.force_login(clued_up_author)
    assert client.post(at(case, "again/")).status_code == 404
    client.force_login(moderator)
    assert "Try again" in client.get(at(case)).content.decode()
    client.post(at(case, "again/"))
    assert not StoryPage.objects.filter(pk=story.pk).exists()


def test_a_line_that_failed_is_looked_at_again(client: Client, case: WithdrawalCase, clued_up_author: User) -> None:
    case.lines.filter(target="page").update(state="failed")
    client.force_login(clued_up_author)
    client.post(at(case, "again/"))
    assert case.lines.get(target="page").state == "removed"


def test_the_lead_closes_when_nothing_is_left_and_the_author_does_not(
    client: Client, case: WithdrawalCase, clued_up_author: User, clued_up_lead: User
) -> None:
    client.force_login(clued_up_lead)
    assert "still to do, so this case cannot be closed" in client.post(at(case, "close/"), follow=True).content.decode()
    case.lines.filter(state="to_do").update(state="done")
    client.force_login(clued_up_author)
    assert client.post(at(case, "close/")).status_code == 404
    client.force_login(clued_up_lead)
    assert "This case is closed." in client.post(at(case, "close/"), follow=True).content.decode()
    case.refresh_from_db()
    assert case.closed_by == clued_up_lead
    assert "Nothing has been changed" in client.post(at(case, "close/"), follow=True).content.decode()

"""Legal flags on screen: who raises, who clears and who sees, each beside its refusal. Nothing typed is lost."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.stories.choices import LegalReason
from hub.stories.models import LegalFlag, StoryPage
from hub.stories.review.flags import raise_legal_flag
from tests.factories import CANARY, Tree, lit_story, make_story

pytestmark = pytest.mark.django_db
OPEN_FLAGS = "/admin/stories/flags/"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return lit_story(two_sections)


@pytest.fixture
def flag(story: StoryPage) -> LegalFlag:
    return raise_legal_flag(story, LegalReason.COURT_CASE, by=None)


def at(story: StoryPage) -> str:
    return f"/admin/stories/{story.pk}/flags/"


def clearing(flag: LegalFlag) -> str:
    return f"/admin/stories/{flag.story_id}/flags/{flag.pk}/clear/"


@pytest.mark.parametrize("who", ["clued_up_author", "clued_up_lead", "moderator"])
def test_a_worker_of_the_story_and_a_moderator_raise_a_flag_and_it_goes_dark(
    client: Client, story: StoryPage, who: str, request: pytest.FixtureRequest
) -> None:
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert Client().get(story.url).status_code == 200
    assert "Raise this flag" in client.get(at(story)).content.decode()
    assert client.post(at(story), {"reason": "adoption"}).status_code == 302
    assert (LegalFlag.objects.get().raised_by, LegalFlag.objects.get().reason) == (user, "adoption")
    assert Client().get(story.url).status_code == 404


@pytest.mark.parametrize("who", ["carf_author", "toolkit_editor"])
def test_whoever_has_no_part_in_the_story_finds_nothing(
    client: Client, story: StoryPage, flag: LegalFlag, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    for response in [
        client.get(at(story)),
        client.post(at(story), {"reason": "adoption"}),
        client.post(clearing(flag), {f"{flag.pk}-note": "Over"}),
        client.get(OPEN_FLAGS),
    ]:
        assert response.status_code in {302, 403, 404}
        assert CANARY not in response.content.decode()
        assert "court" not in response.content.decode().lower()
    assert LegalFlag.objects.get().cleared_at is None


def test_safeguarding_clears_with_a_note_and_the_story_comes_back(
    client: Client, story: StoryPage, flag: LegalFlag, safeguarding: User
) -> None:
    client.force_login(safeguarding)
    assert f"Story {story.pk}" in client.get(OPEN_FLAGS).content.decode()
    page = client.get(at(story)).content.decode()
    assert "Clear this flag" in page
    assert "Raise this flag" not in page
    assert CANARY not in page, "safeguarding needs to read no story"
    assert client.post(clearing(flag), {f"{flag.pk}-note": " The case is over. "}).status_code == 302
    flag.refresh_from_db()
    assert (flag.cleared_by, flag.note) == (safeguarding, "The case is over.")
    assert Client().get(story.url).status_code == 200
    client.get(OPEN_FLAGS)  # shows the message about the clearing
    page = client.get(OPEN_FLAGS).content.decode()
    assert "No legal flag is open" in page
    assert f"Story {story.pk}" not in page


def test_safeguarding_does_not_raise(client: Client, story: StoryPage, safeguarding: User) -> None:
    client.force_login(safeguarding)
    assert client.post(at(story), {"reason": "adoption"}).status_code in {302, 403}
    assert not LegalFlag.objects.exists()


@pytest.mark.parametrize("who", ["clued_up_author", "moderator"])
def test_nobody_else_clears_and_the_note_is_kept(
    client: Client, flag: LegalFlag, story: StoryPage, who: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert "Clear this flag" not in client.get(at(story)).content.decode()
    page = client.post(clearing(flag), {f"{flag.pk}-note": "I rang the court"}).content.decode()
    assert "Clearing a legal flag is for the safeguarding role." in page
    assert "I rang the court" in page
    flag.refresh_from_db()
    assert flag.cleared_at is None
    assert Client().get(story.url).status_code == 404


@pytest.mark.parametrize("note", ["", "   "])
def test_clearing_needs_a_note(client: Client, flag: LegalFlag, safeguarding: User, note: str) -> None:
    client.force_login(safeguarding)
    assert (
        "Say why the flag no longer applies." in client.post(clearing(flag), {f"{flag.pk}-note": note}).content.decode()
    )
    flag.refresh_from_db()
    assert flag.cleared_at is None


def test_the_first_note_stands_when_two_clear_at_once(client: Client, flag: LegalFlag, safeguarding: User) -> None:
    client.force_login(safeguarding)
    client.post(clearing(flag), {f"{flag.pk}-note": "The case is over"})
    page = client.post(clearing(flag), {f"{flag.pk}-note": "Another reason"}).content.decode()
    assert "Somebody has cleared this flag already" in page
    assert "Another reason" in page
    assert "Clear this flag" not in page
    flag.refresh_from_db()
    assert flag.note == "The case is over"


@pytest.mark.parametrize(
    ("reason", "sentence"), [("", "Choose the reason in law"), ("court_case", "This flag is open already")]
)
def test_a_flag_needs_a_reason_that_is_not_open_already(
    client: Client, flag: LegalFlag, story: StoryPage, moderator: User, reason: str, sentence: str
) -> None:
    client.force_login(moderator)
    assert sentence in client.post(at(story), {"reason": reason}).content.decode()
    assert LegalFlag.objects.count() == 1


def test_a_flag_of_another_story_is_not_found_under_this_one(
    client: Client, flag: LegalFlag, two_sections: Tree, safeguarding: User
) -> None:
    other = make_story(two_sections)
    client.force_login(safeguarding)
    address = f"/admin/stories/{other.pk}/flags/{flag.pk}/clear/"
    assert client.post(address, {f"{flag.pk}-note": "Over"}).status_code == 404
    flag.refresh_from_db()
    assert flag.cleared_at is None


def test_opening_the_address_that_clears_does_nothing(client: Client, flag: LegalFlag, safeguarding: User) -> None:
    client.force_login(safeguarding)
    assert client.get(clearing(flag)).status_code == 405
    flag.refresh_from_db()
    assert flag.cleared_at is None


def test_the_menu_offers_open_flags_only_to_those_who_see_them_all(
    client: Client, moderator: User, safeguarding: User, clued_up_author: User, carf_author: User
) -> None:
    shown = {}
    for user in (moderator, safeguarding, clued_up_author, carf_author):
        client.force_login(user)
        shown[user.username] = "/admin/stories/flags/" in client.get("/admin/").content.decode()
    assert list(shown.values()) == [True, True, False, False], shown


def test_the_screens_are_kept_nowhere(client: Client, story: StoryPage, moderator: User) -> None:
    client.force_login(moderator)
    for address in (at(story), OPEN_FLAGS):
        assert "no-store" in client.get(address)["Cache-Control"]

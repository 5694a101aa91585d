"""Nothing typed is lost: a session that was over, a token that was too old, another site, somebody else's browser."""

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from hub.stories.models import Participant, StoryPage
from tests.factories import Tree, make_story, wording
from tests.stories.admin.test_people_screens import ADULT

pytestmark = pytest.mark.django_db
WROTE = "The sister\u2019s lines, \u201cand\r\n<b>mine</b>\u201d \U0001f600 \u0639\u0631\u0628\u064a"
TYPED = ADULT | {"passages": WROTE}
PASSWORD = "harbour-kettle-jotter"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    wording()
    return make_story(two_sections, people=0)


@pytest.fixture
def worker(clued_up_author: User) -> User:
    clued_up_author.set_password(PASSWORD)
    clued_up_author.save()
    return clued_up_author


def carried(page: str) -> dict[str, str]:
    """What the page holds to be sent, as a browser would send it."""
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    return {name: unescape(text) for name, text in found}


def test_what_was_typed_is_there_after_signing_in_and_goes_where_it_was_going(story: StoryPage, worker: User) -> None:
    client, people = Client(), f"/admin/stories/{story.pk}/people/"
    client.force_login(worker)
    assert client.get(people).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=2, minutes=1)):
        sent = client.post(people, TYPED)
        assert sent.headers["Location"] == "/admin/login/?next=/admin/typed/"
        assert WROTE[:10] not in str([row.get_decoded() for row in Session.objects.all()]), "it is encrypted"
        client.post("/admin/login/", {"username": worker.username, "password": PASSWORD, "next": "/admin/typed/"})
        page = client.get("/admin/typed/").content.decode()
        assert f'action="{people}"' in page
        assert carried(page) == TYPED
        assert client.post(people, carried(page)).status_code == 302
        assert Participant.objects.count() == 1
        assert client.get("/admin/typed/").status_code == 302, "it is kept no longer than it is needed"


def test_somebody_else_in_the_same_browser_never_sees_it(story: StoryPage, worker: User, carf_author: User) -> None:
    client, people = Client(), f"/admin/stories/{story.pk}/people/"
    client.force_login(worker)
    client.get(people)
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        client.post(people, TYPED)
        client.force_login(carf_author)
        assert client.get("/admin/typed/").headers["Location"] == "/admin/"


def test_whose_it_was_is_not_known_so_it_stands_in_the_page_itself(story: StoryPage) -> None:
    answer = Client().post(f"/admin/stories/{story.pk}/people/", TYPED)
    assert answer.status_code == 403
    assert carried(answer.content.decode()) == TYPED
    assert "no-store" in answer.headers["Cache-Control"]
    assert not Session.objects.exists(), "a stranger writes nothing into the database"
    by_itself = Client().post(f"/admin/stories/{story.pk}/people/", TYPED, headers={"Sec-Fetch-Mode": "cors"})
    assert by_itself.status_code == 302, "what an editor saves by itself is not shown to anybody"


def test_a_token_that_is_too_old_gets_a_page_of_ours_with_all_that_was_typed(story: StoryPage, worker: User) -> None:
    client, people = Client(enforce_csrf_checks=True), f"/admin/stories/{story.pk}/people/"
    client.force_login(worker)
    answer = client.post(people, TYPED, headers={"Sec-Fetch-Site": "same-origin"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "DEBUG" not in page
    assert carried(page) == TYPED
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    assert client.post(people, carried(page) | {"csrfmiddlewaretoken": token}).status_code == 302
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "headers"),
    [
        (TYPED, {"Sec-Fetch-Site": "cross-site"}),
        (TYPED, {"Origin": "https://elsewhere.example"}),
        (TYPED, {"Origin": "null"}),
        ({"username": "x", "password": PASSWORD}, {}),
    ],
)
def test_what_another_site_sent_and_a_password_are_not_carried(typed: dict[str, str], headers: dict[str, str]) -> None:
    page = Client(enforce_csrf_checks=True).post("/admin/login/", typed, headers=headers)
    assert page.status_code == 403
    assert "Open it anew" in page.content.decode()
    assert not carried(page.content.decode())
    assert PASSWORD not in page.content.decode()

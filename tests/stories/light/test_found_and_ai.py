"""Being found and AI: asked like the rest, one tap each, and only of somebody who says yes to the website."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from hub.law import AgeBand
from hub.stories.admin.people_forms import AskForm
from hub.stories.choices import Use
from hub.stories.family import links
from hub.stories.family.asking import ask
from hub.stories.models import Consent, PrivateLink
from tests.factories import Tree, lit_story, make_story, wording, yes

pytestmark = pytest.mark.django_db
ASKED = [Use.WEBSITE, Use.BE_FOUND, Use.AI]


@pytest.fixture
def at(tree: Tree) -> str:
    wording()
    person = make_story(tree).participations.get()
    return f"/yours/{ask(person, uses=ASKED, by=User.objects.create_user('worker')).address}/"


def answer(client: Client, at: str, **said: str) -> list[str]:
    """Answers each question that comes, as `said`; returns which questions came."""
    came, page = [], client.post(f"{at}question/name/", {"answer": "none"})
    while "/question/" in page["Location"]:
        came.append(page["Location"].split("/")[-2])
        page = client.post(page["Location"], {"answer": said[came[-1]]})
    assert client.post(f"{at}check/").status_code == 302
    return came


def decisions() -> dict[str, str]:
    standing = Consent.objects.exclude(decision="superseded")
    return dict(standing.order_by("pk").values_list("use", "decision"))


def test_two_more_taps_after_a_yes_to_the_website(client: Client, at: str) -> None:
    came = answer(client, at, website="yes", be_found="yes", ai="no", change="no")
    assert came == ["website", "be_found", "ai", "change"]
    assert decisions() == {"website": "given", "be_found": "given", "ai": "refused"}


@pytest.mark.parametrize(("said", "stands"), [("no", "refused"), ("not_now", "deferred")])
def test_none_after_a_no_and_nothing_is_put_into_their_mouth(client: Client, at: str, said: str, stands: str) -> None:
    assert answer(client, at, website=said, change="no") == ["website", "change"]
    assert decisions() == {"website": stands, "be_found": "requested", "ai": "requested"}


def test_a_changed_mind_before_sending_takes_the_two_answers_along(client: Client, at: str) -> None:
    for name, said in {"name": "none", "website": "yes", "be_found": "yes", "ai": "yes", "website ": "no"}.items():
        client.post(f"{at}question/{name.strip()}/", {"answer": said})
    assert client.post(f"{at}question/change/", {"answer": "no"}).status_code == 302
    assert "Google" not in client.get(f"{at}check/").content.decode()
    client.post(f"{at}check/")
    assert decisions() == {"website": "refused", "be_found": "requested", "ai": "requested"}


def test_they_can_be_asked_about_alone_once_it_is_on_the_website(client: Client, tree: Tree) -> None:
    person = lit_story(tree).participations.get()
    asked = ask(person, uses=[Use.AI], by=User.objects.create_user("worker"))
    assert answer(client, f"/yours/{asked.address}/", ai="yes", change="no") == ["ai", "change"]
    assert decisions() == {"website": "given", "ai": "given"}


def test_the_family_sees_both_and_stops_one_alone(client: Client, tree: Tree) -> None:
    story = lit_story(tree)
    person = story.participations.get()
    for use in (Use.BE_FOUND, Use.AI):
        yes(person, use)
    at = f"/yours/{links.issue(person, PrivateLink.Purpose.KEEP).address}/"
    page = client.get(f"{at}words/").content.decode()
    assert 'id="use-be_found"' in page
    assert 'id="use-ai"' in page
    client.post(f"{at}words/stop-one/be_found/")
    assert decisions() == {"website": "given", "be_found": "withdrawn", "ai": "given"}
    assert "Found by search engines" in client.get(f"{at}my-answers.json").content.decode()
    client.post(f"{at}words/stop-one/website/")
    assert "Only while it is on this website" in client.get(f"{at}words/").content.decode()


def test_nothing_is_ticked_for_the_worker_either() -> None:
    form: Any = AskForm(age_band=AgeBand.ADULT, took_back=False)
    assert {Use.BE_FOUND, Use.AI} <= {code for code, _ in form.fields["uses"].choices}
    assert not form["uses"].value()

"""A button pressed twice acts once: bringing in Word files, adding a person, asking by a link."""

import re
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from hub.accounts.models import SentForm
from hub.accounts.once import forget_old
from hub.pages.models import ImportJob
from hub.stories.models import ConsentEvent, PrivateLink, StoryPage, StoryParticipant
from tests.at_once import at_once
from tests.factories import Tree, a_tree, make_story, wording
from tests.word_files import paragraph, run, word_file

PERSON = {"age_band": "adult", "role": "teller", "named_as": "none"}
ASK = {"given_by": "self", "uses": ["website"]}


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    wording()
    return make_story(two_sections)


@pytest.fixture
def worker(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def token_on(client: Client, address: str) -> str:
    found = re.search(r'name="sent_once" value="([0-9a-f-]{36})"', client.get(address).content.decode())
    assert found, "the form knows which opening of it this is"
    return found[1]


@pytest.mark.django_db
def test_a_person_is_added_once_and_again_by_another_form(worker: Client, story: StoryPage) -> None:
    at = f"/admin/stories/{story.pk}/people/"
    sent = {**PERSON, "sent_once": token_on(worker, at)}
    answers = [worker.post(at, sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert StoryParticipant.objects.filter(story=story).count() == 2
    worker.post(at, {**sent, "sent_once": token_on(worker, at)})
    assert StoryParticipant.objects.filter(story=story).count() == 3


@pytest.mark.django_db
def test_a_form_with_a_mistake_is_still_the_same_one(worker: Client, story: StoryPage) -> None:
    at = f"/admin/stories/{story.pk}/people/"
    sent = {**PERSON, "sent_once": token_on(worker, at), "age_band": ""}
    page = worker.post(at, sent).content.decode()
    assert sent["sent_once"] in page
    assert not SentForm.objects.exists()
    assert worker.post(at, {**sent, "age_band": "adult"}).status_code == 302


@pytest.mark.django_db
def test_somebody_is_asked_once_and_the_sheet_shown_last_is_the_one_that_opens(
    worker: Client, story: StoryPage, client: Client
) -> None:
    at = f"/admin/stories/{story.pk}/people/{story.participations.get().pk}/ask/"
    sent = {**ASK, "sent_once": token_on(worker, at)}
    pages = [worker.post(at, sent).content.decode() for _ in range(2)]
    addresses = [re.search(r"/yours/[\w-]{20,}/", page) for page in pages]
    assert PrivateLink.objects.count() == 2, "one to answer by, one card"
    assert ConsentEvent.objects.filter(kind="requested").count() == 1
    assert [Client().get(address[0]).status_code for address in addresses if address] == [404, 200]


@pytest.mark.django_db
def test_files_are_brought_in_once(worker: Client, two_sections: Tree, clued_up_author: User) -> None:
    at = "/admin/guidance/bring-in/"
    token = token_on(worker, at)
    answers = [worker.post(at, {"section": two_sections.section.pk, "word_files": a_file(), "sent_once": token})
               for _ in range(2)]  # fmt: skip
    assert answers[0]["Location"] == answers[1]["Location"]
    assert ImportJob.objects.count() == 1
    other = Client()
    other.force_login(User.objects.create_superuser("admin"))
    other.post(at, {"section": two_sections.section.pk, "word_files": a_file(), "sent_once": token})
    assert ImportJob.objects.filter(by=clued_up_author).count() == 1, "a token is one person's"


def test_also_when_both_come_at_once(committed: None) -> None:
    user = User.objects.create_superuser("administrator")
    wording()
    story = make_story(a_tree())
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(user)
    sent = {**PERSON, "sent_once": str(uuid4())}
    at = f"/admin/stories/{story.pk}/people/"
    assert at_once(*(partial(client.post, at, sent) for client in clients)) == []
    assert StoryParticipant.objects.filter(story=story).count() == 2


@pytest.mark.django_db
def test_what_was_sent_is_forgotten_after_a_day(worker: Client, story: StoryPage) -> None:
    at = f"/admin/stories/{story.pk}/people/"
    worker.post(at, {**PERSON, "sent_once": str(uuid4())})
    assert forget_old(timezone.now()) == 0
    assert forget_old(timezone.now() + timedelta(days=2)) == 1


def a_file() -> Any:
    return SimpleUploadedFile("a.docx", word_file(paragraph(run("Kettle"))))

"""Whoever decides sees what each person said: how, when, written in when, by whom, and what shows it."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from hub.law import AgeBand
from hub.stories.choices import Use
from hub.stories.consent.answers import end_pause, pause
from hub.stories.family.asking import ask
from hub.stories.models import Consent, ConsentEvent, EvidenceFile, RecordOpened, StoryPage
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, add_person, make_story, words, yes
from tests.past import rewrite, written_long_ago
from tests.read_out import as_on_screen

pytestmark = pytest.mark.django_db
SHEET = b"ID3\x04\x00" + b"Zilpzalp" * 20
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)
HEADS = ["What", "How", "Said", "Written in", "By whom", "What shows it"]


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    return written_long_ago(make_story(two_sections))


@pytest.fixture
def worker(clued_up_author: User) -> Client:
    User.objects.filter(pk=clued_up_author.pk).update(first_name="Ailsa", last_name="Reid")
    client = Client()
    client.force_login(clued_up_author)
    return client


@pytest.fixture
def desk(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def review_of(story: StoryPage) -> str:
    return f"/admin/stories/{story.pk}/review/"


def table(page: str, use: Use = Use.WEBSITE) -> list[list[str]]:
    """The rows about one use, the head left out, in words."""
    part = page.split(f">{use.label}:", 1)[1] if f">{use.label}:" in page else page.split(f"{use.label}: ", 1)[1]
    body = part.split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    return [[plain(cell) for cell in CELL.findall(row)] for row in body.split("</tr>") if "<td" in row]


def plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def said_at(moment: Any) -> str:
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y, %H:%M}"


def note(worker: Client, story: StoryPage, **change: Any) -> None:
    person = story.participations.get()
    said = {**as_on_screen(story), "given_by": "self", "method": "paper", "use_website": "given", **change}
    said["given_at"] = f"{timezone.localtime(change['given_at']):%d/%m/%Y %H:%M}"
    answer = worker.post(f"/admin/stories/{story.pk}/people/{person.pk}/record/", said)
    assert answer.status_code == 302, answer.content.decode()


def test_an_answer_from_paper_has_both_dates_the_colleague_and_the_file(
    worker: Client, desk: Client, story: StoryPage
) -> None:
    long_ago = timezone.now() - timedelta(days=30)
    sheet = SimpleUploadedFile("voice.mp3", SHEET)
    note(worker, story, given_at=long_ago, method="audio", evidence=sheet, witnessed="on")
    page = desk.get(review_of(story)).content.decode()
    (row,) = table(page)
    assert row[0] == "Said yes"
    assert row[1] == "Recorded sound; somebody else was there and heard it"
    assert row[2:4] == [said_at(long_ago), said_at(Consent.objects.get().written_at)]
    assert row[2] != row[3]
    assert row[4] == "Ailsa Reid"
    assert row[5].startswith("A sound recording of")
    assert [plain(head) for head in CELL.findall(page.split("<thead>")[1].split("</thead>")[0])] == HEADS
    assert "Answers noted by" in page
    assert "clued-up-authors" not in page, "colleagues are called by their names"


def test_the_file_opens_for_the_moderator_and_that_is_noted(worker: Client, desk: Client, story: StoryPage) -> None:
    note(worker, story, given_at=timezone.now(), evidence=SimpleUploadedFile("voice.mp3", SHEET))
    page = desk.get(review_of(story)).content.decode()
    assert not RecordOpened.objects.exists(), "showing the link opens nothing"
    (address,) = set(re.findall(r'href="(/admin/stories/\d+/evidence/\d+/)"', page))
    assert desk.get(address).content == SHEET
    opened = RecordOpened.objects.get()
    assert opened.number == EvidenceFile.objects.get().pk
    assert opened.by_user_id == User.objects.get(username="story-moderators").pk


def test_an_answer_without_a_file_says_so(worker: Client, desk: Client, story: StoryPage) -> None:
    note(worker, story, given_at=timezone.now())
    (row,) = table(desk.get(review_of(story)).content.decode())
    assert (row[1], row[5]) == ("On paper", "No file")


def test_an_answer_on_their_own_page_was_written_in_by_themself(desk: Client, story: StoryPage) -> None:
    yes(story.participations.get())
    (row,) = table(desk.get(review_of(story)).content.decode())
    assert (row[0], row[1], row[4], row[5]) == ("Said yes", "On their own page", "The person themself", "–")


def test_what_they_said_before_is_there_with_its_dates(worker: Client, desk: Client, story: StoryPage) -> None:
    person = story.participations.get()
    yes(person, decision=Decision.REFUSED)
    consent = yes(person)
    pause(consent)
    end_pause(consent)
    withdraw(person)
    days = {
        kind: timezone.now() - timedelta(days=20 - place)
        for place, kind in enumerate(["refused", "requested", "given", "held", "released", "withdrawn"])
    }
    for kind, day in days.items():
        rewrite(ConsentEvent.objects.filter(kind=kind), at=day, said_at=day)
    rows = table(desk.get(review_of(story)).content.decode())
    assert [row[0] for row in rows] == [
        "Took it back",
        "Ended the pause",
        "Paused it",
        "Said yes",
        "Was asked",
        "Said no",
    ]
    assert [row[2] for row in rows] == [said_at(day) for day in reversed(days.values())]
    assert "They said yes, and withdrew it on" in desk.get(review_of(story)).content.decode()


def test_a_no_that_a_colleague_took_by_phone_names_the_colleague(
    desk: Client, story: StoryPage, clued_up_author: User
) -> None:
    person = story.participations.get()
    yes(person)
    withdraw(person, by=clued_up_author)
    rows = table(desk.get(review_of(story)).content.decode())
    assert [row[4] for row in rows] == ["clued-up-authors", "The person themself"]
    clued_up_author.delete()
    rows = table(desk.get(review_of(story)).content.decode())
    assert rows[0][4] == "A colleague whose account is gone"


def test_a_child_and_a_parent_are_told_apart(desk: Client, two_sections: Tree) -> None:
    story = make_story(two_sections, people=0)
    child = add_person(story, age_band=AgeBand.UNDER_12)
    yes(child, given_by=GivenBy.GUARDIAN)
    yes(child, decision=Decision.REFUSED)
    no, agreed = table(desk.get(review_of(story)).content.decode())
    assert (no[0], no[4]) == ("Said no", "The person themself")
    assert (agreed[0], agreed[4]) == ("Said yes Their parent or guardian", "Their parent or guardian")


def test_each_use_and_each_person_has_a_table_of_its_own(desk: Client, two_sections: Tree) -> None:
    story = make_story(two_sections, people=2)
    one, other = story.participations.order_by("pk")
    yes(one)
    yes(one, Use.SOCIAL, decision=Decision.DEFERRED)
    yes(other, decision=Decision.REFUSED)
    page = desk.get(review_of(story)).content.decode()
    assert page.count("said__lines") == 3
    assert table(page, Use.SOCIAL)[0][0] == "Said not now"
    first, second = (page.index(f">{person.participant.code}</h3>") for person in (one, other))
    assert first < page.index("Said yes") < second < page.index("Said no<")


def test_an_answer_about_other_words_says_so(desk: Client, story: StoryPage) -> None:
    yes(story.participations.get())
    assert "About other words" not in desk.get(review_of(story)).content.decode()
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.body = words("Newer")
    draft.save_revision()
    (row,) = table(desk.get(review_of(story)).content.decode())
    assert row[0] == "Said yes About other words than these"


def test_whoever_has_not_answered_and_need_not_be_asked_is_there_too(
    desk: Client, two_sections: Tree, clued_up_author: User
) -> None:
    story = make_story(two_sections, people=1)
    add_person(story, consent_needed=False, why_not_needed="Mentioned once.")
    ask(story.participations.order_by("pk")[0], uses=[Use.WEBSITE], by=clued_up_author)
    page = desk.get(review_of(story)).content.decode()
    (row,) = table(page)
    assert row[0] == "Was asked"
    assert row[1] == row[5] == "–"
    assert "Mentioned once." in page


def a_yes_after_a_no(worker: Client, story: StoryPage) -> Consent:
    yes(story.participations.get(), decision=Decision.REFUSED)
    before = timezone.now() - timedelta(hours=2)
    rewrite(ConsentEvent.objects.filter(kind="refused"), at=before, said_at=before)
    note(worker, story, given_at=timezone.now(), method="audio", evidence=SimpleUploadedFile("voice.mp3", SHEET))
    return Consent.objects.get(decision=Decision.GIVEN)


def test_a_yes_after_a_no_shows_both_and_who_confirmed_it(worker: Client, desk: Client, story: StoryPage) -> None:
    consent = a_yes_after_a_no(worker, story)
    assert [row[0] for row in table(desk.get(review_of(story)).content.decode())] == ["Said yes", "Said no"]
    desk.post(f"/admin/stories/{story.pk}/answers/{consent.pk}/confirm/")
    rows = table(desk.get(review_of(story)).content.decode())
    assert (rows[0][0], rows[0][4]) == ("Somebody from another partner confirmed the yes", "story-moderators")


def test_whoever_decides_about_a_small_correction_sees_it_too(worker: Client, desk: Client, story: StoryPage) -> None:
    yes(story.participations.get())
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    draft.body = words(f"I stood at the {CANARY},")
    draft.save_revision()
    proposed = worker.post(f"/admin/stories/{story.pk}/changes/", {"why": "A comma."})
    assert proposed.status_code == 302, proposed.content.decode()
    proposal = story.carry_over_proposals.get()
    (row,) = table(desk.get(f"/admin/stories/carry-over/{proposal.pk}/").content.decode())
    assert (row[1], row[4]) == ("On their own page", "The person themself")

"""The consent register: whose answers each may see, what the filters leave, the export's codes, and its cost."""

import csv
import io
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hub.law import AgeBand
from hub.pages.models import PartnerSectionPage, Visibility
from hub.stories.admin.register import HEADINGS, REPLACED, stories_in_question
from hub.stories.choices import Use
from hub.stories.consent.answers import pause
from hub.stories.models import Consent, ConsentEvent, Participant, StoryPage, draft_of
from hub.stories.reasons import Reason
from hub.stories.review.decisions import approve_story
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import CANARY, Tree, a_moderator, add_person, make_story, words, yes
from tests.past import rewrite
from tests.personas import in_group

pytestmark = pytest.mark.django_db
REGISTER = "/admin/stories/consents/"
EXPORT = "/admin/stories/consents.csv"


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    story = make_story(two_sections)
    yes(story.participations.get())
    return story


@pytest.fixture
def carf_story(two_sections: Tree, story: StoryPage) -> StoryPage:
    section = PartnerSectionPage.objects.get(title="CARF")
    theirs = make_story(Tree(**{**vars(two_sections), "section": section}), text="Nachtigall")
    yes(theirs.participations.get())
    return theirs


@pytest.fixture
def desk(client: Client, moderator: User) -> Client:
    client.force_login(moderator)
    return client


def exported(client: Client, **filters: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(EXPORT, filters).getvalue().decode())))


def people(client: Client, **filters: str) -> list[str]:
    return [line["person"] for line in exported(client, **filters)]


def code(story: StoryPage) -> str:
    return story.participations.get().participant.code


def test_a_moderator_sees_all_partners_and_a_worker_her_own(
    client: Client, story: StoryPage, carf_story: StoryPage, moderator: User, clued_up_author: User, carf_author: User
) -> None:
    ours, theirs = code(story), code(carf_story)
    for user, seen in [(moderator, [ours, theirs]), (clued_up_author, [ours]), (carf_author, [theirs])]:
        client.force_login(user)
        page = client.get(REGISTER).content.decode()
        assert people(client) == seen, user
        assert [one for one in (ours, theirs) if one in page] == seen, user
        assert CANARY not in page
        assert "Nachtigall" not in page
        assert "Consent register" in client.get("/admin/").content.decode()


def test_who_works_for_no_partner_is_refused(client: Client, story: StoryPage, toolkit_editor: User) -> None:
    for user in (toolkit_editor, in_group("Safeguarding")):
        client.force_login(user)
        for address in (REGISTER, EXPORT):
            response = client.get(address)
            assert response.status_code in {302, 403}
            assert code(story) not in response.getvalue().decode()
        assert "Consent register" not in client.get("/admin/").content.decode()
    assert Client().get(EXPORT).status_code == 302, "nobody signed in"


def test_a_worker_cannot_ask_for_another_partner(client: Client, carf_story: StoryPage, clued_up_author: User) -> None:
    client.force_login(clued_up_author)
    theirs = {"partner": str(carf_story.partner_id)}
    page = client.get(REGISTER, theirs).content.decode()
    assert "This filter is not one of the choices" in page
    assert "CARF" not in page
    assert exported(client, **theirs) == []


def test_a_filter_that_is_not_offered_exports_nothing(desk: Client, story: StoryPage) -> None:
    assert exported(desk) != []
    for name in ("partner", "state", "use", "due", "reason"):
        assert exported(desk, **{name: "nonsense"}) == [], name
        assert "This filter is not one of the choices" in desk.get(REGISTER, {name: "nonsense"}).content.decode()


def test_the_export_has_codes_and_no_titles(desk: Client, story: StoryPage) -> None:
    response = desk.get(EXPORT)
    text = response.getvalue().decode()
    assert next(csv.reader(text.splitlines())) == HEADINGS
    line = exported(desk)[0]
    assert (line["person"], line["story"], line["partner"]) == (code(story), str(story.pk), "clued-up")
    assert (line["use"], line["why it does not count"]) == ("website", "")
    assert CANARY not in text
    assert "The counter" not in text
    assert story.slug not in text
    assert "no-store" in response["Cache-Control"]


def test_each_filter_narrows(desk: Client, story: StoryPage, carf_story: StoryPage) -> None:
    held = add_person(story)
    pause(yes(held, Use.TRAINING))
    gone = add_person(story)
    yes(gone)
    withdraw(gone)
    paused, left = held.participant.code, gone.participant.code
    agreed = story.participations.order_by("pk")[0].participant.code
    assert people(desk, partner=str(carf_story.partner_id)) == [code(carf_story)]
    assert people(desk, use="training") == [paused]
    assert people(desk, state="held") == [paused]
    assert people(desk, state="withdrawn") == [left]
    assert people(desk, state="given") == [agreed, code(carf_story)]
    assert people(desk, reason="held") == [paused]
    assert people(desk, reason="withdrawn") == [left]
    assert people(desk, reason="in_force") == [agreed, code(carf_story)]


@pytest.mark.parametrize(("days", "seen"), [(-1, {"0", "30", "90"}), (20, {"30", "90"}), (80, {"90"}), (100, set())])
def test_what_runs_out_soon_is_found(desk: Client, story: StoryPage, days: int, seen: set[str]) -> None:
    now = timezone.now()
    rewrite(Consent.objects.all(), given_at=now - timedelta(days=9), expires_at=now + timedelta(days=days))
    assert {due for due in ("0", "30", "90") if people(desk, due=due)} == seen


def test_a_person_to_be_asked_again_soon_counts_as_running_out(desk: Client, story: StoryPage) -> None:
    assert people(desk, due="30") == []
    participant = story.participations.get().participant
    participant.reask_at = timezone.now() + timedelta(days=10)
    participant.save()
    assert people(desk, due="30") == [participant.code]
    assert exported(desk)[0]["valid until"] == timezone.localtime(participant.reask_at).date().isoformat()


def test_a_replaced_answer_is_shown_only_when_asked_for(desk: Client, story: StoryPage) -> None:
    yes(story.participations.get(), decision=Decision.REFUSED)
    assert [line["state"] for line in exported(desk)] == ["Said no"]
    (old,) = exported(desk, state="superseded")
    assert old["why it does not count"] == REPLACED
    assert old["valid until"] == ""
    assert REPLACED in desk.get(REGISTER, {"state": "superseded"}).content.decode()


def test_an_answer_from_the_wrong_person_says_so(desk: Client, story: StoryPage) -> None:
    rewrite(Consent.objects.all(), given_by=GivenBy.GUARDIAN)
    assert exported(desk)[0]["why it does not count"] == Reason.WRONG_GIVER.sentence


def test_answers_are_judged_by_the_words_shown_or_else_by_the_draft(desk: Client, story: StoryPage) -> None:
    def edit(text: str) -> None:
        draft = draft_of(story)
        draft.body = words(text)
        draft.save_revision()

    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    edit("A newer draft")
    assert people(desk, reason="in_force") == [code(story)], "the agreed words are still shown"
    Visibility.objects.all().delete()  # the story is dark now, and nobody has agreed to the draft
    assert people(desk, reason="outdated") == [code(story)]


def test_the_draft_read_here_has_the_hash_that_people_are_asked_about(two_sections: Tree) -> None:
    story = make_story(two_sections, special_categories=["health"])
    draft = draft_of(story)
    draft.title, draft.body, draft.special_categories = "Other", words("Café – naïve"), ["crime", "health"]
    draft.save_revision()
    facts, partner = stories_in_question([story.pk])[story.pk]
    assert facts.content_hash == draft_of(story).content_hash() != story.content_hash()
    assert facts.special_categories == {"crime", "health"}
    assert partner == story.partner


def test_words_changed_on_the_page_itself_are_what_the_register_judges(desk: Client, story: StoryPage) -> None:
    StoryPage.objects.filter(pk=story.pk).update(told_by="somebody else")
    assert stories_in_question([story.pk])[story.pk][0].content_hash == draft_of(story).content_hash()
    assert people(desk, reason="outdated") == [code(story)]


def test_the_register_is_read_a_page_at_a_time(desk: Client, story: StoryPage) -> None:
    for _ in range(6):
        person = add_person(story)
        for use in Use:
            yes(person, use)
    first = desk.get(REGISTER, {"use": ""}).content.decode()
    number = 6 * len(Use) + 1
    assert f"{number} answers" in first
    assert "Page 1 of 2" in first
    assert "use=&amp;page=2" in first
    asked = {"reason": "in_force"}
    assert "Page 2</span>" in desk.get(REGISTER, {"page": "2", **asked}).content.decode()
    pages = [desk.get(REGISTER, {"page": page, **asked}).context["listed"].entries for page in ("1", "2", "3")]
    assert [len(page) for page in pages] == [50, number - 50, 0]
    assert {entry.consent.pk for page in pages for entry in page} == set(Consent.objects.values_list("pk", flat=True))
    assert len(exported(desk)) == number


def cost(client: Client, address: str, **filters: str) -> int:
    client.get(address, filters)
    with CaptureQueriesContext(connection) as captured:
        client.get(address, filters)
    return len(captured)


def test_four_or_forty_answers_in_as_many_stories_cost_the_same(desk: Client, two_sections: Tree) -> None:
    def answers(number: int) -> dict[str, int]:
        while Consent.objects.count() < number:
            yes(make_story(two_sections).participations.get())
        asked: list[tuple[str, dict[str, Any]]] = [(REGISTER, {}), (EXPORT, {}), (REGISTER, {"reason": "in_force"})]
        return {f"{address}{filters}": cost(desk, address, **filters) for address, filters in asked}

    few, many = answers(4), answers(40)
    assert few == many
    assert max(many.values()) <= 30, many


def random_yeses(story: StoryPage) -> None:
    """Of every age, said and ending on all sorts of days, some with a birthday near, some under words used no more."""
    chance, now = Random(20), timezone.now()
    for number in range(24):
        person = add_person(story, age_band=chance.choice([AgeBand.ADULT, AgeBand.AGE_12_15, AgeBand.AGE_16_17]))
        if number % 4 == 0:
            near = now + timedelta(days=chance.randint(-30, 200))
            Participant.objects.filter(pk=person.participant_id).update(reask_at=near)
        said = now - timedelta(days=chance.randint(1, 720))
        yes(person, chance.choice([Use.WEBSITE, Use.SOCIAL, Use.TRAINING]))
        until = said + timedelta(days=chance.randint(100, 2000))
        rewrite(Consent.objects.filter(participation=person), given_at=said, expires_at=until)


def test_what_is_due_is_what_the_rule_says_ends(desk: Client, story: StoryPage) -> None:
    random_yeses(story)
    now = timezone.now()
    days = {line["person"]: line["valid until"] for line in exported(desk)}
    for due in ("0", "30", "90"):
        by = (timezone.localtime(now) + timedelta(days=int(due))).date().isoformat()
        ending = [person for person, day in days.items() if day and day <= by]
        assert people(desk, due=due) == ending
        assert 0 < len(ending) < len(days), "answers that all end, or none, prove little"


def test_a_law_that_lets_it_last_less_long_is_what_the_register_says(desk: Client, story: StoryPage) -> None:
    """A day that somebody wrote beside a yes lengthens nothing; one that is sooner than the law's holds."""
    said, far = timezone.now() - timedelta(days=700), timezone.now() + timedelta(days=900)
    rewrite(Consent.objects.all(), given_at=said, expires_at=far)
    assert [line["valid until"] for line in exported(desk, due="30")] == [day(said + timedelta(days=730))]
    rewrite(Consent.objects.all(), given_at=timezone.now() - timedelta(days=9), expires_at=far)
    assert people(desk, due="90") == []
    said = timezone.now() - timedelta(days=740)
    rewrite(Consent.objects.all(), given_at=said, words_saved_at=said, expires_at=far)
    rewrite(ConsentEvent.objects.filter(kind="given"), said_at=said)
    assert people(desk, reason=Reason.EXPIRED) == [code(story)]


def day(moment: datetime) -> str:
    return timezone.localtime(moment).date().isoformat()

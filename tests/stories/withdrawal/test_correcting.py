"""What staff may put right about somebody in a story: a slip, always; what would speak for a person, never."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from hub.law import AgeBand
from hub.stories.choices import Use
from hub.stories.family.asking import ask
from hub.stories.ledger.lines import first_broken_link
from hub.stories.models import (
    Consent,
    ConsentEvent,
    OwnBlock,
    Participant,
    StoryPage,
    StoryParticipant,
    WithdrawalCase,
    draft_of,
)
from hub.stories.review.decisions import approve_story
from hub.stories.rule import Decision
from hub.stories.withdrawal.correcting import CannotCorrect, Facts, correct, facts_of, take_out, why_not_take_out
from hub.stories.withdrawal.stopping import withdraw
from tests.factories import Tree, a_moderator, add_person, light, make_story, wording, words, yes

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(two_sections: Tree) -> StoryPage:
    wording()
    return make_story(two_sections, people=2)


@pytest.fixture
def worker(client: Client, clued_up_author: User) -> Client:
    client.force_login(clued_up_author)
    return client


def first(story: StoryPage) -> StoryParticipant:
    return story.participations.select_related("participant", "story").order_by("pk")[0]


def second(story: StoryPage) -> StoryParticipant:
    return story.participations.select_related("participant", "story").order_by("pk")[1]


def at(story: StoryPage, rest: str = "") -> str:
    return f"/admin/stories/{story.pk}/people/{rest}"


def form_of(client: Client, person: StoryParticipant, **change: Any) -> dict[str, Any]:
    """The form as a browser would send it."""
    form = client.get(at(person.story, f"{person.pk}/correct/")).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "sure"}
    if sent["reask_at"]:
        sent["reask_at"] = f"{sent['reask_at']:%d/%m/%Y}"
    return {**sent, **change}


def post(client: Client, person: StoryParticipant, sent: dict[str, Any]) -> Any:
    return client.post(at(person.story, f"{person.pk}/correct/"), sent)


def test_a_person_nobody_has_agreed_with_goes_by_one_button_and_comes_back(
    worker: Client, story: StoryPage, clued_up_author: User
) -> None:
    person = second(story)
    asked = ask(person, uses=[Use.WEBSITE], by=clued_up_author)
    assert f'Take out<span class="w-sr-only"> {person.participant.code}' in worker.get(at(story)).content.decode()
    page = worker.post(at(story, f"{person.pk}/out/"), follow=True)
    assert f'value="{person.participant.code}"' in page.content.decode(), "she stands in the form below"
    assert not StoryParticipant.objects.filter(pk=person.pk).exists()
    assert Client().get(f"/yours/{asked.address}/").status_code == 404
    last = ConsentEvent.objects.order_by("-sequence")[0]
    assert (last.kind, last.participant_code) == ("entered_in_error", person.participant.code)
    assert first_broken_link() is None
    form = page.context["form"]
    again = {name: form[name].value() or "" for name in form.fields}
    assert worker.post(at(story), again).status_code == 302
    back = second(story)
    assert (back.participant_id, back.role) == (person.participant_id, person.role)
    assert Participant.objects.count() == 2
    assert not why_not_take_out(back), "that it was a mistake is no answer"


@pytest.mark.parametrize("decision", [Decision.GIVEN, Decision.REFUSED, Decision.DEFERRED])
def test_whoever_has_answered_is_not_just_taken_out(worker: Client, story: StoryPage, decision: Decision) -> None:
    person = second(story)
    yes(person, decision=decision)
    assert "Take out" not in worker.get(at(story)).content.decode().split(person.participant.code, 1)[1]
    page = worker.post(at(story, f"{person.pk}/out/"), follow=True).content.decode()
    assert "has answered, so they cannot just be taken out" in page
    assert "Leave their words out" in page
    assert StoryParticipant.objects.filter(pk=person.pk).exists()


def test_nor_whoever_has_taken_a_yes_back(story: StoryPage, clued_up_author: User) -> None:
    person = second(story)
    yes(person)
    withdraw(person)
    with pytest.raises(CannotCorrect, match="has answered"):
        take_out(person, by=clued_up_author)


@pytest.mark.parametrize("use", [Use.WEBSITE, Use.TRAINING])
def test_nobody_is_taken_out_of_what_others_agreed_to(
    client: Client, story: StoryPage, clued_up_author: User, use: Use
) -> None:
    """Else the others' yes would show somebody who never said one."""
    waits = second(story)
    yes(first(story), use)
    with pytest.raises(CannotCorrect, match=f"with {waits.participant.code} in it"):
        take_out(waits, by=clued_up_author)
    before = facts_of(waits)
    excused = Facts(**{**vars(before), "why_not_needed": "Mentioned once."})
    with pytest.raises(CannotCorrect) as refusal:
        correct(waits, excused, before=before, by=clued_up_author, sure=True)
    assert refusal.value.field == "why_not_needed"
    assert second(story).consent_needed


def test_her_answer_and_the_button_at_once(worker: Client, story: StoryPage, clued_up_author: User) -> None:
    """The worker opened the page before she answered, and she opened hers before the worker pressed."""
    person = second(story)
    address = f"/yours/{ask(person, uses=[Use.WEBSITE], by=clued_up_author).address}/"
    family = Client()
    for name, said in {"name": "none", "website": "no", "change": "no"}.items():
        family.post(f"{address}question/{name}/", {"answer": said})
    family.post(address + "check/")
    page = worker.post(at(story, f"{person.pk}/out/"), follow=True).content.decode()
    assert "has answered" in page
    other = first(story)
    late = f"/yours/{ask(other, uses=[Use.WEBSITE], by=clued_up_author).address}/"
    worker.post(at(story, f"{other.pk}/out/"))
    assert family.post(f"{late}question/website/", {"answer": "yes"}).status_code == 404
    assert not Consent.objects.filter(decision="given").exists()


def test_taking_out_twice_is_not_found_and_needs_a_press(worker: Client, story: StoryPage) -> None:
    person = second(story)
    assert worker.get(at(story, f"{person.pk}/out/")).status_code == 405
    assert worker.post(at(story, f"{person.pk}/out/")).status_code == 302
    assert worker.post(at(story, f"{person.pk}/out/")).status_code == 404


def test_a_slip_is_put_right_and_a_shown_story_stays_shown(worker: Client, client: Client, story: StoryPage) -> None:
    shown = light(story)
    person = second(shown)
    sent = form_of(worker, person, role="mentioned", place_level="town", passages="  The second one ")
    assert post(worker, person, sent).status_code == 302
    now = second(shown)
    assert (now.role, now.place_level, now.passages) == ("mentioned", "town", "The second one")
    assert Client().get(shown.url).status_code == 200
    assert not WithdrawalCase.objects.exists()


def test_another_name_after_an_answer_is_a_new_question(worker: Client, story: StoryPage) -> None:
    shown = light(story)
    person = second(shown)
    assert "their answers stop counting" in worker.get(at(shown, f"{person.pk}/correct/")).content.decode()
    refused = post(worker, person, form_of(worker, person, named_as="full")).content.decode()
    assert "Tick that they are asked again" in refused
    assert Client().get(shown.url).status_code == 200
    assert second(shown).named_as == "none"
    page = worker.post(
        at(shown, f"{person.pk}/correct/"), form_of(worker, person, named_as="full", sure="on"), follow=True
    ).content.decode()
    assert "ask them again" in page
    assert Client().get(shown.url).status_code == 404
    assert set(person.consents.values_list("decision", flat=True)) == {"invalidated"}
    assert first(shown).consents.get().decision == "given", "the others are not asked again for that"
    assert ConsentEvent.objects.order_by("-sequence")[0].kind == "invalidated"


def test_another_name_before_any_answer_is_a_slip(worker: Client, story: StoryPage) -> None:
    person = second(story)
    assert "sure" not in worker.get(at(story, f"{person.pk}/correct/")).context["form"].fields
    assert post(worker, person, form_of(worker, person, named_as="first_name")).status_code == 302
    assert second(story).named_as == "first_name"


def test_somebody_who_needed_not_be_asked_is_asked_after_all(worker: Client, two_sections: Tree) -> None:
    story = make_story(two_sections, people=1)
    mentioned = add_person(story, consent_needed=False, why_not_needed="Mentioned once.")
    yes(first(story))
    approve_story(StoryPage.objects.get(pk=story.pk), moderator=a_moderator())
    shown = StoryPage.objects.get(pk=story.pk)
    assert Client().get(shown.url).status_code == 200
    assert post(worker, mentioned, form_of(worker, mentioned, why_not_needed="")).status_code == 302
    assert second(shown).consent_needed
    assert Client().get(shown.url).status_code == 404


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"age_band": "12_15", "reask_at": ""}, "still to come"),
        ({"age_band": "under_12", "reask_at": "2020-01-01"}, "still to come"),
        ({"age_band": "12_15", "reask_at": "soon"}, "27/11/2026"),
        ({"age_band": "120"}, "Select a valid choice"),
        ({"role": "hero"}, "Select a valid choice"),
        ({"named_as": ""}, "This field is required"),
        ({"passages": "y" * 301}, "at most 300 characters"),
        ({"was": "tampered"}, "Somebody else has changed"),
        ({"was": ""}, "Somebody else has changed"),
    ],
)
def test_what_cannot_be_right_is_refused_and_stays_typed(
    worker: Client, story: StoryPage, change: dict[str, str], sentence: str
) -> None:
    person = second(story)
    before = facts_of(person)
    page = post(worker, person, form_of(worker, person, why_not_needed="Only her voice", **change)).content.decode()
    assert sentence in page
    assert "Only her voice" in page
    assert facts_of(second(story)) == before


def test_an_age_is_put_right(worker: Client, story: StoryPage) -> None:
    person = second(story)
    day = timezone.localtime() + timedelta(days=400)
    sent = form_of(worker, person, age_band="12_15", reask_at=f"{day:%d/%m/%Y}")
    assert post(worker, person, sent).status_code == 302
    child = Participant.objects.get(pk=person.participant_id)
    assert child.age_band == AgeBand.AGE_12_15
    assert child.reask_at
    assert timezone.localtime(child.reask_at).date() == day.date(), "as it is written here, too"
    untouched = form_of(worker, second(story), role="voice")
    assert post(worker, second(story), untouched).status_code == 302
    assert Participant.objects.get(pk=child.pk).reask_at == child.reask_at


def test_two_workers_at_once_do_not_write_over_each_other(worker: Client, story: StoryPage) -> None:
    person = second(story)
    mine = form_of(worker, person, place_level="street")
    post(worker, person, form_of(worker, person, role="voice"))
    page = post(worker, person, mine)
    assert "Somebody else has changed" in page.content.decode()
    assert second(story).place_level == "none"
    form = page.context["form"]
    assert form["place_level"].value() == "street", "nothing chosen is lost"
    assert post(worker, person, {**mine, "was": form["was"].value()}).status_code == 302
    assert second(story).place_level == "street"


@pytest.mark.parametrize("who", ["carf_author", "moderator"])
def test_nobody_else_corrects_or_takes_out(client: Client, story: StoryPage, who: str, request: Any) -> None:
    client.force_login(request.getfixturevalue(who))
    person = second(story)
    for rest in [f"{person.pk}/correct/", f"{person.pk}/out/", "whose/"]:
        assert client.post(at(story, rest), {}).status_code in {302, 404}
    assert "P-000" not in client.get(at(story, "whose/")).content.decode()
    assert StoryParticipant.objects.filter(pk=person.pk).exists()


def test_whose_each_passage_is_is_marked_and_kept_through_edits(worker: Client, story: StoryPage) -> None:
    story.body = [*words("Mine."), *words("Hers.")]
    story.save_revision()
    mine, hers = [block.id for block in draft_of(story).body]
    page = worker.get(at(story, "whose/"))
    assert "Hers." in page.content.decode()
    sent = {"seen": page.context["seen"], f"of-{mine}": [first(story).pk], f"of-{hers}": [second(story).pk]}
    assert worker.post(at(story, "whose/"), sent).status_code == 302
    assert "1 passage marked as theirs" in worker.get(at(story)).content.decode()
    edited = draft_of(story)
    edited.body[1].value.source = "<p>Hers, and changed.</p>"
    edited.save_revision()
    assert [block.id for block in draft_of(story).body] == [mine, hers]
    assert OwnBlock.objects.get(block_id=hers).participation == second(story)
    stale = worker.post(at(story, "whose/"), {**sent, f"of-{hers}": [first(story).pk]})
    assert "Somebody else has changed these marks" in stale.content.decode()
    assert OwnBlock.objects.get(block_id=hers).participation == second(story)
    now = {**sent, "seen": stale.context["seen"], f"of-{hers}": []}
    assert worker.post(at(story, "whose/"), now).status_code == 302
    assert not OwnBlock.objects.filter(block_id=hers).exists()


def test_a_mark_for_somebody_of_another_story_or_of_no_block_is_left_out(
    worker: Client, story: StoryPage, two_sections: Tree
) -> None:
    stranger = add_person(make_story(two_sections, people=0, text="Amsel"))
    block = draft_of(story).body[0].id
    seen = worker.get(at(story, "whose/")).context["seen"]
    sent = {"seen": seen, f"of-{block}": [stranger.pk, first(story).pk, "x"], "of-nothing": [first(story).pk]}
    assert worker.post(at(story, "whose/"), sent).status_code == 302
    assert list(OwnBlock.objects.values_list("participation_id", "block_id")) == [(first(story).pk, block)]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE stories_storyparticipant SET consent_needed = false, why_not_needed = 'x' WHERE id = %s",
        "UPDATE stories_storyparticipant SET participant_id = (SELECT max(id) FROM stories_participant) WHERE id = %s",
        "DELETE FROM stories_storyparticipant WHERE id = %s",
    ],
)
def test_the_database_itself_lets_nobody_go_from_under_a_yes(
    story: StoryPage, two_sections: Tree, statement: str
) -> None:
    add_person(make_story(two_sections, people=0, text="Amsel"))
    waits = second(story)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [waits.pk])
        transaction.set_rollback(True)
    yes(first(story))
    refused = pytest.raises(IntegrityError, match="agreed to this story")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [waits.pk])

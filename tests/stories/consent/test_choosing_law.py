"""Another law: what no longer holds is dark at once, what holds comes back, and nothing else is lit."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hub.law import LAWS, AgeBand
from hub.pages.models import HubPage, Visibility
from hub.partners.law import law_now
from hub.partners.models import LawChosen
from hub.stories.admin.flags import reasons_here
from hub.stories.choices import EventKind, Use
from hub.stories.consent import choose_law, note_age, what_would_change, wording_for
from hub.stories.consent.answers import GivenAnswer, lifetime, record_consent
from hub.stories.consent.wordings import audiences_under, keep_up_to_date
from hub.stories.light.publishing import show_what_is_ready
from hub.stories.models import ConsentEvent, ConsentWording, StoryPage, WordingRetirement
from hub.stories.rule import Decision, GivenBy
from tests.factories import Tree, a_worker, add_person, light, lit_story, make_story, yes


def is_lit(story: StoryPage) -> bool:
    return HubPage.objects.filter(pk=story.pk).live().exists()


@pytest.fixture
def two_stories(tree: Tree) -> tuple[StoryPage, StoryPage]:
    """Both shown in Scotland: one of an adult, one of somebody of 14."""
    adult, teen = lit_story(tree), make_story(tree, people=0, text="of a young one")
    add_person(teen, age_band=AgeBand.AGE_12_15)
    return adult, light(teen)


def test_what_no_longer_holds_is_dark_at_once_and_what_does_comes_back(two_stories: Any) -> None:
    adult, teen = two_stories
    assert is_lit(teen)
    foretold = what_would_change(LAWS["england_and_wales"])
    assert is_lit(teen), "looking changes nothing"
    done = choose_law("england_and_wales", by=a_worker())
    assert done == foretold
    assert [story.pk for story in done.dark] == [teen.pk]
    assert done.sentence == "1 of 2 stories that are shown goes dark. 1 person is asked for their age again."
    assert (is_lit(adult), is_lit(teen)) == (True, False)


def test_a_line_is_written_for_whose_age_the_new_law_does_not_know_and_for_nobody_else(two_stories: Any) -> None:
    _, teen = two_stories
    choose_law("ireland", by=a_worker())
    lines = ConsentEvent.objects.filter(kind=EventKind.LAW_CHANGED)
    assert [line.participant_code for line in lines] == [teen.participations.get().participant.code]
    newest = LawChosen.objects.order_by("-pk").first()
    assert newest is not None
    assert (newest.place, newest.by_user_id) == ("ireland", a_worker().pk)


def test_changing_back_lights_nothing(two_stories: Any) -> None:
    adult, teen = two_stories
    choose_law("ireland", by=a_worker())
    choose_law("scotland", by=a_worker())
    assert (is_lit(adult), is_lit(teen)) == (True, False)


def test_a_story_dark_for_another_reason_stays_so(tree: Tree) -> None:
    story = lit_story(tree)
    Visibility.objects.filter(page=story).delete()
    choose_law("ireland", by=a_worker())
    assert not is_lit(story)


def test_a_row_by_hand_darkens_too_and_none_is_changed_or_taken_away(two_stories: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO partners_lawchosen (place) VALUES ('scotland')")
    assert not any(map(is_lit, two_stories)), "the trigger asks nothing; whoever chooses relights"
    for sql in ("UPDATE partners_lawchosen SET place = 'ireland'", "DELETE FROM partners_lawchosen"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(sql)


def test_only_a_law_with_a_profile_can_be_chosen_and_only_another(tree: Tree) -> None:
    for code, says in (("atlantis", "no profile"), ("scotland", "already")):
        with pytest.raises(ValueError, match=says):
            choose_law(code, by=a_worker())
    assert law_now() == LAWS["scotland"]
    LawChosen.objects.create(place="atlantis")
    assert law_now() is None


@pytest.fixture
def england(tree: Tree) -> Tree:
    choose_law("england_and_wales", by=a_worker())
    return tree


def test_in_england_a_child_and_a_parent_answer_until_the_child_is_of_age(england: Tree) -> None:
    story = make_story(england, people=0)
    child = add_person(story, age_band=AgeBand.UNDER_16)
    story = light(story)
    assert not is_lit(story), "the parent has not been asked"
    yes(child, given_by=GivenBy.GUARDIAN)
    assert is_lit(story)
    yes(child, given_by=GivenBy.GUARDIAN, decision=Decision.REFUSED)
    assert not is_lit(story)


def test_in_england_an_age_that_only_scots_law_knows_is_refused(england: Tree) -> None:
    child = add_person(make_story(england, people=0), age_band=AgeBand.UNDER_16).participant
    soon = timezone.now() + timedelta(days=200)
    with pytest.raises(ValueError, match="does not tell this age apart"):
        note_age(child, age_band=AgeBand.AGE_12_15, reask_at=soon)
    with pytest.raises(ValueError, match="they turn 16 or 18"):
        note_age(child, age_band=AgeBand.UNDER_16, reask_at=None)
    note_age(child, age_band=AgeBand.AGE_16_17, reask_at=soon)


def test_the_wordings_follow_the_law_and_retire_nothing(tree: Tree) -> None:
    keep_up_to_date()
    before = set(ConsentWording.objects.values_list("audience", flat=True))
    choose_law("england_and_wales", by=a_worker())
    assert before == set(audiences_under(LAWS["scotland"]))
    new = ConsentWording.objects.get(audience="under_16", language="en")
    assert "When you turn 16 we ask you again." in new.text
    parents = ConsentWording.objects.get(audience="guardian_under_16", language="en")
    assert "When your child turns 16 it is their own choice" in parents.text
    assert not WordingRetirement.objects.exists()
    assert keep_up_to_date() == []
    story = make_story(tree, people=0)
    assert wording_for(add_person(story, age_band=AgeBand.UNDER_16), GivenBy.GUARDIAN) == parents
    with pytest.raises(LookupError, match="does not tell their age apart"):
        wording_for(add_person(story, age_band=AgeBand.AGE_12_15), GivenBy.SELF)
    with pytest.raises(LookupError, match="From 16 on"):
        wording_for(add_person(story, age_band=AgeBand.AGE_16_17), GivenBy.GUARDIAN)


def test_the_legal_flags_offered_are_those_of_the_law(england: Tree) -> None:
    kinds = [kind for kind, label in reasons_here()]
    assert "complainant" in kinds
    assert "childrens_hearing" not in kinds


def test_while_nobody_knows_the_law_nobody_can_be_asked(tree: Tree) -> None:
    person = add_person(make_story(tree, people=0))
    LawChosen.objects.create(place="atlantis")
    with pytest.raises(LookupError, match="does not tell"):
        wording_for(person, GivenBy.SELF)
    with pytest.raises(ValueError, match="does not tell this age apart"):
        note_age(person.participant, age_band=AgeBand.ADULT, reask_at=None)
    assert lifetime(person, Use.WEBSITE) == timedelta()
    assert keep_up_to_date() == []
    assert len(reasons_here()) > len(LAWS["scotland"].blocks)


def test_a_yes_counts_no_longer_than_the_law_lets_it_whatever_the_record_says(tree: Tree) -> None:
    story = lit_story(tree)
    person = story.participations.get()
    shown = ConsentWording.objects.get(audience="adult", language="en")
    far = timezone.now() + timedelta(days=3_000)
    record_consent(person, Use.WEBSITE, GivenAnswer(decision=Decision.GIVEN, wording=shown, expires_at=far))
    until = Visibility.objects.get(page=story).public_until
    assert abs(until - timezone.now() - timedelta(days=730)) < timedelta(minutes=1)


def test_changing_back_lights_nothing_at_the_next_round_of_jobs_either(two_stories: Any) -> None:
    _, teen = two_stories
    choose_law("ireland", by=a_worker())
    choose_law("scotland", by=a_worker())
    show_what_is_ready(timezone.now())
    assert not is_lit(teen), "the person is asked for their age again first"
    young = teen.participations.get().participant
    note_age(young, age_band=AgeBand.AGE_12_15, reask_at=timezone.now() + timedelta(days=500))
    assert is_lit(teen)

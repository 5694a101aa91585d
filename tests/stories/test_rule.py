"""The rule of consent, one sentence at a time: each yes beside the noes that end it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hub.law import LAWS, AgeBand
from hub.stories.reasons import Reason
from hub.stories.rule import (
    ConsentFacts,
    Decision,
    Gap,
    GivenBy,
    PersonFacts,
    StoryFacts,
    Verdict,
    in_force,
    may_appear,
)
from tests.ledger_lines import in_order

NOW = datetime(2030, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
LATER = NOW + 365 * DAY

YES = ConsentFacts(
    decision=Decision.GIVEN,
    given_by=GivenBy.SELF,
    content_hash="words",
    carried_over=frozenset(),
    given_at=NOW - 30 * DAY,
    not_before=NOW - 23 * DAY,
    expires_at=LATER,
    paused=False,
    wording_retired_at=None,
    categories=frozenset({"health"}),
    number=1,
    method="online",
    keyed_hash="keyed",
    written_at=NOW - 30 * DAY,
    words_saved_at=NOW - 31 * DAY,
    lines=(),
)
PARENTS_YES = replace(YES, given_by=GivenBy.GUARDIAN)
ATTORNEYS_YES = replace(YES, given_by=GivenBy.ATTORNEY)


def person(*consents: ConsentFacts, age: AgeBand = AgeBand.ADULT, **facts: Any) -> PersonFacts:
    reask_at = None if age in (AgeBand.ADULT, AgeBand.UNKNOWN) else NOW + 200 * DAY
    known: dict[str, Any] = {"code": "P-0001", "consent_needed": True, "reask_at": reask_at}
    known |= {"may_be_answered_by_attorney": False, "age_band": age, "consents": tuple(map(in_order, consents))}
    return PersonFacts(**known | facts)


def story(*people: PersonFacts, **facts: Any) -> StoryFacts:
    known: dict[str, Any] = {
        "law": LAWS["scotland"],
        "use": "website",
        "content_hash": "words",
        "special_categories": frozenset({"health"}),
    }
    known |= {"approved_hashes": frozenset({"words"}), "open_legal_flags": 0, "people": people}
    known |= {"open_stops": 0, "taken_back": False, "in_its_section": True}
    return StoryFacts(**known | facts)


def answer(*people: PersonFacts, **facts: Any) -> Verdict:
    return may_appear(story(*people, **facts), now=NOW)


def why_not(*people: PersonFacts, **facts: Any) -> list[Reason]:
    told = answer(*people, **facts)
    assert not told.allowed
    assert told.until is None
    return [gap.reason for gap in told.gaps]


# A plain yes


def test_a_story_everyone_agreed_to_may_appear_until_the_consent_runs_out() -> None:
    assert answer(person(YES)) == Verdict(until=LATER, gaps=())
    assert answer(person(YES)).allowed


def test_a_person_nobody_has_asked_keeps_the_story_dark() -> None:
    assert why_not(person()) == [Reason.NOT_ASKED]


def test_one_missing_person_is_enough() -> None:
    told = answer(person(YES), person(code="P-0002"))
    assert told == Verdict(until=None, gaps=(Gap("P-0002", Reason.NOT_ASKED),))


def test_a_person_whose_consent_is_not_needed_cannot_block_or_light_a_story() -> None:
    mentioned = person(code="P-0002", consent_needed=False)
    assert answer(person(YES), mentioned).allowed
    assert why_not(replace(mentioned, consents=(YES,))) == [Reason.NOBODY_IN_STORY]


def test_every_gap_of_every_person_is_told_once_the_story_itself_first() -> None:
    told = answer(person(code="P-0009"), person(code="P-0003"), person(code="P-0003"), open_legal_flags=2)
    assert told.gaps == (
        Gap(None, Reason.LEGAL_FLAG),
        Gap("P-0003", Reason.NOT_ASKED),
        Gap("P-0009", Reason.NOT_ASKED),
    )


def test_the_gaps_of_one_person_come_in_a_stable_order() -> None:
    refused, asked = replace(YES, decision=Decision.REFUSED), replace(YES, decision=Decision.REQUESTED)
    in_order = [Reason.EXPIRED, Reason.NOT_ANSWERED, Reason.REFUSED]
    expired = replace(YES, expires_at=NOW)
    assert why_not(person(refused, asked, expired)) == in_order
    assert why_not(person(expired, asked, refused)) == in_order


def test_an_answer_is_a_yes_only_with_an_end_and_without_a_gap() -> None:
    assert not Verdict(until=None, gaps=()).allowed
    assert not Verdict(until=LATER, gaps=(Gap(None, Reason.LEGAL_FLAG),)).allowed


# What the person said


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (Decision.REQUESTED, Reason.NOT_ANSWERED),
        (Decision.REFUSED, Reason.REFUSED),
        (Decision.DEFERRED, Reason.DEFERRED),
        (Decision.WITHDRAWN, Reason.WITHDRAWN),
        (Decision.REVOKED, Reason.REVOKED),
        (Decision.INVALIDATED, Reason.INVALIDATED),
        (Decision.ENTERED_IN_ERROR, Reason.ENTERED_IN_ERROR),
        (Decision.SUPERSEDED, Reason.NOT_ASKED),
    ],
)
def test_only_given_is_a_yes(decision: Decision, reason: Reason) -> None:
    assert why_not(person(replace(YES, decision=decision))) == [reason]


def test_every_decision_that_is_not_a_yes_darkens_and_none_raises() -> None:
    lights = [d for d in Decision if answer(person(replace(YES, decision=d))).allowed]
    assert lights == [Decision.GIVEN]


def test_a_consent_on_hold_is_not_in_force() -> None:
    assert why_not(person(replace(YES, paused=True))) == [Reason.PAUSED]


def test_a_no_wins_over_an_earlier_yes_of_the_same_person() -> None:
    for decision in (Decision.REFUSED, Decision.WITHDRAWN):
        no = replace(YES, decision=decision)
        assert why_not(person(YES, no)) == why_not(person(no, YES)) == [Reason(decision)]


def test_a_superseded_answer_no_longer_counts_either_way() -> None:
    old_no = replace(YES, decision=Decision.SUPERSEDED, paused=True, expires_at=NOW - DAY)
    assert answer(person(old_no, YES)) == Verdict(until=LATER, gaps=())


def test_of_two_standing_yeses_the_one_that_ends_first_counts() -> None:
    assert answer(person(YES, replace(YES, expires_at=NOW + DAY))).until == NOW + DAY


# Time


def test_a_consent_ends_at_its_end_date_and_not_after() -> None:
    assert answer(person(replace(YES, expires_at=NOW + timedelta(microseconds=1)))).allowed
    assert why_not(person(replace(YES, expires_at=NOW))) == [Reason.EXPIRED]


def test_a_consent_without_an_end_date_does_not_hold() -> None:
    assert why_not(person(replace(YES, expires_at=None))) == [Reason.EXPIRED]


def test_a_story_waits_until_the_time_to_think_it_over_has_passed() -> None:
    assert answer(person(replace(YES, not_before=NOW))).allowed
    assert why_not(person(replace(YES, not_before=NOW + DAY))) == [Reason.COOLING_OFF]


def test_a_renewed_consent_may_have_no_time_to_wait() -> None:
    assert answer(person(replace(YES, not_before=None))).allowed


@pytest.mark.parametrize("given_at", [None, NOW + DAY])
def test_a_yes_without_a_date_or_from_the_future_is_not_an_answer(given_at: datetime | None) -> None:
    assert why_not(person(replace(YES, given_at=given_at))) == [Reason.NOT_ANSWERED]
    assert answer(person(replace(YES, given_at=NOW, written_at=NOW))).allowed


def test_retired_wording_ends_a_consent_from_its_date() -> None:
    assert answer(person(replace(YES, wording_retired_at=NOW + DAY))).until == NOW + DAY
    assert why_not(person(replace(YES, wording_retired_at=NOW))) == [Reason.WORDING_RETIRED]


def test_a_story_ends_with_the_first_consent_that_ends() -> None:
    early = person(replace(YES, expires_at=NOW + DAY), code="P-0002")
    assert answer(person(YES), early).until == answer(early, person(YES)).until == NOW + DAY


def test_an_early_end_for_someone_not_needed_does_not_shorten_the_answer() -> None:
    mentioned = person(replace(YES, expires_at=NOW + DAY), code="P-0002", consent_needed=False)
    assert answer(person(YES), mentioned).until == LATER


# These exact words


def test_changed_words_need_a_new_yes() -> None:
    told = why_not(person(YES), content_hash="new", approved_hashes=frozenset({"new"}))
    assert told == [Reason.OUTDATED]


def test_a_consent_carried_over_a_typo_holds_for_both_versions() -> None:
    carried = person(replace(YES, carried_over=frozenset({"typo mended"})))
    both = frozenset({"words", "typo mended"})
    assert answer(carried, content_hash="typo mended", approved_hashes=both).allowed
    assert answer(carried, content_hash="words", approved_hashes=both).allowed


def test_a_missing_hash_matches_nothing() -> None:
    unknown = person(replace(YES, content_hash="", carried_over=frozenset({""})))
    assert why_not(unknown, content_hash="", approved_hashes=frozenset({""})) == [Reason.OUTDATED]


def test_something_sensitive_needs_to_have_been_asked_about() -> None:
    told = why_not(person(YES), special_categories=frozenset({"health", "religion"}))
    assert told == [Reason.CATEGORY_GAP]
    assert answer(person(YES), special_categories=frozenset()).allowed


def test_an_approval_is_of_exact_words_too() -> None:
    assert why_not(person(YES), approved_hashes=frozenset({"old"})) == [Reason.NOT_APPROVED]


def test_an_open_legal_flag_blocks_whatever_anyone_agreed_to() -> None:
    assert why_not(person(YES), open_legal_flags=1) == [Reason.LEGAL_FLAG]


# Age, in Scots law


def test_under_12_the_child_and_a_guardian_must_both_say_yes() -> None:
    assert answer(person(YES, PARENTS_YES, age=AgeBand.UNDER_12)).allowed
    assert why_not(person(YES, age=AgeBand.UNDER_12)) == [Reason.NOT_ASKED]
    assert why_not(person(PARENTS_YES, age=AgeBand.UNDER_12)) == [Reason.NOT_ASKED]


def test_under_12_either_no_wins() -> None:
    for yes, no in ((YES, PARENTS_YES), (PARENTS_YES, YES)):
        refused = replace(no, decision=Decision.REFUSED)
        assert why_not(person(yes, refused, age=AgeBand.UNDER_12)) == [Reason.REFUSED]


@pytest.mark.parametrize("age", [AgeBand.AGE_12_15, AgeBand.AGE_16_17])
def test_from_12_a_guardian_can_neither_say_yes_for_a_young_person_nor_overrule_them(age: AgeBand) -> None:
    assert answer(person(YES, age=age)).allowed
    assert why_not(person(PARENTS_YES, age=age)) == [Reason.WRONG_GIVER]
    for decision in Decision:
        assert answer(person(YES, replace(PARENTS_YES, decision=decision), age=age)).allowed


def test_a_guardian_who_said_no_is_not_the_reason_a_young_person_was_not_asked() -> None:
    refused = replace(PARENTS_YES, decision=Decision.REFUSED)
    assert why_not(person(refused, age=AgeBand.AGE_12_15)) == [Reason.NOT_ASKED]


def test_a_young_person_who_was_asked_is_waited_for_even_if_a_guardian_said_yes() -> None:
    asked = replace(YES, decision=Decision.REQUESTED)
    assert why_not(person(asked, PARENTS_YES, age=AgeBand.AGE_12_15)) == [Reason.NOT_ANSWERED]


@pytest.mark.parametrize("age", [AgeBand.UNDER_12, AgeBand.AGE_12_15, AgeBand.AGE_16_17])
def test_the_old_consent_ends_on_the_day_a_child_must_be_asked_again(age: AgeBand) -> None:
    consents = (YES, PARENTS_YES)
    assert answer(person(*consents, age=age, reask_at=NOW + DAY)).until == NOW + DAY
    assert why_not(person(*consents, age=age, reask_at=NOW)) == [Reason.AGE_REASK]


@pytest.mark.parametrize("age", [AgeBand.UNDER_12, AgeBand.AGE_12_15, AgeBand.AGE_16_17])
def test_a_child_we_do_not_know_when_to_ask_again_keeps_the_story_dark(age: AgeBand) -> None:
    assert why_not(person(YES, PARENTS_YES, age=age, reask_at=None)) == [Reason.AGE_UNKNOWN]


def test_an_unknown_age_keeps_the_story_dark_whoever_answered() -> None:
    everyone = (YES, PARENTS_YES, ATTORNEYS_YES)
    for reask_at in (None, LATER):
        told = why_not(person(*everyone, age=AgeBand.UNKNOWN, reask_at=reask_at))
        assert told == [Reason.AGE_UNKNOWN]


def test_an_attorney_may_answer_for_an_adult_only_where_that_is_recorded() -> None:
    assert answer(person(ATTORNEYS_YES, may_be_answered_by_attorney=True)).allowed
    assert answer(person(YES, may_be_answered_by_attorney=True)).allowed
    assert why_not(person(ATTORNEYS_YES)) == [Reason.WRONG_GIVER]
    assert why_not(person(PARENTS_YES, may_be_answered_by_attorney=True)) == [Reason.WRONG_GIVER]


def test_an_attorney_never_answers_for_a_child() -> None:
    for age in (AgeBand.UNDER_12, AgeBand.AGE_12_15, AgeBand.AGE_16_17):
        told = why_not(person(ATTORNEYS_YES, age=age, may_be_answered_by_attorney=True))
        assert told == [Reason.WRONG_GIVER]


def test_an_adults_own_no_wins_over_their_attorneys_yes() -> None:
    no = replace(YES, decision=Decision.REFUSED)
    assert why_not(person(no, ATTORNEYS_YES, may_be_answered_by_attorney=True)) == [Reason.REFUSED]


# Telling staff


def test_what_was_said_is_told_before_what_ran_out_and_waiting_comes_last() -> None:
    withdrawn = replace(YES, decision=Decision.WITHDRAWN, paused=True, expires_at=NOW)
    assert why_not(person(withdrawn)) == [Reason.WITHDRAWN]
    outdated = replace(YES, content_hash="old", not_before=NOW + DAY)
    assert why_not(person(outdated)) == [Reason.OUTDATED]


def test_the_answer_for_one_person_can_be_asked_even_if_they_are_not_needed() -> None:
    mentioned = person(consent_needed=False)
    assert in_force(mentioned, story(), NOW).gaps == (Gap("P-0001", Reason.NOT_ASKED),)
    assert in_force(replace(mentioned, consents=(in_order(YES),)), story(), NOW) == Verdict(LATER, ())


def test_every_reason_has_one_plain_sentence_of_its_own() -> None:
    sentences = [reason.sentence for reason in Reason]
    assert len(set(sentences)) == len(Reason)
    assert all(sentence.endswith(".") and len(sentence) < 90 for sentence in sentences)


# Refusals


def test_a_time_without_a_zone_is_refused_everywhere() -> None:
    naive = datetime(2030, 5, 1)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="no time zone"):
        may_appear(story(), now=naive)
    with pytest.raises(ValueError, match="no time zone"):
        in_force(person(YES), story(), naive)
    for field in ("given_at", "not_before", "expires_at", "wording_retired_at"):
        with pytest.raises(ValueError, match="no time zone"):
            replace(YES, **dict[str, Any]({field: naive}))
    with pytest.raises(ValueError, match="no time zone"):
        person(YES, reask_at=naive)

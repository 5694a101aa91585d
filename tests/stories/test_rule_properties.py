"""What must be true of the rule of consent for every story anyone could think up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from hub.law import LAWS, AgeBand, Law, with_guardian
from hub.stories.last_line import NEUTRAL, OVER, STILL_YES, STOPS, LineFacts
from hub.stories.last_line import YES as YES_LINES
from hub.stories.reasons import Reason
from hub.stories.rule import ConsentFacts, Decision, GivenBy, PersonFacts, StoryFacts, may_appear
from tests.ledger_lines import in_order


def for_every(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Run the test on stories thought up: how many, says tests/conftest.py."""
    return given(*strategies)


NOW = datetime(2030, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HASHES = st.sampled_from(["words", "other"])
CATEGORIES = st.frozensets(st.sampled_from(["health", "religion"]))
EVERYTHING = frozenset({"health", "religion"})
NEVER = st.none()


def days(first: int, last: int) -> st.SearchStrategy[datetime]:
    return st.integers(first, last).map(lambda n: NOW + n * DAY)


PAST, FUTURE, EVER = days(-9, 0), days(1, 9), NEVER | days(-2, 2)

LINES = st.builds(
    LineFacts,
    sequence=st.integers(1, 9),
    kind=st.sampled_from(sorted(STILL_YES | OVER | NEUTRAL)),
    consent=st.integers(1, 3) | NEVER,
    given_by=st.sampled_from(GivenBy),
    method=st.sampled_from(["online", "paper"]),
    keyed_hash=st.just("keyed"),
    said_at=days(-9, 2),
)

# Every field as it is in a story that may appear, and as it could be at all.
YES: dict[str, st.SearchStrategy[Any]] = {
    "decision": st.just(Decision.GIVEN),
    "content_hash": st.just("words"),
    "carried_over": st.frozensets(HASHES),
    "given_at": PAST,
    "not_before": NEVER | PAST,
    "expires_at": FUTURE,
    "paused": st.just(False),
    "wording_retired_at": NEVER | FUTURE,
    "categories": st.just(EVERYTHING),
    "number": st.integers(1, 3),
    "method": st.just("online"),
    "keyed_hash": st.just("keyed"),
    "written_at": st.just(NOW),
    "words_saved_at": days(-12, -9),
    "lines": st.just(()),
}
ANY: dict[str, st.SearchStrategy[Any]] = {
    "decision": st.sampled_from(Decision),
    "given_by": st.sampled_from(GivenBy),
    "content_hash": HASHES,
    "carried_over": st.frozensets(HASHES),
    "given_at": EVER,
    "not_before": EVER,
    "expires_at": EVER,
    "paused": st.booleans(),
    "wording_retired_at": EVER,
    "categories": CATEGORIES,
    "number": st.integers(1, 3),
    "method": st.sampled_from(["online", "paper"]),
    "keyed_hash": st.sampled_from(["keyed", "otherwise"]),
    "written_at": EVER,
    "words_saved_at": EVER,
    "lines": st.tuples(LINES, LINES) | st.tuples(LINES) | st.just(()),
}
ANY_CONSENT = st.builds(ConsentFacts, **ANY)
SCOTLAND = LAWS["scotland"]
SPOKEN_FOR = [
    (AgeBand.UNDER_12, False, (GivenBy.SELF, GivenBy.GUARDIAN)),
    (AgeBand.AGE_12_15, False, (GivenBy.SELF,)),
    (AgeBand.AGE_16_17, False, (GivenBy.SELF,)),
    (AgeBand.ADULT, False, (GivenBy.SELF,)),
    (AgeBand.ADULT, True, (GivenBy.ATTORNEY,)),
    (AgeBand.ADULT, True, (GivenBy.SELF, GivenBy.ATTORNEY)),
]
SPOKEN_FOR_ELSEWHERE = [(AgeBand.UNDER_16, False, (GivenBy.SELF, GivenBy.GUARDIAN)), *SPOKEN_FOR[2:]]
LAWFUL = [(law, SPOKEN_FOR if law == SCOTLAND else SPOKEN_FOR_ELSEWHERE) for law in LAWS.values()]


YES_FROM = {giver: st.builds(ConsentFacts, given_by=st.just(giver), **YES) for giver in GivenBy}


NONE = st.just(0)
SELDOM = st.sampled_from([0] * 11 + [1])
OFTEN = st.sampled_from([0, 0, 1, 1, 2])


@st.composite
def people(draw: st.DrawFn, *, spoil: bool = True, spoken_for: Any = SPOKEN_FOR) -> PersonFacts:
    """Somebody who agrees; or, to `spoil` it, a few facts are wrong and an answer is too many or too few."""
    seldom, often = (SELDOM, OFTEN) if spoil else (NONE, NONE)
    age, attorney, givers = draw(st.sampled_from(spoken_for))
    consents = [draw(YES_FROM[giver]) for giver in givers]
    for _ in range(draw(often)):
        nth, field = draw(st.integers(0, len(consents) - 1)), draw(st.sampled_from(sorted(ANY)))
        consents[nth] = replace(consents[nth], **{field: draw(ANY[field])})
    if draw(seldom):
        consents.append(draw(ANY_CONSENT))
    if draw(seldom):
        consents.pop(0)
    return PersonFacts(
        code=draw(st.sampled_from(["P-0001", "P-0002", "P-0003"])),
        consent_needed=draw(st.sampled_from([True, True, False])),
        age_band=draw(st.sampled_from(AgeBand)) if draw(seldom) else age,
        reask_at=draw(EVER if draw(seldom) else FUTURE),
        may_be_answered_by_attorney=attorney,
        consents=tuple(map(in_order, consents)),
    )


@st.composite
def stories(draw: st.DrawFn, *, spoil: bool = True, spoken_for: Any = None) -> StoryFacts:
    """Under some law, unless it is said who is `spoken_for` in Scotland."""
    seldom = SELDOM if spoil else NONE
    law, spoken_for = (SCOTLAND, spoken_for) if spoken_for else draw(st.sampled_from(LAWFUL))
    a_person = people(spoil=spoil, spoken_for=spoken_for)
    return StoryFacts(
        law=law,
        use=draw(st.sampled_from(["website", "social"])),
        content_hash="words",
        special_categories=draw(CATEGORIES),
        approved_hashes=frozenset() if draw(seldom) else frozenset({"words"}),
        open_legal_flags=draw(seldom),
        open_stops=draw(seldom),
        taken_back=bool(draw(seldom)),
        in_its_section=not draw(seldom),
        people=tuple(draw(a_person) for _ in range(draw(st.sampled_from([1, 1, 2])))),
    )


# Often one step from being allowed, on one side or the other: that is where a wrong rule would show.
STORIES = stories()
STORIES_OF_UNDER_12S = stories(spoken_for=SPOKEN_FOR[:1])
LIT_STORIES = stories(spoil=False).filter(lambda story: any(p.consent_needed for p in story.people))


def allowed(story: StoryFacts, now: datetime = NOW) -> bool:
    return may_appear(story, now=now).allowed


def with_only(person: PersonFacts, consents: tuple[ConsentFacts, ...]) -> PersonFacts:
    return replace(person, consents=consents)


def with_consents(story: StoryFacts, nth: int, consents: tuple[ConsentFacts, ...]) -> StoryFacts:
    changed = with_only(story.people[nth], consents)
    return replace(story, people=(*story.people[:nth], changed, *story.people[nth + 1 :]))


def each_without_one(story: StoryFacts) -> list[tuple[ConsentFacts, StoryFacts]]:
    """Every story that differs by one consent taken away, with the consent."""
    return [
        (consent, with_consents(story, i, person.consents[:j] + person.consents[j + 1 :]))
        for i, person in enumerate(story.people)
        for j, consent in enumerate(person.consents)
    ]


def each_with_one_changed(story: StoryFacts, **change: Any) -> list[StoryFacts]:
    return [
        with_consents(story, i, (*person.consents[:j], replace(c, **change), *person.consents[j + 1 :]))
        for i, person in enumerate(story.people)
        for j, c in enumerate(person.consents)
    ]


def is_plainly_a_yes(consent: ConsentFacts, story: StoryFacts) -> bool:
    """CONSENT.md's sentence, written a second time on purpose, without the age rule."""
    return (
        consent.decision is Decision.GIVEN
        and not consent.paused
        and consent.given_at is not None
        and consent.given_at <= NOW
        and consent.written_at is not None
        and consent.words_saved_at is not None
        and consent.words_saved_at <= consent.given_at <= consent.written_at
        and any(line.kind in YES_LINES and line.consent == consent.number for line in consent.lines)
        and not any(line.kind in STOPS and line.said_at >= consent.given_at for line in consent.lines)
        and (consent.not_before is None or consent.not_before <= NOW)
        and consent.expires_at is not None
        and consent.expires_at > NOW
        and (consent.wording_retired_at is None or consent.wording_retired_at > NOW)
        and story.special_categories <= consent.categories
        and story.content_hash in {consent.content_hash} | consent.carried_over
    )


def givers_of_a_yes(person: PersonFacts, story: StoryFacts) -> set[GivenBy]:
    return {c.given_by for c in person.consents if is_plainly_a_yes(c, story)}


@for_every(LIT_STORIES)
def test_a_story_nothing_is_wrong_with_may_appear(story: StoryFacts) -> None:
    assert allowed(story)


@for_every(STORIES)
def test_a_story_that_may_appear_has_a_plain_yes_from_everyone_needed(story: StoryFacts) -> None:
    if not allowed(story):
        return
    needed = [person for person in story.people if person.consent_needed]
    assert needed
    assert story.content_hash in story.approved_hashes
    assert story.open_legal_flags == 0
    for person in needed:
        givers = givers_of_a_yes(person, story)
        assert person.age_band is not AgeBand.UNKNOWN
        assert person.reask_at > NOW if person.reask_at else person.age_band is AgeBand.ADULT
        assert GivenBy.SELF in givers or (
            person.age_band is AgeBand.ADULT and person.may_be_answered_by_attorney and GivenBy.ATTORNEY in givers
        )


@for_every(STORIES_OF_UNDER_12S)
def test_under_12_a_story_that_may_appear_has_both_the_childs_and_a_guardians_yes(story: StoryFacts) -> None:
    if not allowed(story):
        return
    for nth, person in enumerate(story.people):
        if person.consent_needed and person.age_band is AgeBand.UNDER_12:
            assert givers_of_a_yes(person, story) >= {GivenBy.SELF, GivenBy.GUARDIAN}
            for child_or_guardian in (GivenBy.SELF, GivenBy.GUARDIAN):
                left = tuple(c for c in person.consents if c.given_by is not child_or_guardian)
                assert not allowed(with_consents(story, nth, left))


@for_every(STORIES)
def test_from_12_nothing_a_guardian_says_changes_whether_a_story_may_appear(story: StoryFacts) -> None:
    grown = tuple(replace(p, age_band=AgeBand.AGE_12_15) for p in story.people)
    own = tuple(replace(p, consents=tuple(c for c in p.consents if c.given_by is GivenBy.SELF)) for p in grown)
    story = replace(story, law=SCOTLAND)
    told, told_without = (may_appear(replace(story, people=people), now=NOW) for people in (grown, own))
    assert (told.allowed, told.until) == (told_without.allowed, told_without.until)


@for_every(STORIES)
def test_where_a_parent_is_asked_too_nothing_appears_without_both(story: StoryFacts) -> None:
    for nth, person in enumerate(story.people):
        if allowed(story) and person.consent_needed and with_guardian(person.age_band):
            for voice in (GivenBy.SELF, GivenBy.GUARDIAN):
                left = tuple(c for c in person.consents if c.given_by is not voice)
                assert not allowed(with_consents(story, nth, left))


@for_every(STORIES, st.sampled_from(list(LAWS.values())))
def test_another_law_lights_nothing(story: StoryFacts, other: Law) -> None:
    assert allowed(story) or not allowed(replace(story, law=other))


@for_every(STORIES)
def test_under_no_law_that_is_known_everything_is_dark(story: StoryFacts) -> None:
    told = may_appear(replace(story, law=None), now=NOW)
    assert not told.allowed
    assert Reason.LAW_UNKNOWN in {gap.reason for gap in told.gaps}


@for_every(STORIES)
def test_whose_age_the_law_does_not_tell_apart_is_not_shown(story: StoryFacts) -> None:
    known = {age.band for age in story.law.ages} if story.law else set()
    strangers = [p for p in story.people if p.consent_needed and p.age_band not in known]
    assert not (strangers and allowed(story))


@for_every(STORIES)
def test_a_no_always_comes_with_a_reason_and_a_yes_never_does(story: StoryFacts) -> None:
    told = may_appear(story, now=NOW)
    assert told.allowed == (not told.gaps) == (told.until is not None)
    assert all(Reason(gap.reason).sentence for gap in told.gaps)
    assert {gap.code for gap in told.gaps} <= {None, *(p.code for p in story.people if p.consent_needed)}
    assert len(set(told.gaps)) == len(told.gaps)


@for_every(STORIES, st.integers(0, 9 * 86_400))
def test_a_yes_holds_until_exactly_the_moment_it_names(story: StoryFacts, seconds: int) -> None:
    until = may_appear(story, now=NOW).until
    if until is None:
        return
    assert until > NOW
    moments = {NOW + timedelta(seconds=seconds) % (until - NOW), until - timedelta(microseconds=1)}
    assert {may_appear(story, now=moment).until for moment in moments} == {until}
    assert not allowed(story, until)


@for_every(STORIES, st.randoms(use_true_random=False))
def test_the_order_of_people_and_consents_makes_no_difference(story: StoryFacts, random: Random) -> None:
    shuffle = random.sample
    mixed = [replace(p, consents=tuple(shuffle(p.consents, len(p.consents)))) for p in story.people]
    shuffled = replace(story, people=tuple(shuffle(mixed, len(mixed))))
    assert may_appear(shuffled, now=NOW) == may_appear(story, now=NOW)


# A dark story is never lit by losing a yes, by a new worry, or by new words


@for_every(STORIES)
def test_taking_any_answer_away_never_lights_a_story_where_each_speaks_for_themself(
    story: StoryFacts,
) -> None:
    """One standing answer from each giver is what the database guarantees."""
    people = [replace(p, may_be_answered_by_attorney=False) for p in story.people]
    tidy = [tuple({c.given_by: c for c in person.consents}.values()) for person in people]
    story = replace(story, people=tuple(map(with_only, people, tidy)))
    assert allowed(story) or not any(allowed(less) for _, less in each_without_one(story))


@for_every(STORIES)
def test_taking_a_yes_away_never_lights_a_story(story: StoryFacts) -> None:
    less = [fewer for consent, fewer in each_without_one(story) if is_plainly_a_yes(consent, story)]
    assert allowed(story) or not any(allowed(fewer) for fewer in less)


@for_every(STORIES)
def test_a_hold_or_a_no_never_lights_a_story(story: StoryFacts) -> None:
    darker = each_with_one_changed(story, paused=True)
    for decision in set(Decision) - {Decision.GIVEN, Decision.SUPERSEDED, Decision.REQUESTED}:
        darker += each_with_one_changed(story, decision=decision)
    assert allowed(story) or not any(allowed(other) for other in darker)


@for_every(STORIES)
def test_a_question_in_the_place_of_an_answer_about_these_words_never_lights_a_story(story: StoryFacts) -> None:
    """About these words only: a question about a newer draft, in the place of a no, says nothing about them."""
    asked = each_with_one_changed(story, decision=Decision.REQUESTED, content_hash=story.content_hash)
    assert allowed(story) or not any(allowed(other) for other in asked)


@for_every(LIT_STORIES, ANY_CONSENT)
def test_one_more_no_from_someone_who_counts_always_darkens(story: StoryFacts, no: ConsentFacts) -> None:
    no = replace(no, decision=Decision.WITHDRAWN, given_by=GivenBy.SELF)
    for nth, person in enumerate(story.people):
        if person.consent_needed:
            assert not allowed(with_consents(story, nth, (*person.consents, no)))


@for_every(STORIES)
def test_a_legal_flag_always_darkens(story: StoryFacts) -> None:
    assert not allowed(replace(story, open_legal_flags=story.open_legal_flags + 1))


@for_every(STORIES)
def test_words_nobody_has_seen_always_darken(story: StoryFacts) -> None:
    assert not allowed(replace(story, content_hash="unseen"))
    approved = story.approved_hashes | {"unseen"}
    assert not allowed(replace(story, content_hash="unseen", approved_hashes=approved))


@for_every(STORIES)
def test_telling_more_that_is_sensitive_never_lights_a_story(story: StoryFacts) -> None:
    more = replace(story, special_categories=story.special_categories | {"religion"})
    assert allowed(story) or not allowed(more)


@for_every(STORIES, people())
def test_one_more_person_never_lights_a_story_that_someone_keeps_dark(story: StoryFacts, newcomer: PersonFacts) -> None:
    assume(any(person.consent_needed for person in story.people))
    assert allowed(story) or not allowed(replace(story, people=(*story.people, newcomer)))

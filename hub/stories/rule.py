"""May this story appear, until when, and if not, why?

The one place that decides. It takes plain facts and a time; it reads no database and no clock, and
refuses whatever it does not know: a missing date, an unknown age, an answer from the wrong person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hub.law import AgeBand, Law
from hub.stories.last_line import LineFacts, Record, says_yes, waits_for_a_second_person
from hub.stories.reasons import Reason


class Decision(StrEnum):
    """What became of one question put to one person."""

    REQUESTED = "requested"
    GIVEN = "given"
    REFUSED = "refused"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    INVALIDATED = "invalidated"
    ENTERED_IN_ERROR = "entered_in_error"
    SUPERSEDED = "superseded"


class GivenBy(StrEnum):
    """Whose answer it is. `ATTORNEY` is anyone with legal power to decide for an adult."""

    SELF = "self"
    GUARDIAN = "guardian"
    ATTORNEY = "other"


@dataclass(frozen=True, slots=True)
class ConsentFacts:
    """One answer, for one use. No `not_before` means no cooling-off; no `expires_at` means it never holds.

    `given_at` is when it was said, `written_at` when it was written in (by the database's clock), `words_saved_at` when
    the words it is about were there to be read. `lines` are those of the ledger about the same person, use and voice.

    `expires_at` must not outlast the person's re-ask date when the answer is recorded: moving
    somebody to their next age band then cannot bring an old answer back to life.
    """

    decision: Decision
    given_by: GivenBy
    content_hash: str
    carried_over: frozenset[str]
    given_at: datetime | None
    not_before: datetime | None
    expires_at: datetime | None
    paused: bool
    wording_retired_at: datetime | None
    categories: frozenset[str]
    number: int
    method: str
    keyed_hash: str
    written_at: datetime | None
    words_saved_at: datetime | None
    lines: tuple[LineFacts, ...]

    def __post_init__(self) -> None:
        _refuse_naive(self.given_at, self.not_before, self.expires_at, self.wording_retired_at)
        _refuse_naive(self.written_at, self.words_saved_at, *(line.said_at for line in self.lines))


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """One person in the story, with all their consents for the one use that is being asked about.

    `not_before` is the first moment of the day they chose themselves, if they did; a guardian's counts beside it.
    """

    code: str
    consent_needed: bool
    age_band: AgeBand
    reask_at: datetime | None
    may_be_answered_by_attorney: bool
    consents: tuple[ConsentFacts, ...]
    not_before: datetime | None = None
    not_before_of_guardian: datetime | None = None

    def __post_init__(self) -> None:
        _refuse_naive(self.reask_at, self.not_before, self.not_before_of_guardian)


@dataclass(frozen=True, slots=True)
class StoryFacts:
    """The story as it would be shown in one `use`: `content_hash` is of exactly the revision in question.

    `law` is that of the place, or nothing is shown. `about_translating`: what each said about a translation being one.
    """

    law: Law | None
    use: str
    content_hash: str
    special_categories: frozenset[str]
    approved_hashes: frozenset[str]
    open_legal_flags: int
    people: tuple[PersonFacts, ...]
    open_stops: int
    taken_back: bool
    in_its_section: bool
    about_translating: "StoryFacts | None" = None


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing; `code` is the person's, or None when it is the story itself."""

    code: str | None
    reason: Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes until a moment, that moment excluded; or no, with every gap once, in a stable order."""

    until: datetime | None
    gaps: tuple[Gap, ...]

    @property
    def allowed(self) -> bool:
        return self.until is not None and not self.gaps


def may_appear(story: StoryFacts, *, now: datetime) -> Verdict:
    """May the story appear in this use, until when, and if not, why?

    Yes only while every person whose consent is needed agrees to these exact words and pictures, a
    moderator has approved the same ones, and no legal flag is open. ValueError if `now` has no time zone.
    """
    _refuse_naive(now)
    answers = _everybody(story, now)
    gaps = [gap for answer in answers for gap in answer.gaps]
    if not answers:
        gaps.append(Gap(None, Reason.NOBODY_IN_STORY))
    if story.content_hash not in story.approved_hashes:
        gaps.append(Gap(None, Reason.NOT_APPROVED))
    in_the_way = {
        Reason.LAW_UNKNOWN: story.law is None,
        Reason.LEGAL_FLAG: story.open_legal_flags != 0,
        Reason.STOPPING: story.open_stops != 0,
        Reason.TAKEN_BACK: story.taken_back,
        Reason.ELSEWHERE: not story.in_its_section,
    }
    gaps += [Gap(None, reason) for reason, is_so in in_the_way.items() if is_so]
    return _answer(gaps, [answer.until for answer in answers])


def _everybody(story: StoryFacts, now: datetime) -> list[Verdict]:
    """What each person says whose consent is needed; of a translation, about being translated as well."""
    said = [in_force(person, story, now) for person in story.people if person.consent_needed]
    also = _everybody(story.about_translating, now) if story.about_translating else []
    return said + [Verdict(v.until, tuple(Gap(gap.code, gap.reason.of_translating) for gap in v.gaps)) for v in also]


def in_force(person: PersonFacts, story: StoryFacts, now: datetime) -> Verdict:
    """Does this person agree to this story as it stands, whether or not their consent is needed?

    Everybody whose voice counts must have answered, and every answer of theirs that has not been
    superseded must be a yes in force: of several, the most restrictive wins. Only a question or a yes
    about other words says nothing about these, as long as there is an answer that does.
    """
    _refuse_naive(now)
    voices = _voices_needed(person, story.law)
    if story.law is None or not voices:
        return _answer([Gap(person.code, Reason.AGE_UNKNOWN)], [])
    standing = [consent for consent in person.consents if consent.decision != Decision.SUPERSEDED]
    heard = [consent for consent in standing if consent.given_by in frozenset().union(*voices)]
    judged = [c for voice in voices for c in _about_these_words([h for h in heard if h.given_by in voice], story)]
    reasons = [_obstacle(consent, person, story, now) for consent in judged]
    if any(voice.isdisjoint(consent.given_by for consent in heard) for voice in voices):
        another_yes = any(c.decision == Decision.GIVEN for c in standing if c not in heard)
        reasons.append(Reason.WRONG_GIVER if another_yes else Reason.NOT_ASKED)
    if any(now < day for day in _days_chosen(person, story.law)):
        reasons.append(Reason.NOT_BEFORE)
    ends = [end for consent in judged for end in ends_of(consent, person, story).values()]
    return _answer([Gap(person.code, reason) for reason in reasons if reason is not None], ends)


def why_not_in_force(consent: ConsentFacts, person: PersonFacts, story: StoryFacts, *, now: datetime) -> Reason | None:
    """The one reason this single answer is not a yes in force; None if it is. Other voices may still be missing."""
    _refuse_naive(now)
    if consent.decision == Decision.GIVEN:
        voices = _voices_needed(person, story.law)
        if not voices:
            return Reason.AGE_UNKNOWN
        if consent.given_by not in frozenset().union(*voices):
            return Reason.WRONG_GIVER
    return _obstacle(consent, person, story, now)


def _voices_needed(person: PersonFacts, law: Law | None) -> tuple[frozenset[GivenBy], ...]:
    """Who must answer: somebody out of every set. Empty when we cannot tell.

    Whoever the law presumes able to decide decides alone: from then on a parent's yes cannot stand in for theirs, nor
    a parent's no overrule it.
    """
    age = law.age(person.age_band) if law else None
    if age is None or (person.reask_at is None and age.band.ends_at is not None):
        return ()
    own, guardian = frozenset({GivenBy.SELF}), frozenset({GivenBy.GUARDIAN})
    if age.may_be_answered_for and person.may_be_answered_by_attorney:
        own |= {GivenBy.ATTORNEY}
    return (own, guardian) if age.with_guardian else (own,)


def _days_chosen(person: PersonFacts, law: Law) -> list[datetime]:
    """Each day before which somebody who decides here wants nothing seen; all of them have to have come."""
    age = law.age(person.age_band)
    both = age is not None and age.with_guardian
    chosen = (person.not_before, person.not_before_of_guardian if both else None)
    return [day for day in chosen if day is not None]


def ends_of(consent: ConsentFacts, person: PersonFacts, story: StoryFacts) -> dict[Reason, datetime]:
    """Why a yes is over, and when: on its own day, or sooner, as long after it was said as the law here lets it."""
    law, said_at, own, retired = story.law, consent.given_at, consent.expires_at, consent.wording_retired_at
    lasts = min(own, said_at + law.lasting.of(person.age_band, story.use)) if law and said_at and own else None
    ends = {Reason.EXPIRED: lasts, Reason.AGE_REASK: person.reask_at, Reason.WORDING_RETIRED: retired}
    return {reason: end for reason, end in ends.items() if end is not None}


def _about_these_words(answers: list[ConsentFacts], story: StoryFacts) -> list[ConsentFacts]:
    """Leaves out questions and yeses about other words, unless nothing else is left.

    So a story stays public in the words everyone agreed to while they are asked about a newer draft. A no,
    a "not now" and a withdrawal are never left out, whichever words they were about.
    """
    elsewhere = (Decision.REQUESTED, Decision.GIVEN)
    return [c for c in answers if c.decision not in elsewhere or story.content_hash in _agreed_to(c)] or answers


def _agreed_to(consent: ConsentFacts) -> frozenset[str]:
    return frozenset({consent.content_hash, *consent.carried_over} - {""})


def _obstacle(consent: ConsentFacts, person: PersonFacts, story: StoryFacts, now: datetime) -> Reason | None:
    """The one reason this answer is not a yes in force; None if it is. What the person said comes first, then
    what must be asked again, and mere waiting last, so that nobody waits for a date that will not help.
    """
    if consent.decision == Decision.REQUESTED:
        return Reason.NOT_ANSWERED
    if consent.decision != Decision.GIVEN:
        return Reason(consent.decision)  # every other decision is its own reason
    said_at, written_at, saved_at = consent.given_at, consent.written_at, consent.words_saved_at
    if said_at is None or written_at is None or said_at > min(written_at, now):
        return Reason.NOT_ANSWERED
    record = Record(consent.number, consent.given_by, consent.method, consent.keyed_hash, said_at)
    obstacles = {
        Reason.PAUSED: consent.paused,
        Reason.NOT_IN_LEDGER: not says_yes(record, consent.lines),
        Reason.BEFORE_THE_WORDS: saved_at is None or said_at < saved_at,
        Reason.EXPIRED: True,  # unless it says until when
        **{reason: end <= now for reason, end in ends_of(consent, person, story).items()},
        Reason.OUTDATED: story.content_hash not in _agreed_to(consent),
        Reason.CATEGORY_GAP: not story.special_categories <= consent.categories,
        Reason.UNCONFIRMED: waits_for_a_second_person(record, consent.lines),
        Reason.COOLING_OFF: consent.not_before is not None and now < consent.not_before,
    }
    return next((reason for reason, is_so in obstacles.items() if is_so), None)


def _answer(gaps: Iterable[Gap], ends: Iterable[datetime | None]) -> Verdict:
    """No, if anything is missing; otherwise yes until the first of `ends` that is set."""
    ordered = tuple(sorted(set(gaps), key=lambda gap: (gap.code or "", gap.reason)))
    return Verdict(None if ordered else min(end for end in ends if end is not None), ordered)


def _refuse_naive(*moments: datetime | None) -> None:
    """ValueError for a moment without a time zone: it could be an hour out, twice a year."""
    for moment in moments:
        if moment is not None and moment.utcoffset() is None:
            raise ValueError(f"{moment!r} has no time zone. Give every date and time with its time zone.")

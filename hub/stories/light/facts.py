"""Rows into facts: all that the rule has to know about a story and each use, in eight queries. Decides nothing.

For one story or for many, the queries are the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, StrIndex

from hub.law import LAWS, AgeBand, Law
from hub.pages.models import PartnerSectionPage
from hub.partners.law import newest_place
from hub.stories.choices import Use
from hub.stories.last_line import LineFacts
from hub.stories.models import CarryOver, Consent, ConsentEvent, NotBefore, Stop, StoryPage, StoryParticipant, TakenBack
from hub.stories.models.moderation import ModerationDecision
from hub.stories.rule import ConsentFacts, Decision, GivenBy, PersonFacts, StoryFacts


def story_facts(story: StoryPage, *, content_hash: str) -> dict[Use, StoryFacts]:
    """What is known about each use of `story`, for the content with this hash."""
    return facts_of_many([(story, content_hash)])[story.pk]


@dataclass(frozen=True, slots=True)
class Records:
    """What the tables say of many stories, each table asked once. A screen that tells more than the rule says reads on
    in the same rows."""

    people: list[StoryParticipant]
    consents: list[Consent]
    lines: "Lines"
    decisions: list[ModerationDecision]  # the first first
    in_the_way: "Said"
    days: "Days"
    marks: dict[int, dict[str, Any]]  # what was asked of each story beside what is in its way


def records_of(stories: Collection[int], **marks: Any) -> Records:
    """In as many queries as for one; `marks` are asked of each story in one of them, by their names.

    Answers that newer ones replaced are left out.
    """
    everybody = StoryParticipant.objects.filter(story_id__in=stories).select_related("participant").order_by("pk")
    answers = Consent.objects.filter(participation__story_id__in=stories).exclude(decision=Decision.SUPERSEDED)
    fetched = answers.select_related("wording__retirement", "participation__participant").order_by("pk")
    decided = ModerationDecision.objects.filter(story_id__in=stories).order_by("decided_at", "pk")
    in_the_way, marked = in_the_way_of(stories, **marks)
    return Records(
        people=list(everybody),
        consents=list(fetched.annotate(carried_over_to=carried_over_to())),
        lines=lines_about(stories),
        decisions=list(decided),
        in_the_way=in_the_way,
        days=days_chosen(stories),
        marks=marked,
    )


def facts_of_many(
    versions: Iterable[tuple[StoryPage, str]], *, under: str | None = None, records: Records | None = None
) -> dict[int, dict[Use, StoryFacts]]:
    """The same for many stories, each with its hash, in as many queries as for one; by the story's number.

    Without one that is not there any more. Under the law of the place, or as it would be `under` another's. `records`
    are those of these stories, if they were read just now.
    """
    asked = {story.pk: (story, words) for story, words in versions}
    known = records or records_of(asked)
    people: defaultdict[int, list[StoryParticipant]] = defaultdict(list)
    for person in known.people:
        people[person.story_id].append(person)
    consents, approved, in_the_way = _consents_by_use(known), _approved(known.decisions), known.in_the_way
    if under is not None:
        in_the_way = {number: {**facts, "law": LAWS.get(under)} for number, facts in in_the_way.items()}

    def facts(number: int, use: Use) -> StoryFacts:
        story, words = asked[number]
        also = facts(number, Use.TRANSLATION) if story.is_translation and use != Use.TRANSLATION else None
        answers = tuple(person_facts(person, tuple(consents[use, person.pk]), known.days) for person in people[number])
        about = facts_of_words(story.special_categories, content_hash=words, law=None, use=use)
        said = replace(about, approved_hashes=approved[number], people=answers, **in_the_way[number])
        return replace(said, about_translating=also)

    return {number: {use: facts(number, use) for use in Use} for number in asked if number in in_the_way}


def facts_of_words(
    special_categories: Iterable[str], *, content_hash: str, law: Law | None, use: str = Use.WEBSITE
) -> StoryFacts:
    """What the words themselves say. Enough to judge one answer; nobody is in it yet, so it lights nothing."""
    return StoryFacts(
        law=law,
        use=use,
        content_hash=content_hash,
        special_categories=frozenset(special_categories),
        approved_hashes=frozenset(),
        people=(),
        open_legal_flags=0,
        open_stops=0,
        taken_back=False,
        in_its_section=True,
    )


Said = dict[int, dict[str, Any]]
"""By the story's number, and by the name of what is said of it."""


def in_the_way_of(story_ids: Iterable[int], **marks: Any) -> tuple[Said, Said]:
    """What keeps each story dark whoever agrees: flags, stops not recorded yet, taken back, out of its place; and the
    law. The `marks` apart from it: whatever they say, they are in nobody's way."""
    of_this = {"participation__story_id": OuterRef("pk"), "recorded_at__isnull": True}
    sections = PartnerSectionPage.objects.annotate(at=StrIndex(OuterRef("path"), F("path")))
    found = StoryPage.objects.filter(pk__in=story_ids).annotate(
        flags=Count("legal_flags", filter=Q(legal_flags__cleared_at__isnull=True)),
        is_stopping=Exists(Stop.objects.filter(**of_this)),
        is_taken_back=Exists(TakenBack.objects.filter(story_id=OuterRef("pk"), ended_at__isnull=True)),
        is_in_place=Exists(sections.filter(organisation_id=OuterRef("partner_id"), at=1)),
        place=Subquery(newest_place()),
    )
    rows = list(
        found.annotate(**marks).values("pk", "flags", "is_stopping", "is_taken_back", "is_in_place", "place", *marks)
    )
    in_the_way = {
        row["pk"]: {
            "open_legal_flags": row["flags"],
            "open_stops": int(row["is_stopping"]),
            "taken_back": row["is_taken_back"],
            "in_its_section": row["is_in_place"],
            "law": LAWS.get(row["place"]),
        }
        for row in rows
    }
    return in_the_way, {row["pk"]: {name: row[name] for name in marks} for row in rows}


def _approved(first_first: Iterable[ModerationDecision]) -> defaultdict[int, frozenset[str]]:
    """For each story the hashes whose latest decision is approval: a later return takes an approval back."""
    latest: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for one in first_first:
        latest[one.story_id][one.content_hash] = one.outcome
    found: defaultdict[int, frozenset[str]] = defaultdict(frozenset)
    for number, outcomes in latest.items():
        found[number] = frozenset(h for h, last in outcomes.items() if last == ModerationDecision.Outcome.APPROVED)
    return found


def _consents_by_use(known: Records) -> defaultdict[tuple[Use, int], list[ConsentFacts]]:
    found: defaultdict[tuple[Use, int], list[ConsentFacts]] = defaultdict(list)
    for row in known.consents:
        found[Use(row.use), row.participation_id].append(consent_facts(row, known.lines[voice_of(row)]))
    return found


Voice = tuple[int, str, str, bool]
"""Story, person's code, use, and whether it is the guardian who speaks."""
Lines = defaultdict[Voice, tuple[LineFacts, ...]]


def voice_of(row: Consent) -> Voice:
    participation = row.participation
    return participation.story_id, participation.participant.code, row.use, row.given_by == GivenBy.GUARDIAN


def lines_about(story_ids: Iterable[int]) -> Lines:
    """The lines of the ledger about these stories, oldest first, for each voice apart. One query."""
    found: Lines = defaultdict(tuple)
    events = ConsentEvent.objects.filter(story_id__in=story_ids).exclude(use="").order_by("sequence")
    line = ("sequence", "kind", "consent_id", "given_by", "method", "keyed_hash", "said_or_at")
    rows = events.annotate(said_or_at=Coalesce("said_at", "at")).values_list(
        "story_id", "participant_code", "use", *line
    )
    for story, code, use, sequence, kind, consent, by, method, words, at in rows:
        one = LineFacts(sequence, kind, consent, by, method, words, at)
        found[story, code, use, by == GivenBy.GUARDIAN] += (one,)
    return found


def consent_facts(row: Consent, lines: tuple[LineFacts, ...]) -> ConsentFacts:
    """One answer with the `lines` of its voice. Asks nothing of the database if wording, retirement and
    `carried_over_to` were fetched with it.
    """
    retirement: Any = getattr(row.wording, "retirement", None)
    return ConsentFacts(
        decision=Decision(row.decision),
        given_by=GivenBy(row.given_by),
        content_hash=row.content_hash,
        carried_over=frozenset(_carried(row)),
        given_at=row.given_at,
        not_before=row.not_before,
        expires_at=row.expires_at,
        paused=row.held_at is not None,
        wording_retired_at=retirement.retired_at if retirement else None,
        categories=frozenset(row.special_categories),
        number=row.pk,
        method=row.method,
        keyed_hash=row.keyed_hash,
        written_at=row.written_at,
        words_saved_at=row.words_saved_at,
        lines=lines,
    )


def carried_over_to() -> ArraySubquery:
    """The hashes of the words to which a yes was carried over: to be fetched with each answer, under this name."""
    same = CarryOver.objects.filter(consent=OuterRef("pk"), from_hash=OuterRef("content_hash"))
    return ArraySubquery(same.order_by().values("to_hash"))


def _carried(row: Consent) -> Iterable[str]:
    if "carried_over_to" in row.__dict__:
        return list(row.__dict__["carried_over_to"])
    return (one.to_hash for one in row.carry_overs.all() if one.from_hash == row.content_hash)


Days = dict[tuple[int, str, bool], datetime | None]
"""The day chosen by a voice: story, person's code, and whether it is the guardian who speaks."""


def days_chosen(story_ids: Iterable[int]) -> Days:
    """For each voice that ever chose a day, the newest: None when they took it away again. One query."""
    rows = NotBefore.objects.filter(story_number__in=story_ids).order_by("pk")
    return {(r.story_number, r.participant_code, r.given_by == GivenBy.GUARDIAN): r.starts_at for r in rows}


def person_facts(row: StoryParticipant, consents: tuple[ConsentFacts, ...], days: Days) -> PersonFacts:
    """One person with these answers and days. The participant should have been fetched with `row`."""
    return PersonFacts(
        code=row.participant.code,
        consent_needed=row.consent_needed,
        age_band=AgeBand(row.participant.age_band),
        reask_at=row.participant.reask_at,
        may_be_answered_by_attorney=row.participant.may_be_answered_by_attorney,
        consents=consents,
        not_before=days.get((row.story_id, row.participant.code, False)),
        not_before_of_guardian=days.get((row.story_id, row.participant.code, True)),
    )

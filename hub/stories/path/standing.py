"""Where does this story stand, for a screen? Reads what the sentence and the path need to know, and says where to go.

Decides nothing: sentence.py and steps.py do. Every screen that tells where a story stands asks here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from hub.left_out import each
from hub.stories.choices import Use
from hub.stories.light import Records, Versions, facts_of_many, records_of
from hub.stories.models import ChangeWanted, HandIn, ModerationDecision, StoryPage, TakenBack
from hub.stories.path.sentence import Next, Seen, where_it_stands
from hub.stories.path.steps import Step, path
from hub.stories.review import FOR_MODERATORS, Decided
from hub.stories.rule import Decision, Verdict, may_appear
from hub.stories.withdrawal import leaving

Outcome = ModerationDecision.Outcome


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands at the top of every screen about a story."""

    story_id: int
    sentence: str
    steps: tuple[Step, ...]
    next: Next
    label: str
    address: str
    about: str
    handed_in: HandIn | None
    wishes: int  # of people in it, for other words

    @property
    def may_be_handed_in(self) -> bool:
        return self.next == Next.HAND_IN

    @property
    def leads_away(self) -> bool:
        """Whether the button leads to another screen than the one with the people."""
        return self.next not in (Next.SEE_PEOPLE, Next.SHOW_AGAIN)


def standing_of(story: StoryPage, draft: StoryPage, answer: Verdict | None = None) -> Standing:
    """Where `story` stands with its latest `draft`; `answer` is the rule's about that, if it was asked already."""
    words = draft.content_hash()
    row = StoryPage.objects.get(pk=story.pk)
    versions = Versions(row, draft, row.content_hash(), words)
    return _standing(versions, Known([versions], {} if answer is None else {story.pk: answer}))


def standings_of(stories: Iterable[Versions], answers: Mapping[int, Verdict] | None = None) -> dict[int, Standing]:
    """The same for many stories, in as many queries as for one; without what is left out and noted."""
    those = list(stories)
    known = Known(those, answers or {})
    found = each(those, lambda one: _standing(one, known), of="a list of stories")
    return {one.story_id: one for one in found}


def website_answers(stories: Iterable[Versions], records: Records | None = None) -> dict[int, Verdict]:
    """What the rule says of the newest words of each story on the website now, in as many queries as for one."""
    now = timezone.now()
    facts = facts_of_many(((one.draft, one.draft_words) for one in stories), records=records)
    return {number: may_appear(by_use[Use.WEBSITE], now=now) for number, by_use in facts.items()}


class Known:
    """What the records say of these stories, fetched for all of them at once, each table once."""

    def __init__(self, stories: list[Versions], answers: Mapping[int, Verdict]) -> None:
        numbers = [one.story.pk for one in stories]
        records, now = records_of(numbers, **_marks()), timezone.now()
        to_ask = [one for one in stories if one.story.pk not in answers]
        self.answers = {**answers, **(website_answers(to_ask, records) if to_ask else {})}
        standing = HandIn.objects.filter(story_id__in=numbers, ended_at__isnull=True).select_related("by", "given_to")
        self.handed_in = {row.story_id: row for row in standing}
        self.decided = Decided(records.decisions)
        self.marks = {number: Marks(**said) for number, said in records.marks.items()}
        self.people = [(row.story_id, row.participant.code, row.pk, row.consent_needed) for row in records.people]
        self.thinking: dict[int, datetime] = {}
        for row in records.consents:
            if row.use == Use.WEBSITE and row.decision == Decision.GIVEN and row.not_before and row.not_before > now:
                _keep_last(self.thinking, row.participation.story_id, row.not_before)
        self.first_day: dict[
            int, datetime
        ] = {}  # of the days to come that people chose, the last: nobody sees it before
        for (number, _, _), day in records.days.items():
            if day is not None and day > now:
                _keep_last(self.first_day, number, day)

    def person(self, number: int, code: str) -> int | None:
        """The part of the person with this code in this story."""
        return next((pk for story, its, pk, _ in self.people if (story, its) == (number, code)), None)


def _standing(one: Versions, known: Known) -> Standing:
    number = one.story.pk
    handed_in, hold = known.handed_in.get(number), known.decided.hold_on(one)
    is_about_these = handed_in is not None and handed_in.content_hash == one.draft_words
    last = known.decided.last_about(number, one.draft_words)
    answer, marks = known.answers[number], known.marks.get(number, Marks())
    seen = Seen(
        gaps=answer.gaps,
        until=_here(answer.until),
        people=sum(story == number and is_needed for story, _, _, is_needed in known.people),
        is_shown=marks.is_shown,
        shows_the_draft=one.draft_words == one.page_words,
        was_published=one.story.live,
        has_words=bool(one.draft.body),
        thinking_until=_here(known.thinking.get(number)),
        first_day=_here(known.first_day.get(number)),
        handed_in_at=_here(handed_in.at) if handed_in and is_about_these else None,
        changed_since=handed_in is not None and not is_about_these,
        held_because=hold.comment if hold else None,
        returned_because=last.comment if last and last.outcome == Outcome.RETURNED and not is_about_these else None,
        somebody_leaves=marks.somebody_leaves,
        is_for_moderators=marks.is_for_moderators,
    )
    stands = where_it_stands(seen)
    label, address = _way(one.story, stands.next, known.person(number, stands.code))
    label = label.format(code=stands.code)
    return Standing(
        number,
        stands.sentence,
        path(seen),
        stands.next,
        label,
        address,
        about=one.draft_words,
        handed_in=handed_in,
        wishes=marks.wishes,
    )


@dataclass(frozen=True, slots=True)
class Marks:
    """What else is known of one story."""

    is_shown: bool = False
    somebody_leaves: bool = False
    is_for_moderators: bool = False
    wishes: int = 0


def _marks() -> dict[str, Any]:
    """How they are asked of each story."""
    live = StoryPage.objects.filter(pk=OuterRef("pk")).live().order_by()
    taken = TakenBack.objects.filter(story_id=OuterRef("pk"), ended_at__isnull=True, why__in=FOR_MODERATORS)
    wishes = ChangeWanted.objects.filter(participation__story=OuterRef("pk"), done_at__isnull=True).order_by()
    counted = wishes.values("participation__story").annotate(number=Count("pk")).values("number")
    return {
        "is_shown": Exists(live),
        "somebody_leaves": Exists(leaving(OuterRef("pk"))),
        "is_for_moderators": Exists(taken),
        "wishes": Coalesce(Subquery(counted), 0),
    }


def _keep_last(days: dict[int, datetime], number: int, day: datetime) -> None:
    days[number] = max(day, days.get(number, day))


def _here(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None


def _way(story: StoryPage, what_next: Next, person: int | None) -> tuple[str, str]:
    """What the button says, with a place for a code, and where it leads."""
    people = reverse("story_people", args=[story.pk])
    ways: dict[Next, tuple[str, Any]] = {
        Next.WRITE: ("Go to the words", reverse("wagtailadmin_pages:edit", args=[story.pk])),
        Next.ADD_PEOPLE: ("Add the people", f"{people}#add"),
        Next.ASK: ("Ask {code}", reverse("story_ask", args=[story.pk, person]) if person else people),
        Next.SEE_PEOPLE: ("See who said what", people),
        Next.HAND_IN: ("Hand it in", reverse("story_hand_in", args=[story.pk])),
        Next.SHOW_AGAIN: ("Show it again", people),
        Next.SEE_FLAGS: ("See the legal flags", reverse("story_flags", args=[story.pk])),
        Next.LEAVE_OUT: ("Take their words out", reverse("story_without", args=[story.pk])),
        Next.READ_IT: ("Read it on the site", story.url if what_next == Next.READ_IT else ""),
        Next.NOTHING: ("", ""),
    }
    label, address = ways[what_next]
    return label, address or ""

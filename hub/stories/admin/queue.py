"""What waits for a moderator: what was handed in, the longest waiting first. Nothing else, unless it is asked for.

A story that was changed after it was handed in says so, and waits for its worker. Refuses to show a hidden story.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hub.left_out import each
from hub.partners.people import signed_in
from hub.stories.admin.review import for_moderators
from hub.stories.light import Versions, stories_seen_by, versions_of
from hub.stories.models import CarryOverProposal, HandIn, ModerationDecision, StoryPage, StoryParticipant, WantsMail
from hub.stories.path import Standing, standings_of, website_answers
from hub.stories.reasons import Reason
from hub.stories.review import Decided, unconfirmed_among
from hub.stories.rule import Verdict

Outcome = ModerationDecision.Outcome
ON_A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one story in the queue. `handed_in` is missing for one that only is on hold."""

    number: int
    since: datetime
    handed_in: HandIn | None
    has_changed: bool

    def is_for(self, user: Any) -> bool:
        """Whether another moderator handed it to `user`."""
        return self.handed_in is not None and self.handed_in.given_to_id == user.pk


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue, by the title of its draft."""

    story: StoryPage
    title: str
    since: datetime
    days: int
    standing: Standing
    missing: list[str]
    handed_in: HandIn | None
    on_hold: str


@for_moderators
def queue(request: HttpRequest) -> HttpResponse:
    """What was handed in and is not decided; with `all`, every other story with somebody in it too."""
    found = places(request.user)
    changed = [one for one in found if one.has_changed]
    page = page_of([one for one in found if not one.has_changed], request)
    context = {
        "page": page,
        "waiting": lines_of(page),
        "changed": lines_of(changed[:ON_A_PAGE]),
        "more_changed": len(changed[ON_A_PAGE:]),
        "proposals": proposals(request.user),
        "to_confirm": to_confirm(request.user),
        "wants_mail": WantsMail.objects.filter(user=signed_in(request)).exists(),
    }
    if "all" in request.GET:
        not_handed_in = page_of(others(request.user, [one.number for one in found]), request, "others")
        context |= {"other_page": not_handed_in, "others": lines_of(not_handed_in)}
    return render(request, "stories/admin/queue.html", context)


def page_of(things: list[Any], request: HttpRequest, name: str = "page") -> Page[Any]:
    """The page that the address asks for; the nearest one there is if there is none."""
    return Paginator(things, ON_A_PAGE).get_page(request.GET.get(name))


def places(user: Any) -> list[Place]:
    """The queue: handed in and not decided about, or on hold. What was handed to `user` is first, then the oldest.

    Only stories about which that is not known from their numbers alone are read.
    """
    asked = stories_seen_by(user).filter(Q(pk__in=_to_look_at()) | Q(pk__in=_on_hold()))
    found = versions_of(asked.values_list("pk", flat=True), of="the queue")
    standing = HandIn.objects.filter(ended_at__isnull=True, story_id__in=found).select_related("by", "given_to")
    rows, decided = {row.story_id: row for row in standing}, Decided.about(found)
    queued = (_place(one, rows.get(number), decided) for number, one in found.items())
    return sorted(filter(None, queued), key=lambda one: (not one.is_for(user), one.since, one.number))


def _place(one: Versions, row: HandIn | None, decided: Decided) -> Place | None:
    """None when it is approved, and when it neither is handed in nor on hold."""
    hold = decided.hold_on(one)
    has_changed = row is not None and row.content_hash != one.draft_words
    last = decided.last_about(one.story.pk, one.draft_words)
    is_decided = not has_changed and last is not None and last.outcome == Outcome.APPROVED
    if hold is None and (row is None or is_decided):
        return None
    since = row.at if row else hold.decided_at if hold else timezone.now()
    return Place(one.story.pk, since, row, has_changed)


def _to_look_at() -> QuerySet[HandIn, int]:
    """The stories that are handed in, without those that readers are shown in their newest words.

    Whatever changes such a story, its words, its pictures or what was decided about it, takes its light away first.
    """
    shown = Q(
        story__visibility__content_hash=F("content_hash"),
        story__visibility__revision_id=F("story__latest_revision_id"),
        story__has_unpublished_changes=False,
    )
    return HandIn.objects.filter(~shown, ended_at__isnull=True).values_list("story_id", flat=True)


def _on_hold() -> QuerySet[ModerationDecision, int]:
    """The stories with words that are on hold: nobody has decided anything else about those since."""
    later = ModerationDecision.objects.filter(
        Q(decided_at__gt=OuterRef("decided_at")) | Q(decided_at=OuterRef("decided_at"), pk__gt=OuterRef("pk")),
        story_id=OuterRef("story_id"),
        content_hash=OuterRef("content_hash"),
    )
    return ModerationDecision.objects.filter(~Exists(later), outcome=Outcome.ON_HOLD).values_list("story_id", flat=True)


def how_many_wait(user: Any) -> int:
    """How many a moderator can decide about now."""
    return sum(not one.has_changed for one in places(user))


def others(user: Any, queued: Collection[int]) -> list[Place]:
    """Stories with somebody in them that nobody handed in and nobody approved, the last changed first."""
    told = stories_seen_by(user).filter(Exists(StoryParticipant.objects.filter(story_id=OuterRef("pk"))))
    last = ("pk", "latest_revision_created_at")
    rows = dict(told.exclude(pk__in=queued).order_by(F(last[1]).desc(nulls_first=True), "pk").values_list(*last))
    approved = ModerationDecision.objects.filter(outcome=Outcome.APPROVED, story_id__in=rows)
    hashes = set(approved.values_list("story_id", "content_hash"))
    shown = StoryPage.objects.filter(pk__in=rows, has_unpublished_changes=False).live().values_list("pk", flat=True)
    decided = {number for number, _ in hashes}
    read = versions_of(decided - set(shown), of="stories nobody handed in")
    is_approved = decided - {number for number, one in read.items() if (number, one.draft_words) not in hashes}
    return [
        Place(number, at or timezone.now(), None, has_changed=False)
        for number, at in rows.items()
        if number not in is_approved
    ]


def lines_of(queued: Iterable[Place]) -> list[Waiting]:
    """These lines, in order, in as many queries as one. Without a story that cannot be read, which is noted."""
    those = list(queued)
    found = versions_of([one.number for one in those], of="the queue")
    answers, decided = website_answers(found.values()), Decided.about(found)
    standings = standings_of(found.values(), answers)

    def line(one: Place) -> Waiting:
        version = found[one.number]
        return Waiting(
            story=version.story,
            title=version.draft.title,
            since=one.since,
            days=(timezone.now() - one.since) // timedelta(days=1),
            standing=standings[one.number],
            missing=missing_in_words(answers[one.number]),
            handed_in=one.handed_in,
            on_hold=hold.comment if (hold := decided.hold_on(version)) else "",
        )

    return list(each((one for one in those if one.number in standings), line, of="the queue"))


def proposals(user: Any) -> QuerySet[CarryOverProposal]:
    """Small corrections that a moderator has still to look at, oldest first."""
    found = CarryOverProposal.objects.filter(decided_at__isnull=True, story__in=stories_seen_by(user))
    return found.select_related("story__partner").order_by("proposed_at")


def to_confirm(user: Any) -> list[StoryPage]:
    """Stories with a yes after a no that somebody from another partner has still to confirm."""
    numbers = stories_seen_by(user).values_list("pk", flat=True)
    return list({row.participation.story_id: row.participation.story for row in unconfirmed_among(numbers)}.values())


def missing_in_words(answer: Verdict) -> list[str]:
    """Who still has what to say. The decision that the moderator is here for is left out."""
    gaps = [gap for gap in answer.gaps if gap.reason != Reason.NOT_APPROVED]
    return [f"{gap.code}: {gap.reason.sentence}" if gap.code else gap.reason.sentence for gap in gaps]

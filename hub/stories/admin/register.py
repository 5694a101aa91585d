"""The consent register: which answer holds, until when, and if not why. Codes only: it names no person and no story.

Moderators see every partner's answers. A partner's workers see those of their own stories; anybody else is refused.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hub.partners.models import Partner
from hub.partners.roles import partners_of
from hub.stories.admin.register_filters import IN_FORCE, RegisterFilters
from hub.stories.disclosure import stories_seen_by
from hub.stories.facts import consent_facts, person_facts
from hub.stories.models import Consent, StoryPage
from hub.stories.moderation import moderates
from hub.stories.rule import Decision, Reason, StoryFacts, why_not_in_force

ON_A_PAGE = 50
HEADINGS = ["partner", "story", "person", "use", "answer by", "state", "given", "valid until", "why it does not count"]
REPLACED = "A newer answer has replaced it."


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer. `reason` is None while it holds, and for an answer that a newer one replaced."""

    consent: Consent
    partner: Partner | None
    state: str
    valid_until: datetime | None
    reason: Reason | None

    @property
    def why(self) -> str:
        """The sentence for staff; empty while the answer holds."""
        if self.consent.decision == Decision.SUPERSEDED:
            return REPLACED
        return self.reason.sentence if self.reason else ""

    @property
    def cells(self) -> list[str]:
        """The line of the export, under HEADINGS."""
        consent, person = self.consent, self.consent.participation
        return [
            self.partner.slug if self.partner else "",
            str(person.story_id),
            person.participant.code,
            consent.use,
            consent.given_by,
            self.state,
            _day(consent.given_at),
            _day(self.valid_until),
            self.why,
        ]


def may_see_register(user: Any) -> bool:
    """Moderators, and whoever works for a partner."""
    return moderates(user) or bool(partners_of(user))


def partners_seen_by(user: Any) -> list[Partner]:
    """Whose answers `user` may see. Raises PermissionDenied for somebody who may see none."""
    seen = list(Partner.objects.all()) if moderates(user) else partners_of(user)
    if not seen:
        raise PermissionDenied
    return seen


def for_readers_of_the_register(view: Any) -> Any:
    """Hands `view` the filters and the answers that they and the reader's own partners leave."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        seen = partners_seen_by(request.user)
        filters = RegisterFilters(seen, request.GET)
        mine = Consent.objects.filter(
            participation__story__partner__in=seen, participation__story__in=stories_seen_by(request.user)
        )
        found = filters.narrow(mine, now=timezone.now()) if filters.is_valid() else mine.none()
        response: HttpResponse = view(request, filters, _in_order(found))
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


@for_readers_of_the_register
def register(request: HttpRequest, filters: RegisterFilters, found: QuerySet[Consent]) -> HttpResponse:
    """The register on screen, a page at a time."""
    page = Paginator(_lines(filters, found), ON_A_PAGE).get_page(request.GET.get("page"))
    shown: Any = page.object_list
    entries = shown if isinstance(shown, list) else entries_of(shown)
    query = request.GET.copy()
    query.pop("page", None)
    context = {"filters": filters, "page": page, "entries": entries, "query": query.urlencode()}
    return render(request, "stories/admin/register.html", context)


@for_readers_of_the_register
def export(request: HttpRequest, filters: RegisterFilters, found: QuerySet[Consent]) -> HttpResponse:
    """The same answers as a file, all pages. Mistaken filters export nothing: never more than was asked for."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="consents.csv"'
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    lines = _lines(filters, found)
    writer.writerows(entry.cells for entry in (lines if isinstance(lines, list) else entries_of(lines)))
    return response


def entries_of(consents: Iterable[Consent]) -> list[Entry]:
    """Each answer with what the rule says of it, about the words that are shown or else the latest draft."""
    rows, now = list(consents), timezone.now()
    stories = stories_in_question({row.participation.story_id for row in rows})
    return [_entry(row, *stories[row.participation.story_id], now=now) for row in rows]


def stories_in_question(story_ids: Iterable[int]) -> dict[int, tuple[StoryFacts, Partner | None]]:
    """What the rule has to know of each story to judge one answer, and its partner: two queries for any number."""
    stories = StoryPage.objects.filter(pk__in=story_ids).select_related("latest_revision", "partner")
    shown = set(StoryPage.objects.filter(pk__in=story_ids).live().values_list("pk", flat=True))
    return {story.pk: (_facts(story if story.pk in shown else _draft(story)), story.partner) for story in stories}


def _draft(story: StoryPage) -> StoryPage:
    """The latest draft for its words alone: without its tree, comments and modules, which would ask the database."""
    if story.latest_revision is None or not story.has_unpublished_changes:
        return story  # as Wagtail does: the page itself may have been changed since its last revision
    words = {name: value for name, value in story.latest_revision.content.items() if name != "modules"}
    draft: StoryPage = StoryPage.from_serializable_data(words, check_fks=False)
    return draft


def _facts(version: StoryPage) -> StoryFacts:
    return StoryFacts(
        content_hash=version.content_hash(),
        special_categories=frozenset(version.special_categories),
        approved_hashes=frozenset(),
        open_legal_flags=0,
        people=(),
    )


def _entry(row: Consent, story: StoryFacts, partner: Partner | None, *, now: datetime) -> Entry:
    if row.decision == Decision.SUPERSEDED:
        return Entry(row, partner, row.get_decision_display(), None, None)
    facts, person = consent_facts(row), person_facts(row.participation, ())
    ends = [end for end in (facts.expires_at, facts.wording_retired_at, person.reask_at) if end is not None]
    is_yes = facts.decision == Decision.GIVEN
    state = "Held" if is_yes and facts.held else row.get_decision_display()
    reason = why_not_in_force(facts, person, story, now=now)
    return Entry(row, partner, state, min(ends) if is_yes and ends else None, reason)


def _lines(filters: RegisterFilters, found: QuerySet[Consent]) -> list[Entry] | QuerySet[Consent]:
    """What is to be listed. Why an answer does not count is the rule's to say, so that filter cannot be a query."""
    wanted = filters.cleaned_data.get("reason") if filters.is_valid() else ""
    if not wanted:
        return found
    return [entry for entry in entries_of(found) if _is(entry, wanted)]


def _is(entry: Entry, wanted: str) -> bool:
    if wanted == IN_FORCE:
        return not entry.why
    return entry.reason == wanted


def _in_order(found: QuerySet[Consent]) -> QuerySet[Consent]:
    return (
        found.select_related("participation__participant", "wording__retirement")
        .prefetch_related("carry_overs")
        .order_by("participation__story_id", "participation__participant__code", "use", "pk")
    )


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""

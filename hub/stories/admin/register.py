"""The consent register: which answer holds, until when, and if not why. Each leads to its person and its story.

It names nobody; the file that can be saved holds codes alone.

Moderators see every partner's answers. A partner's workers see those of their own stories; anybody else is refused.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from itertools import chain, islice
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from hub.left_out import each
from hub.partners.law import law_now
from hub.partners.models import Partner
from hub.partners.people import partners_of
from hub.security_headers import forbid_copies
from hub.stories.admin.in_words import STATES
from hub.stories.admin.register_filters import IN_FORCE, RegisterFilters, saved_filters
from hub.stories.last_line import LineFacts
from hub.stories.light import (
    carried_over_to,
    consent_facts,
    facts_of_words,
    first_end,
    lines_about,
    person_facts,
    stories_seen_by,
    versions_of,
    voice_of,
)
from hub.stories.models import Consent, StoryPage
from hub.stories.reasons import Reason
from hub.stories.review import moderates
from hub.stories.rule import Decision, StoryFacts, why_not_in_force

ON_A_PAGE = 50
IN_A_BATCH = 500
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
        return forbid_copies(view(request, filters, _in_order(found)))

    return guarded


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the register. The total is not known where only the rule can tell which answers are meant."""

    entries: list[Entry]
    number: int
    has_next: bool
    total: int | None

    @property
    def pages(self) -> int | None:
        return None if self.total is None else max(1, -(-self.total // ON_A_PAGE))


@for_readers_of_the_register
def register(request: HttpRequest, filters: RegisterFilters, found: QuerySet[Consent]) -> HttpResponse:
    """The register on screen, a page at a time."""
    query = request.GET.copy()
    number = whole_number(query.pop("page", [""])[-1])
    listed = _some(filters, found, number) if filters.why else _counted(found, number)
    mine = {partner.pk for partner in partners_of(request.user)}
    context = {
        "filters": filters,
        "listed": listed,
        "entries": [
            (entry, address_of(entry.consent.participation.story_id, entry.partner, mine)) for entry in listed.entries
        ],
        "query": query.urlencode(),
        "saved": saved_filters(query.urlencode()),
    }
    return render(request, "stories/admin/register.html", context)


@for_readers_of_the_register
def export(request: HttpRequest, filters: RegisterFilters, found: QuerySet[Consent]) -> StreamingHttpResponse:
    """The same answers as a file, all pages. Mistaken filters export nothing: never more than was asked for.

    It is sent as it is made: a long register needs no more memory than a short one.
    """
    writer = csv.writer(Echo())
    lines = chain([HEADINGS], (entry.cells for entry in _all(filters, found)))
    response = StreamingHttpResponse(map(writer.writerow, lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="consents.csv"'
    return response


def address_of(story_id: int, partner: Partner | None, mine: set[int]) -> str:
    """Where whoever works for the partners `mine` reads about a story: her own people, or the review of it."""
    is_hers = partner is not None and partner.pk in mine
    return reverse("story_people" if is_hers else "story_review", args=[story_id])


class Echo:
    """A file for Python's csv module that gives each line back."""

    def write(self, line: str) -> str:
        return line


def whole_number(typed: str) -> int:
    """The page that an address asks for; the first one if it asks for none."""
    return int(typed) if typed.isdecimal() and 0 < len(typed) < 7 and int(typed) else 1


def _counted(found: QuerySet[Consent], number: int) -> Listed:
    page = Paginator(found, ON_A_PAGE).get_page(number)
    return Listed(entries_of(page.object_list), page.number, page.has_next(), page.paginator.count)


def _some(filters: RegisterFilters, found: QuerySet[Consent], number: int) -> Listed:
    """No more is read than it takes to fill this page and to know whether there is another."""
    start = (number - 1) * ON_A_PAGE
    entries = list(islice(_all(filters, found), start, start + ON_A_PAGE + 1))
    return Listed(entries[:ON_A_PAGE], number, len(entries) > ON_A_PAGE, None)


def _all(filters: RegisterFilters, found: QuerySet[Consent]) -> Iterator[Entry]:
    """Every answer that is meant, read in batches. Why one does not count is the rule's to say, so it is asked."""
    wanted, numbers = filters.why, iter(list(found.values_list("pk", flat=True)))
    while batch := list(islice(numbers, IN_A_BATCH)):
        entries = entries_of(found.filter(pk__in=batch))
        yield from (entry for entry in entries if not wanted or _is(entry, wanted))


def entries_of(consents: Iterable[Consent]) -> list[Entry]:
    """Each answer with what the rule says of it, about the words that are shown or else the latest draft."""
    rows, now = list(consents), timezone.now()
    story_ids = {row.participation.story_id for row in rows}
    stories, lines = stories_in_question(story_ids), lines_about(story_ids)

    def entry(row: Consent) -> Entry:
        story, partner = stories[row.participation.story_id]
        return _entry(row, replace(story, use=row.use), partner, lines[voice_of(row)], now=now)

    return list(each((row for row in rows if row.participation.story_id in stories), entry, of="the register"))


def stories_in_question(story_ids: Iterable[int]) -> dict[int, tuple[StoryFacts, Partner | None]]:
    """What the rule has to know of each story to judge one answer, and its partner: in as many queries as for one.

    The words of a story that is shown are those of its light. Without a story of which nothing can be said, which is
    noted.
    """
    law, partners = law_now(), {partner.pk: partner for partner in Partner.objects.all()}
    shown = StoryPage.objects.filter(pk__in=story_ids).live().order_by()
    found = {
        number: (facts_of_words(kinds, content_hash=words, law=law), partners.get(partner))
        for number, kinds, words, partner in shown.values_list(
            "pk", "special_categories", "visibility__content_hash", "partner"
        )
    }
    dark = versions_of(set(story_ids) - found.keys(), of="the register")
    for number, one in dark.items():
        words = facts_of_words(one.draft.special_categories, content_hash=one.draft_words, law=law)
        found[number] = (words, one.story.partner)
    return found


def _entry(
    row: Consent, story: StoryFacts, partner: Partner | None, lines: tuple[LineFacts, ...], *, now: datetime
) -> Entry:
    if row.decision == Decision.SUPERSEDED:
        return Entry(row, partner, STATES[Decision(row.decision)], None, None)
    facts, person = consent_facts(row, lines), person_facts(row.participation, (), {})
    end = first_end(facts, person, story)
    state = "Paused" if facts.decision == Decision.GIVEN and facts.paused else STATES[facts.decision]
    return Entry(row, partner, state, end[1] if end else None, why_not_in_force(facts, person, story, now=now))


def _is(entry: Entry, wanted: str) -> bool:
    if wanted == IN_FORCE:
        return not entry.why
    return entry.reason == wanted


def _in_order(found: QuerySet[Consent]) -> QuerySet[Consent]:
    return (
        found.select_related("participation__participant", "wording__retirement")
        .annotate(carried_over_to=carried_over_to())
        .order_by("participation__story_id", "participation__participant__code", "use", "pk")
    )


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""

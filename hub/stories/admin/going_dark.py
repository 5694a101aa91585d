"""What goes dark when, by module and partner, and whom to ask in time: nobody more often than once a month.

A picture of what the light itself says (`public_until`) and of whose yes ends first. Decides nothing and asks nobody.
Moderators see every partner's stories, a partner's workers their own; anybody else is refused.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hub.left_out import each
from hub.partners.models import partners_of
from hub.security_headers import forbid_copies
from hub.stories.admin.register import address_of, partners_seen_by
from hub.stories.choices import Use
from hub.stories.consent import not_to_be_asked_before
from hub.stories.light import facts_of_many, stories_seen_by
from hub.stories.models import StoryPage
from hub.stories.rule import PersonFacts, StoryFacts, in_force

MONTHS = 6
NO_MODULE = "Under no module"


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Somebody whose yes ends. `not_before` is the day on which they may be asked; None when that is today."""

    code: str
    not_before: date | None


@dataclass(frozen=True, slots=True)
class Dark:
    """One story that readers see now, and when they see it no more unless somebody is asked."""

    story: StoryPage
    modules: tuple[str, ...]
    until: datetime
    people: tuple[ToAsk, ...]
    address: str

    @property
    def partner(self) -> str:
        return self.story.partner.short_name if self.story.partner else ""


def going_dark(request: HttpRequest) -> HttpResponse:
    """The map, month by month, and each story below it, the nearest first."""
    seen, user = partners_seen_by(request.user), request.user
    mine = {partner.pk for partner in partners_of(user)}
    shown = StoryPage.objects.live().filter(visibility__public_until__lt=_end())
    stories = shown.filter(partner__in=seen, pk__in=stories_seen_by(user))
    rows = what_goes_dark(stories, mine)
    context = {"months": _months(), "map": list(_map(rows)), "rows": rows}
    return forbid_copies(render(request, "stories/admin/going_dark.html", context))


def what_goes_dark(stories: Any, mine: set[int]) -> list[Dark]:
    """Each of `stories` with the people whose yes ends with it, in the order in which they go dark."""
    found = list(stories.select_related("visibility", "partner").prefetch_related("modules"))
    ending = _ending(found)
    days = not_to_be_asked_before({code for codes in ending.values() for code in codes}, today=timezone.localdate())

    def one(story: StoryPage) -> Dark:
        until = timezone.localtime(story.visibility.public_until)
        people = tuple(ToAsk(code, days.get(code)) for code in sorted(ending.get(story.pk, ())))
        modules = tuple(sorted(module.title for module in story.modules.all())) or (NO_MODULE,)
        return Dark(story, modules, until, people, address_of(story.pk, story.partner, mine))

    return sorted(each(found, one, of="the map of what goes dark"), key=lambda row: (row.until, row.story.pk))


def _ending(stories: list[StoryPage]) -> dict[int, set[str]]:
    """By story, the code of each person whose yes ends when it goes dark.

    The rule says when that is, of the words that are shown; of a translation, for being translated too.
    """
    now = timezone.now()
    facts = facts_of_many((story, story.visibility.content_hash) for story in stories)
    until = {story.pk: story.visibility.public_until for story in stories}
    return {
        number: {one.code for one, about in _needed(by_use[Use.WEBSITE]) if _ends(one, about, now, until[number])}
        for number, by_use in facts.items()
    }


def _needed(about: StoryFacts) -> Iterator[tuple[PersonFacts, StoryFacts]]:
    """Everybody whose yes it needs, with what each yes is about."""
    for one in (about, about.about_translating):
        if one is not None:
            yield from ((person, one) for person in one.people if person.consent_needed)


def _ends(person: PersonFacts, about: StoryFacts, now: datetime, by: datetime) -> bool:
    until = in_force(person, about, now).until
    return until is not None and until <= by


def _months() -> list[date]:
    """The first day of this month and of those that follow."""
    today = timezone.localdate()
    ahead = [today.month - 1 + place for place in range(MONTHS)]
    return [date(today.year + month // 12, month % 12 + 1, 1) for month in ahead]


def _end() -> datetime:
    last = _months()[-1]
    after = date(last.year + last.month // 12, last.month % 12 + 1, 1)
    return timezone.make_aware(datetime.combine(after, time.min))


def _map(rows: list[Dark]) -> Iterable[tuple[str, str, list[int]]]:
    """For each module and partner with anything, how many stories go dark in each month."""
    places = sorted({(module, row.partner) for row in rows for module in row.modules})
    for module, partner in places:
        here = [row for row in rows if module in row.modules and row.partner == partner]
        yield module, partner, [_in_month(here, month) for month in _months()]


def _in_month(rows: list[Dark], month: date) -> int:
    return sum((row.until.year, row.until.month) == (month.year, month.month) for row in rows)

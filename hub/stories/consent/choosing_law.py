"""Another law for this Hub: everything goes dark, and what still holds under it comes back. Nothing else does.

An administrator's act. Refuses a place without a profile. An age that the new law does not tell apart is forgotten and
asked for again, so that no later change of law brings a story back; a line of the ledger says so in each story.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.db.models import QuerySet
from django.utils import timezone

from hub.database_clock import database_now
from hub.law import LAWS, AgeBand, Law
from hub.pages.models import Visibility
from hub.partners.law import law_now
from hub.partners.models import LawChosen
from hub.stories import ledger
from hub.stories.choices import EventKind, Use
from hub.stories.consent.wordings import keep_up_to_date
from hub.stories.ledger import verb
from hub.stories.light import facts_of_many, lock, relight
from hub.stories.models import Participant, StoryPage, StoryParticipant
from hub.stories.rule import may_appear

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Someone = TypeVar("Someone", Participant, StoryParticipant)


@dataclass(frozen=True, slots=True)
class Change:
    """What another law would do: which of the stories that are shown now go dark, and whose age is asked for again."""

    shown: int
    dark: tuple[StoryPage, ...]
    people: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Said before anything is changed, and afterwards."""
        dark, people = len(self.dark), len(self.people)
        stories = f"{dark} of {self.shown} stories that are shown" if dark else "No story that is shown"
        goes = "go" if dark > 1 else "goes"
        ages = f" {people} {'person is' if people == 1 else 'people are'} asked for their age again." if people else ""
        return f"{stories} {goes} dark.{ages}"


def what_would_change(law: Law) -> Change:
    """What choosing `law` would do now. Changes nothing."""
    shown = list(StoryPage.objects.filter(pk__in=_lit()).order_by("pk").defer_streamfields())
    hashes = dict(Visibility.objects.filter(page__in=shown).values_list("page_id", "content_hash"))
    facts = facts_of_many(((story, hashes[story.pk]) for story in shown if story.pk in hashes), under=law.code)
    now = timezone.now()
    dark = [s for s in shown if s.pk not in facts or not may_appear(facts[s.pk][Use.WEBSITE], now=now).allowed]
    return Change(len(shown), tuple(dark), tuple(sorted({one.participant.code for one in _not_known_to(law)})))


@verb
def choose_law(code: str, *, by: "User") -> Change:
    """Says that this Hub works under another law from now on. Raises ValueError with a sentence.

    The row darkens every story, whoever writes it; then each that was shown is asked about again. Nobody's age is kept
    in a band that this law does not know: changing back shows nothing until it is noted again.
    """
    law, now = LAWS.get(code), law_now()
    if law is None:
        raise ValueError("There is no profile of this law, so nothing could be shown under it.")
    if now is not None and now.code == code:
        raise ValueError(f"This Hub works under the law of {law.name} already.")
    change, shown, unknown = what_would_change(law), list(_lit()), _not_known_to(law)
    for story_id in sorted({*shown, *(participation.story_id for participation in unknown)}):
        lock(story_id)
    LawChosen.objects.create(place=code, by_user_id=by.pk)
    for participation in unknown:
        ledger.write_of_person(EventKind.LAW_CHANGED, participation, by=by, at=database_now())
    _of_no_band_of(law, Participant.objects.all(), "age_band").update(age_band=AgeBand.UNKNOWN, reask_at=None)
    keep_up_to_date()
    for story_id in shown:
        relight(story_id)
    return change


def _lit() -> list[int]:
    now = Visibility.objects.filter(public_until__gt=timezone.now()).order_by("page_id")
    return list(now.values_list("page_id", flat=True))


def _not_known_to(law: Law) -> list[StoryParticipant]:
    """Everybody in a story whose age was noted, in a band that `law` does not tell apart."""
    unknown = _of_no_band_of(law, StoryParticipant.objects.select_related("participant"), "participant__age_band")
    return list(unknown.order_by("story_id", "pk"))


def _of_no_band_of(law: Law, people: QuerySet[Someone], band: str) -> QuerySet[Someone]:
    return people.exclude(**{f"{band}__in": [*(age.band for age in law.ages), AgeBand.UNKNOWN]})

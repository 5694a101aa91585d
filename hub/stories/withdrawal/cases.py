"""What follows from a withdrawal: what is gone already, what cannot be called back, whom to tell, what is left to do.

The darkness of a story never depends on this: these are steps of stopping.py, which come after it and are
tried again when one fails.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from hub.pages.models import Visibility
from hub.stories.choices import EventKind, Use
from hub.stories.models import CaseLine, StoryPage, StoryParticipant, WithdrawalCase
from hub.stories.withdrawal.use_register import lines_for

if TYPE_CHECKING:
    from django.contrib.auth.models import User

State, Channel = CaseLine.State, WithdrawalCase.Channel

OFF_THE_SITE = {
    "page": "The story's own page",
    "lists": "Lists, related pages and cards",
    "search": "Our search",
    "feed": "The news feed",
    "sitemap": "The list of pages for search engines",
    "media": "Pictures of this story, in every size",
}
KEPT_BY_OTHERS = {
    "copies": "Copies other people saved or printed, and search engines' own copies until they look again",
    "backups": "Backups, until they run out after 35 days",
}
AFTER = {
    Use.PRINT_PACK: (State.CANNOT_BE_RECALLED, "Packs that are printed already. The next printing leaves it out"),
    Use.TRAINING: (State.TO_DO, "Ask trainers not to read it out again"),
    Use.PARTNER_SITES: (State.TO_DO, "Ask partners to take it off their own websites"),
    Use.SOCIAL: (State.TO_DO, "Delete our posts. What others shared cannot be called back"),
    Use.MEDIA: (State.CANNOT_BE_RECALLED, "What newspapers, radio or TV have brought out already"),
    Use.FUNDER_REPORT: (State.CANNOT_BE_RECALLED, "Reports that funders have already"),
    Use.RESEARCH: (State.CANNOT_BE_RECALLED, "Research that is finished already"),
    Use.TRANSLATION: (State.TO_DO, "Take translations down"),
    Use.AUDIO_VIDEO: (State.TO_DO, "Take sound and film down"),
    Use.BE_FOUND: (State.TO_DO, "Ask search engines to forget the page. They have been told to by the page itself"),
    Use.AI: (State.CANNOT_BE_RECALLED, "What AI systems have learned from it already"),
}
ERASE_LINE = ("erase", "Erase everything that is kept of this story")


class NotYet(Exception):
    """Something of a case is still to do. The message is a sentence for staff."""


def note(
    participation: StoryParticipant,
    kind: EventKind,
    *,
    uses: Iterable[str],
    agreed: Iterable[str],
    by: "User | None",
    by_card: bool = False,
) -> WithdrawalCase | None:
    """Opens a case, or adds to the open one, for answers about `uses` that ended, some of them `agreed` to before."""
    if is_being_erased(participation.story_id):
        return None
    their_own = Channel.CARD_CODE if by_card else Channel.OWN_PAGES
    channel = Channel.US if kind != EventKind.WITHDRAWN else Channel.STAFF if by else their_own
    return _open(participation, channel, {Use(use) for use in uses}, {Use(use) for use in agreed})


def note_wish_to_erase(participation: StoryParticipant, *, by_card: bool = False) -> WithdrawalCase:
    """Writes on the case that somebody asked us to erase everything."""
    case = case_of(participation, Channel.CARD_CODE if by_card else Channel.OWN_PAGES)
    WithdrawalCase.objects.filter(pk=case.pk).update(erasure_asked_at=timezone.now())
    write_line(case, *ERASE_LINE, State.TO_DO, timezone.now())
    return case


def asked_to_erase(participation: StoryParticipant) -> bool:
    """Whether this person's wish to be erased is written on an open case."""
    mine = _open_cases(participation.story_id).filter(participant_code=participation.participant.code)
    return mine.filter(erasure_asked_at__isnull=False).exists()


def is_being_erased(story_number: int) -> bool:
    return _open_cases(story_number).filter(erasing_since__isnull=False).exists()


def tick_off(line: CaseLine, *, by: "User") -> None:
    """A member of staff has told them, or has done it. Raises NotYet for what only the Hub can do."""
    if not line.is_for_staff:
        raise NotYet("This line is not for ticking off: the Hub does it, or it is done.")
    done = State.TOLD if line.target.startswith("tell-") else State.DONE
    CaseLine.objects.filter(pk=line.pk, state=State.TO_DO).update(state=done, at=timezone.now(), by=by)


def close(case: WithdrawalCase, *, by: "User") -> None:
    """Closes a case. Raises NotYet while a line failed or is still to do."""
    with transaction.atomic():
        WithdrawalCase.objects.select_for_update().get(pk=case.pk)
        left = case.lines.filter(state__in=CaseLine.OPEN).count()
        if left:
            things = "thing is" if left == 1 else "things are"
            raise NotYet(f"{left} {things} still to do, so this case cannot be closed yet.")
        WithdrawalCase.objects.filter(pk=case.pk, closed_at__isnull=True).update(closed_at=timezone.now(), closed_by=by)


def look_again(case: WithdrawalCase) -> None:
    """Asks once more whether the story is dark, and writes what is so."""
    dark_at = _write_what_is_dark(case, timezone.now())
    if dark_at and case.dark_at is None:
        WithdrawalCase.objects.filter(pk=case.pk).update(dark_at=dark_at)


@transaction.atomic
def begin_erasure(story_number: int) -> WithdrawalCase:
    """The case an erasure is written on: the one that asked for it, or else one of our own. Idempotent."""
    cases = _open_cases(story_number).order_by("erasure_asked_at", "pk")
    case = cases.filter(erasing_since__isnull=False).first() or cases.first()
    if case is None:
        story = StoryPage.objects.filter(pk=story_number).first()
        case = WithdrawalCase.objects.create(
            story_number=story_number,
            partner=story.partner if story else None,
            channel=Channel.US,
            received_at=timezone.now(),
        )
    if case.erasing_since is None:
        WithdrawalCase.objects.filter(pk=case.pk).update(erasing_since=timezone.now())
        write_line(case, *ERASE_LINE, State.TO_DO)
        for code in _codes_in(story_number, besides=case.participant_code):
            write_line(case, f"tell-{code}", f"Tell {code}: this story is not used any more", State.TO_DO)
    return case


def finished_erasure(story_number: int) -> WithdrawalCase | None:
    """The closed case of a story that is erased and has not come back, from a backup say. None for any other."""
    if _open_cases(story_number).exists() or StoryPage.objects.filter(pk=story_number).exists():
        return None
    return WithdrawalCase.objects.filter(story_number=story_number, erased_at__isnull=False).last()


@transaction.atomic
def end_erasure(story_number: int) -> None:
    """Notes on every open case of the story that nothing of it is left."""
    now = timezone.now()
    for case in _open_cases(story_number):
        if case.erasing_since or case.erasure_asked_at:
            write_line(case, *ERASE_LINE, State.REMOVED, now)
        write = {"erased_at": case.erased_at or now, "dark_at": case.dark_at or now}
        WithdrawalCase.objects.filter(pk=case.pk).update(**write)


def _codes_in(story_number: int, *, besides: str) -> list[str]:
    people = StoryParticipant.objects.filter(story_id=story_number).exclude(participant__code=besides)
    return list(people.values_list("participant__code", flat=True).order_by("participant__code"))


def _open(participation: StoryParticipant, channel: str, uses: set[Use], agreed: set[Use]) -> WithdrawalCase:
    """Only what had been agreed to can have gone anywhere."""
    case, now = case_of(participation, channel), timezone.now()
    if Use.WEBSITE in uses:
        look_again(case)
        for target, description in KEPT_BY_OTHERS.items():
            write_line(case, target, description, State.CANNOT_BE_RECALLED, now)
    for use, (state, description) in AFTER.items():
        if use in agreed:
            write_line(case, f"use-{use.value}", description, state, now)
    for target, sentence, can_be_taken_down in lines_for(participation.story_id, agreed):
        description = f"Take down. {sentence}" if can_be_taken_down else sentence
        write_line(case, target, description[:200], State.TO_DO if can_be_taken_down else State.CANNOT_BE_RECALLED, now)
    for other in participation.story.participations.exclude(pk=participation.pk).select_related("participant"):
        code = other.participant.code
        write_line(case, f"tell-{code}", f"Tell {code}: this story is being looked at again", State.TO_DO, now)
    return case


def _write_what_is_dark(case: WithdrawalCase, now: datetime) -> datetime | None:
    shown = Visibility.objects.filter(page_id=case.story_number).exists()
    for target, description in OFF_THE_SITE.items():
        write_line(case, target, description, State.FAILED if shown else State.REMOVED, now)
    return None if shown else now


def case_of(participation: StoryParticipant, channel: str) -> WithdrawalCase:
    case, _ = _open_cases(participation.story_id).get_or_create(
        story_number=participation.story_id,
        participant_code=participation.participant.code,
        closed_at=None,
        defaults={
            "partner": participation.story.partner,
            "channel": channel,
            "received_at": timezone.now(),
        },
    )
    return case


def write_line(
    case: WithdrawalCase, target: str, description: str, state: str, at: datetime | None = None, *, error_type: str = ""
) -> None:
    """Writes a line once; one that failed or is to do takes the new state, one that is done keeps its time."""
    now = at or timezone.now()
    said = {"state": state, "at": now, "error_type": error_type}
    line, made = CaseLine.objects.get_or_create(case=case, target=target, defaults={"description": description, **said})
    if not made and state != State.TO_DO and (line.is_open or state == State.FAILED):
        CaseLine.objects.filter(pk=line.pk).update(**said)


def _open_cases(story_number: int) -> QuerySet[WithdrawalCase]:
    return WithdrawalCase.objects.filter(story_number=story_number, closed_at__isnull=True)

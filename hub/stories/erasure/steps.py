"""Erases a story and everything that is kept of it, step by step, and says of each step whether it is done.

Every step is a transaction of its own and does no harm twice, so that this may be killed anywhere and run again.
First comes darkness. A step that fails stops the rest: the case shows it, and the next run begins there.
What stays: the ledger, which holds no personal data, the proofs, and the case. Refuses while a legal flag is open.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils import timezone

from hub.database_clock import database_now
from hub.law import AgeBand
from hub.left_out import each
from hub.pages.models import HubPage, Visibility
from hub.partners.law import proof_kept
from hub.stories import ledger
from hub.stories.choices import EventKind, Use
from hub.stories.consent import evidence
from hub.stories.erasure import traces
from hub.stories.family import farewell
from hub.stories.ledger import cancel_schedule, end_answers, story_key, verb
from hub.stories.light import lock
from hub.stories.models import (
    BecauseOfIt,
    CarryOver,
    CaseLine,
    Consent,
    ConsentEvent,
    EvidenceFile,
    LegalFlag,
    PersonalDetails,
    PrivateLink,
    Proof,
    PublicRequest,
    StoryPage,
    StoryParticipant,
    StoryUse,
    WithdrawalCase,
)
from hub.stories.withdrawal import cases

if TYPE_CHECKING:
    from django.contrib.auth.models import User

logger = logging.getLogger(__name__)
Step = Callable[[int, "User | None"], None]
ENDS = [EventKind.WITHDRAWN, EventKind.REVOKED, EventKind.INVALIDATED, EventKind.ENTERED_IN_ERROR]


class CannotErase(Exception):
    """There is no such story, or the law asks us to wait. The message is a sentence for staff."""


def erase(story_number: int, *, by: "User | None" = None) -> WithdrawalCase:
    """Erases story `story_number`, or goes on where an earlier run stopped. Look at the case for what is left.

    Raises CannotErase when there never was such a story, and while a legal flag is open.
    """
    check_may_erase(story_number)
    done = cases.finished_erasure(story_number)
    if done is not None:
        return done
    case = cases.begin_erasure(story_number)
    for target, description, step in STEPS:
        if not _run(case, target, description, step, by):
            return case
    cases.end_erasure(story_number)
    case.refresh_from_db()
    return case


def go_on_erasing(now: datetime) -> int:
    """Job: goes on with each erasure that was begun and not ended. Returns how many ended now."""
    begun = WithdrawalCase.objects.filter(erasing_since__isnull=False, erased_at__isnull=True, closed_at__isnull=True)
    numbers = sorted(set(begun.values_list("story_number", flat=True)))
    return sum(each(numbers, _go_on_erasing, of="the erasures gone on with"))


def _go_on_erasing(story_number: int) -> bool:
    try:
        return erase(story_number).erased_at is not None
    except CannotErase as refusal:
        logger.warning("The erasure of story %s waits: %s", story_number, refusal)
        return False


def check_may_erase(story_number: int) -> None:
    """Raises CannotErase. A legal flag may mean that somebody else needs the words: safeguarding clears it first."""
    is_here = StoryPage.objects.filter(pk=story_number).exists()
    if not is_here and not WithdrawalCase.objects.filter(story_number=story_number).exists():
        raise CannotErase(f"There is no story {story_number}.")
    if LegalFlag.objects.filter(story_id=story_number, cleared_at__isnull=True).exists():
        raise CannotErase("A legal flag is open. The story stays dark; safeguarding clears the flag first.")


def _run(case: WithdrawalCase, target: str, description: str, step: Step, by: "User | None") -> bool:
    """One step and the line that says it is done, in one transaction. False when it failed, and the case says so."""
    done = CaseLine.State.DONE if step is write_proofs else CaseLine.State.REMOVED
    try:
        _step(case, target, description, done, step, by)
    except Exception as error:  # whatever it was: the case has to show it, and darkness has come first
        logger.exception("Erasing story %s stopped at %s. Nothing of it is shown.", case.story_number, target)
        cases.write_line(case, target, description, CaseLine.State.FAILED, error_type=type(error).__name__)
        return False
    return True


@verb
def _step(case: WithdrawalCase, target: str, description: str, done: str, step: Step, by: "User | None") -> None:
    HubPage.objects.select_for_update(no_key=True).filter(pk=case.story_number).first()  # the order of locks
    step(case.story_number, by)
    cases.write_line(case, target, description, done)


def darken(story_number: int, by: "User | None") -> None:
    """Takes the light, and every answer that could bring it back."""
    story = StoryPage.objects.filter(pk=story_number).first()
    if story is None:
        Visibility.objects.filter(page_id=story_number).delete()
        return
    lock(story_number)
    Visibility.objects.filter(page_id=story_number).delete()
    cancel_schedule(story)
    for participation in story.participations.select_related("participant"):
        end_answers(participation, EventKind.REVOKED, uses=Use.values, by=by)
        participation.stops.filter(recorded_at__isnull=True).update(recorded_at=database_now())


def write_proofs(story_number: int, by: "User | None") -> None:
    """One proof for each yes that was ever given."""
    for consent in _consents(story_number).select_related("wording", "participation__participant"):
        events = ConsentEvent.objects.filter(story_id=story_number, consent_id=consent.pk)
        if not events.filter(kind__in=[EventKind.GIVEN, EventKind.RENEWED]).exists():
            continue
        end = events.filter(kind__in=ENDS).order_by("sequence").last()
        wording = consent.wording
        Proof.objects.get_or_create(
            consent_number=consent.pk,
            defaults={
                "story_number": story_number,
                "participant_code": consent.participation.participant.code,
                "use": consent.use,
                "wording_version": f"{wording.version} {wording.audience} {wording.language}",
                "keyed_hash": consent.keyed_hash,
                "given_at": consent.given_at,
                "withdrawn_at": end.at if end else None,
                "keep_until": timezone.now() + proof_kept(),
            },
        )


def delete_old_proofs(now: datetime) -> int:
    """Deletes proofs whose time is over."""
    deleted, _ = Proof.objects.filter(keep_until__lt=now).delete()
    return deleted


def remove_private_links(story_number: int, by: "User | None") -> None:
    """Private addresses, what was typed there, and changes people asked for (a wish to erase among them)."""
    PrivateLink.objects.filter(participation__story_id=story_number).delete()
    for participation in StoryParticipant.objects.filter(story_id=story_number):
        participation.changes.all().delete()


def remove_evidence(story_number: int, by: "User | None") -> None:
    """Photos, recordings and videos that stand behind answers: the files and what is known of them."""
    for file in EvidenceFile.objects.filter(participation__story_id=story_number):
        evidence.erase(file)


def remove_people(story_number: int, by: "User | None") -> None:
    """Contact details and ages of people in no other story, and every answer. The code stays: it is never reused."""
    for participation in StoryParticipant.objects.filter(story_id=story_number).select_related("participant"):
        person = participation.participant
        if not person.participations.exclude(story_id=story_number).exists():
            PersonalDetails.objects.filter(participant=person).delete()
            person.age_band, person.reask_at, person.may_be_answered_by_attorney = AgeBand.UNKNOWN, None, False
            person.do_not_ask_until = None
            person.save()
        for consent in participation.consents.order_by("pk"):
            ledger.write(EventKind.ERASED, consent, by=by, at=database_now())
        CarryOver.objects.filter(consent__participation=participation).delete()
        participation.consents.all().delete()
        participation.delete()


def remove_requests(story_number: int, by: "User | None") -> None:
    """What people wrote to us about it: they may quote it. How to reach them stays while nobody has answered."""
    about = PublicRequest.objects.filter(story_id=story_number)
    about.filter(closed_at__isnull=False).delete()
    about.update(message="The story is erased.", about="", outcome="")


def remove_decisions(story_number: int, by: "User | None") -> None:
    """What workers and moderators wrote to each other, and the notes on legal flags: they may quote the story."""
    for story in StoryPage.objects.filter(pk=story_number):
        story.decisions.all().delete()
        story.hand_ins.all().delete()
        story.carry_over_proposals.all().delete()
        story.legal_flags.all().delete()


def remove_uses(story_number: int, by: "User | None") -> None:
    """Where it was used and what changed since: the case says by number and day what cannot be called back."""
    BecauseOfIt.objects.filter(story_id=story_number).delete()
    StoryUse.objects.filter(story_id=story_number).delete()
    lines = CaseLine.objects.filter(case__story_number=story_number, target__startswith="used-")
    lines.update(description="A use that was written down")


def destroy_key(story_number: int, by: "User | None") -> None:
    """Last of all: then neither the proofs nor the ledger match anything that anybody could hold."""
    story_key.destroy(story_number)


def _consents(story_number: int) -> QuerySet[Consent]:
    return Consent.objects.filter(participation__story_id=story_number)


STEPS: list[tuple[str, str, Step]] = [
    ("erase-light", "Taken off the site, and every answer ended", darken),
    ("erase-proofs", "Proofs written: codes, times and keyed hashes", write_proofs),
    ("erase-cards", "What cards open from now on: that it is done", farewell.remember_cards),
    ("erase-links", "Private addresses, half-typed answers and wishes for changes", remove_private_links),
    ("erase-aliases", "Aliases of it", traces.remove_aliases),
    ("erase-pictures", "Pictures that no other story shows, in every size", traces.remove_pictures),
    ("erase-evidence", "Evidence of answers", remove_evidence),
    ("erase-people", "Answers, and contact details of people in no other story", remove_people),
    ("erase-uses", "The register of where it was used", remove_uses),
    ("erase-requests", "What other people wrote to us about it", remove_requests),
    ("erase-decisions", "Moderators' comments and notes on legal flags", remove_decisions),
    ("erase-drafts", "Drafts, comments, reviews and previews", traces.remove_drafts),
    ("erase-addresses", "Redirects that lead to it", traces.remove_redirects),
    ("erase-page", "The page itself", traces.remove_page),
    ("erase-logs", "Its title and words in the site's history", traces.clean_logs),
    ("erase-left", "What was written of a story without them", farewell.forget_where_it_went),
    ("erase-key", "The key of its proofs and of its lines in the ledger", destroy_key),
]

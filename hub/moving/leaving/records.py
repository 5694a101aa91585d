"""A partner's own records: who was asked, what each said, where words went, and what readers told it. As tables.

For the partner's lead alone (`who_may`). People stand in them by code. How to reach somebody is apart, is taken only
when it is asked for, and each opening of it is noted as it is on the screen. What the ledger is locked with stays.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from hub.feedback.queue import feedback_seen_by
from hub.left_out import each
from hub.partners.models import Partner
from hub.stories.models import (
    Consent,
    ConsentEvent,
    Participant,
    PersonalDetails,
    RecordOpened,
    StoryPage,
    StoryParticipant,
    StoryUse,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from django.db.models import QuerySet

Table = list[dict[str, Any]]
DETAILS = ("nickname", "preferred_name", "safe_contact", "may_leave_message", "language", "reading_format", "guardian",
           "supporter", "note")  # fmt: skip


def records_of(stories: "QuerySet[StoryPage]", partner: Partner, *, by: "User") -> dict[str, Table]:
    """Each table by its name. `stories` are those of the partner that `by` may know of."""
    numbers = list(stories.values_list("pk", flat=True))
    in_them = {"participation__story_id__in": numbers}
    parts = StoryParticipant.objects.filter(story_id__in=numbers).select_related("participant").order_by("pk")
    answers = Consent.objects.filter(**in_them).select_related("participation__participant", "wording").order_by("pk")
    told = feedback_seen_by(by).filter(partner=partner)
    return {
        "people": _rows(_people_in(numbers, partner), _person),
        "parts_in_stories": _rows(parts, _part),
        "answers": _rows(answers, _answer),
        "ledger": _rows(ConsentEvent.objects.filter(story_id__in=numbers).order_by("sequence"), _line),
        "uses": _rows(StoryUse.objects.filter(story_id__in=numbers).order_by("used_on", "pk"), _use),
        "feedback": _rows(told, _told),
    }


def how_to_reach(stories: "QuerySet[StoryPage]", partner: Partner, *, by: "User") -> Table:
    """How to reach each of these people. That `by` opened it is noted first, for each of them."""
    people = list(_people_in(list(stories.values_list("pk", flat=True)), partner))
    kept = PersonalDetails.objects.in_bulk([person.pk for person in people], field_name="participant_id")
    opened = [person for person in people if person.pk in kept]
    RecordOpened.objects.bulk_create(
        RecordOpened(what=RecordOpened.What.DETAILS, number=one.pk, participant_code=one.code, by_user_id=by.pk)
        for one in opened
    )
    return _rows(opened, lambda one: {"person": one.code, **{name: getattr(kept[one.pk], name) for name in DETAILS}})


def _people_in(numbers: list[int], partner: Partner) -> "QuerySet[Participant]":
    found = Participant.objects.filter(partner=partner, participations__story_id__in=numbers)
    return found.distinct().order_by("code")


def _rows(found: Iterable[Any], row: Callable[[Any], dict[str, Any]]) -> Table:
    return list(each(found, row, of="the records taken along"))


def _person(one: Participant) -> dict[str, Any]:
    return {
        "person": one.code,
        "age": one.get_age_band_display(),
        "ask_again_on": one.reask_at,
        "do_not_ask_before": one.do_not_ask_until,
        "added": one.created_at,
    }


def _part(one: StoryParticipant) -> dict[str, Any]:
    return {
        "story": one.story_id,
        "person": one.participant.code,
        "part": one.get_role_display(),
        "named_as": one.get_named_as_display(),
        "place": one.get_place_level_display(),
        "passages": one.passages,
        "has_to_agree": one.consent_needed,
        "why_not": one.why_not_needed,
    }


def _answer(one: Consent) -> dict[str, Any]:
    return {
        "answer": one.pk,
        "story": one.participation.story_id,
        "person": one.participation.participant.code,
        "use": one.get_use_display(),
        "decision": one.get_decision_display(),
        "paused_since": one.held_at,
        "given_by": one.get_given_by_display(),
        "how": one.get_method_display(),
        "said": one.given_at,
        "written_in": one.written_at,
        "not_before": one.not_before,
        "ends": one.expires_at,
        "wording": one.wording.name,
        "about": one.special_categories,
        "words": one.content_hash,
    }


def _line(one: ConsentEvent) -> dict[str, Any]:
    return {
        "line": one.sequence,
        "what": one.get_kind_display(),
        "story": one.story_id,
        "person": one.participant_code,
        "use": one.get_use_display() if one.use else "",
        "given_by": one.given_by,
        "at": one.at,
        "said": one.said_at,
    }


def _use(one: StoryUse) -> dict[str, Any]:
    return {
        "story": one.story_id,
        "use": one.get_use_display(),
        "where": one.where,
        "on": one.used_on,
        "copies": one.copies,
        "taken_down": one.taken_down_at,
    }


def _told(one: Any) -> dict[str, Any]:
    return {
        "page": one.page_id,
        "about": one.page_name,
        "useful": one.useful,
        "words": one.words,
        "came": one.received_at,
        "state": one.get_state_display(),
        "you_said": one.you_said,
        "outcome": one.get_outcome_display() if one.outcome else "",
        "our_words": one.our_words,
        "answered": one.answered_on,
    }

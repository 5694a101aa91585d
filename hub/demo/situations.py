"""Puts each example story into one situation the Hub must handle, by recording what its people said."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from hub.demo.cast import People
from hub.law import AgeBand, with_guardian
from hub.stories.choices import LegalReason, Method, SentBack, Use
from hub.stories.consent import GivenAnswer, add_participant, record_consent, wording_for
from hub.stories.light import publish_story
from hub.stories.models import Participant, StoryPage, StoryParticipant
from hub.stories.review import approve_story, hand_in, pass_on, raise_legal_flag, return_story
from hub.stories.rule import Decision, GivenBy
from hub.stories.withdrawal import withdraw

WRITTEN = timedelta(days=800)
BIRTHDAY = timedelta(days=300)  # until somebody young in an example is old enough to be asked anew
YES_TO = (Use.WEBSITE, Use.PRINT_PACK, Use.TRAINING)
FOUND = (*YES_TO, Use.BE_FOUND)
UNDECIDED = {"sent_back", "handed_on"}  # no moderator has approved these


def put_into_situation(story: StoryPage, data: dict[str, Any], people: People) -> None:
    """Adds the story's people, records their answers as its situation says, and has it approved."""
    situation = data["consent"]["situation"]
    story.revisions.update(created_at=timezone.now() - WRITTEN)  # an example was written before anybody agreed to it
    who = [_add(story, person) for person in data["consent"].get("people", data.get("people", []))]
    asked = [participation for participation in who if participation.consent_needed]
    hand_in(story, by=people.playing("author"))
    if situation not in UNDECIDED:
        approve_story(story, moderator=people.playing("moderator"))
    SITUATIONS[situation](story, asked, people)
    if situation == "edited_since_consent":
        _edit(
            story,
            data["agreed_text_change"] if "agreed_text_change" in data else data["consent"]["agreed_text_change"],
        )


def _add(story: StoryPage, person: dict[str, Any]) -> StoryParticipant:
    if story.partner is None:
        raise ValueError("An example story belongs to a partner's section.")
    if "also_in" in person:
        participant = Participant.objects.filter(participations__story__slug=person["also_in"]).earliest("pk")
    else:
        code = f"P-{Participant.objects.count() + 1:04}"
        is_young = AgeBand(person["age_band"]).ends_at is not None
        participant = Participant.objects.create(
            code=code,
            partner=story.partner,
            age_band=person["age_band"],
            reask_at=timezone.now() + BIRTHDAY if is_young else None,
        )
    participation = StoryParticipant(
        story=story,
        participant=participant,
        role=person["role"],
        named_as=person["named_as"],
        consent_needed=person["consent_needed"],
        why_not_needed=person.get("why_not_needed", ""),
    )
    add_participant(participation)
    return participation


def _answer(
    story: StoryPage,
    participation: StoryParticipant,
    people: People,
    uses: tuple[Use, ...] = YES_TO,
    decision: Decision = Decision.GIVEN,
    **how: Any,
) -> None:
    givers = [GivenBy.SELF]
    if with_guardian(participation.participant.age_band):
        givers.append(GivenBy.GUARDIAN)
    options = {"given_at": timezone.now() - timedelta(days=20), **how}
    for use in uses:
        for giver in givers:
            answer = GivenAnswer(
                decision=decision if giver == GivenBy.SELF else Decision.GIVEN,
                wording=wording_for(participation, giver),
                given_by=giver,
                special_categories=story.special_categories,
                **options,
            )
            record_consent(participation, use, answer, recorded_by=people.playing("lead"))


Situation = Callable[[StoryPage, list[StoryParticipant], People], None]


def _everyone(**how: Any) -> Situation:
    def situation(story: StoryPage, who: list[StoryParticipant], people: People) -> None:
        for participation in who:
            _answer(story, participation, people, **how)

    return situation


def _lapsed(story: StoryPage, who: list[StoryParticipant], people: People) -> None:
    now = timezone.now()
    _everyone(given_at=now - timedelta(days=760), expires_at=now - timedelta(days=30))(story, who, people)


def _one_withdrew(story: StoryPage, who: list[StoryParticipant], people: People) -> None:
    _everyone()(story, who, people)
    withdraw(who[-1])


def _child_said_no(story: StoryPage, who: list[StoryParticipant], people: People) -> None:
    """Everybody said yes but the child; a parent who was asked beside the child too."""
    for participation in who:
        is_child = AgeBand(participation.participant.age_band).ends_at is not None
        _answer(story, participation, people, decision=Decision.REFUSED if is_child else Decision.GIVEN)


def _blocked(reason: LegalReason) -> Situation:
    """Everybody said yes, and the law of the place says that it may not be told."""

    def situation(story: StoryPage, who: list[StoryParticipant], people: People) -> None:
        _everyone()(story, who, people)
        raise_legal_flag(story, reason, by=people.playing("moderator"))

    return situation


def _cooling_off(story: StoryPage, who: list[StoryParticipant], people: People) -> None:
    now = timezone.now()
    _everyone(given_at=now, not_before=now + timedelta(days=7))(story, who, people)


def _ends_in(days: int, **how: Any) -> Situation:
    """Shown now, and dark in so many days unless somebody asks in time."""

    def situation(story: StoryPage, who: list[StoryParticipant], people: People) -> None:
        now = timezone.now()
        _everyone(given_at=now - timedelta(days=680), expires_at=now + timedelta(days=days), **how)(story, who, people)

    return situation


def _sent_back(story: StoryPage, who: list[StoryParticipant], people: People) -> None:
    _everyone()(story, who, people)
    why = "A neighbour could tell who this is by the place and the number. Leave one of them out."
    return_story(story, moderator=people.playing("moderator"), comment=why, told_people=[SentBack.RECOGNISED])


def _handed_on(story: StoryPage, who: list[StoryParticipant], people: People) -> None:
    """The first of its people has agreed, the others have not answered; a moderator passes it on to another."""
    _answer(story, who[0], people)
    pass_on(story, to=people.playing("moderator"), by=people.playing("second moderator"))


SITUATIONS: dict[str, Situation] = {
    "in_force": _everyone(),
    "ends_soon": _ends_in(45),
    "ends_in_spring": _ends_in(130),
    "sent_back": _sent_back,
    "handed_on": _handed_on,
    "may_be_found": _everyone(uses=FOUND),
    "may_be_found_and_translated": _everyone(uses=(*FOUND, Use.TRANSLATION)),
    "may_be_found_and_learned_from": _everyone(uses=(*FOUND, Use.AI)),
    "edited_since_consent": _everyone(),
    "lapsed": _lapsed,
    "one_withdrew": _one_withdrew,
    "child_said_no": _child_said_no,
    "mentioned_unidentifiable": _everyone(),
    "childrens_hearing": _blocked(LegalReason.CHILDRENS_HEARING),
    "family_court": _blocked(LegalReason.FAMILY_COURT),
    "bsl_witnessed": _everyone(method=Method.BSL_VIDEO, witnessed=True),
    "print_only": _everyone(uses=(Use.PRINT_PACK,)),
    "cooling_off": _cooling_off,
}


def _edit(story: StoryPage, change: dict[str, str]) -> None:
    """Publishes other words than those agreed to: the story goes dark until people are asked again."""
    story = StoryPage.objects.get(pk=story.pk)
    for block in story.body:
        if block.block_type == "text" and change["find"] in block.value.source:
            block.value.source = block.value.source.replace(change["find"], change["replace"])
    publish_story(story)

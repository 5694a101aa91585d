"""The words of the questions on the private pages, as said to an adult, a young person, a child or a parent.

Every use says what cannot be called back, to a child too. Nothing is decided here; `asking` knows what is asked.
"""

from dataclasses import dataclass

from hub.stories.choices import NamedAs, Use
from hub.stories.models import PrivateLink
from hub.stories.rule import AgeBand, GivenBy

Words = dict[Use, tuple[str, str]]

# What each use means, said to an adult or to somebody of 16 or 17.
USES: Words = {
    Use.WEBSITE: ("Can people read it on this website?", "Anyone can read it here. You can stop it any time, at once."),
    Use.PRINT_PACK: (
        "Can we print it in our packs?",
        "Groups use the packs. We can stop printing it. We cannot get back paper that is already out.",
    ),
    Use.TRAINING: (
        "Can we read it out in training?",
        "Staff learn from it. What they heard cannot be taken back.",
    ),
    Use.PARTNER_SITES: (
        "Can our partners put it on their websites?",
        "We will tell them to take it down if you stop. People may have copied it.",
    ),
    Use.SOCIAL: (
        "Can we put it on social media?",
        "Other people can share it and keep it. We cannot get all of it back.",
    ),
    Use.MEDIA: ("Can newspapers, radio or TV use it?", "Once they have used it we cannot get it back."),
    Use.FUNDER_REPORT: ("Can we put it in reports?", "The people who give us money read these. Copies stay with them."),
    Use.RESEARCH: ("Can people who study this use it?", "What they have already written stays written."),
    Use.TRANSLATION: ("Can we put it into other languages?", "You can ask to have each one read to you first."),
    Use.AUDIO_VIDEO: (
        "Can we make it into sound or film?",
        "Somebody would read your words. We ask apart about your voice.",
    ),
}
CHILD_USES: Words = {
    Use.WEBSITE: ("Can we put it on this website?", "Anyone can read it here. You can stop it on any day."),
    Use.PRINT_PACK: ("Can we print it on paper?", "Groups use the paper. We cannot get back all of it."),
    Use.TRAINING: ("Can we read it out to our staff?", "They learn from it. We cannot make them forget it."),
    Use.PARTNER_SITES: (
        "Can our friends put it on their websites?",
        "We will tell them if you stop. Some people may have a copy.",
    ),
    Use.SOCIAL: ("Can we put it on social media?", "People can share it and keep it. We cannot get it all back."),
    Use.MEDIA: ("Can papers, radio or TV use it?", "Once they have used it we cannot get it back."),
    Use.FUNDER_REPORT: ("Can we show it to those who give us money?", "They keep a copy."),
    Use.RESEARCH: ("Can people who study this use it?", "What they have put in a book stays there."),
    Use.TRANSLATION: ("Can we put it into other languages?", "You can ask us to read each one to you first."),
    Use.AUDIO_VIDEO: ("Can we make it into sound or film?", "Somebody else would read your words."),
}
GUARDIAN_USES: Words = {
    **USES,
    Use.AUDIO_VIDEO: (
        "Can we make it into sound or film?",
        "Somebody would read your child’s words. We ask apart about your child’s voice.",
    ),
}
NAMES = {
    NamedAs.FULL: "My full name",
    NamedAs.FIRST_NAME: "Only my first name",
    NamedAs.CHOSEN_NAME: "A made-up name",
    NamedAs.NONE: "No name",
}
GUARDIAN_NAMES = {**NAMES, NamedAs.FULL: "Their full name", NamedAs.FIRST_NAME: "Only their first name"}
ANSWERS = {"yes": "Yes", "no": "No", "not_now": "Not now"}
# What stands under each answer about a use. All three are as easy, as big and as friendly.
HINTS = {
    "yes": "I can change my mind later.",
    "no": "I do not have to say why.",
    "not_now": "Ask me another time. Until then it stays off.",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """How one kind of reader is spoken to."""

    may_we: str
    points: tuple[str, ...]
    read_it: str
    name: str
    told_us: str
    why_apart: str
    uses: Words
    names: dict[NamedAs, str]
    no_is_fine: str
    beside: str = ""


OWN = Voice(
    may_we="May we use your words?",
    points=(
        "First you read what we want to show.",
        "Then you answer one question at a time.",
        "You can say yes, no, or not now. All three are fine.",
        "Nothing changes about the help you get, whatever you say.",
        "You can change your mind later, on any day. You do not have to say why.",
    ),
    read_it="Read it slowly, or ask someone to read it to you. These are the exact words.",
    name="How should we name you?",
    told_us="What you told us is about:",
    why_apart="The law says we must ask about these on their own. If you say no, we will not show it.",
    uses=USES,
    names=NAMES,
    no_is_fine="Saying no changes nothing about the help you get.",
)
TEENAGER = Voice(
    may_we="May we use your words?",
    points=(
        "First you read what we want to show.",
        "Then we ask one thing at a time.",
        "You can say yes, no, or not now. All three are fine.",
        "It is up to you. Nobody can say yes for you.",
        "You and your family get the same help from us.",
        "You can change your mind on any day. You do not have to say why.",
    ),
    read_it="Take your time. You can read it with somebody you trust. These are the exact words.",
    name="How should we name you?",
    told_us="What you told us is about:",
    why_apart="The law says we must ask about these on their own. If you say no, we will not show it.",
    uses=CHILD_USES,
    names=NAMES,
    no_is_fine="It is fine to say no. You get the same help from us.",
)
CHILD = Voice(
    may_we="Can we show what you told us?",
    points=(
        "First you read it. A grown-up can read it to you.",
        "Then we ask one thing at a time.",
        "You can say yes, no, or not now.",
        "It is fine to say no. Nobody will be cross.",
        "You can change your mind on any day.",
    ),
    read_it="Ask a grown-up you trust to read it with you. These are the words we want to show.",
    name="What should we call you?",
    told_us="You told us about these things:",
    why_apart="We must ask you about these first. If you say no, we will not show it.",
    uses=CHILD_USES,
    names=NAMES,
    no_is_fine="It is fine to say no. Nobody will be cross.",
    beside="We also ask the grown-up who looks after you. If one of you says no, we will not show it.",
)
GUARDIAN = Voice(
    may_we="May we use your child’s words?",
    points=(
        "First you read what we want to show.",
        "Then you answer one question at a time.",
        "You can say yes, no, or not now. All three are fine.",
        "Nothing changes about the help you or your child get, whatever you say.",
        "You or your child can change your mind later, on any day. You do not have to say why.",
    ),
    read_it="Read it slowly, or ask someone to read it to you. These are the exact words.",
    name="How should we name your child?",
    told_us="What your child told us is about:",
    why_apart="The law says we must ask about these on their own. If you say no, we will not show it.",
    uses=GUARDIAN_USES,
    names=GUARDIAN_NAMES,
    no_is_fine="Saying no changes nothing about the help you or your child get.",
    beside="We will ask your child too. If one of you says no, we will not show it.",
)
VOICES = {"own": OWN, "12 to 15": TEENAGER, "under 12": CHILD, "guardian": GUARDIAN}


def voice_of(link: PrivateLink) -> Voice:
    """How to speak to whoever holds `link`: by who answers, and how old the person is today."""
    if link.given_by == GivenBy.GUARDIAN:
        return GUARDIAN
    of_age = {AgeBand.UNDER_12: CHILD, AgeBand.AGE_12_15: TEENAGER}
    return of_age.get(AgeBand(link.participation.participant.age_band), OWN)

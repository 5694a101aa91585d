"""The words of the questions on the private pages, as said to an adult, a young person, a child or a parent.

Every use says what cannot be called back, to a child too. Nothing is decided here; `asking` knows what is asked. All
stands here in English; in_their_language.py says it as it is shown.
"""

from dataclasses import dataclass, replace

from hub.law import AgeBand
from hub.stories.choices import NamedAs, SentBack, Use

Words = dict[Use, tuple[str, str]]

# What each use means, said to an adult or to somebody who is one in all but law.
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
    Use.BE_FOUND: (
        "Can people find it with Google and the like?",
        "It would come up in searches. If you stop, it can take some weeks until they have all let go of it.",
    ),
    Use.AI: (
        "Can AI learn from it?",
        "AI is a computer that writes. It could use what you said in its own words. What it has learned stays in it.",
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
    Use.BE_FOUND: (
        "Can people find it with Google?",
        "It would come up when people search. If you stop, it can take some weeks to go from there.",
    ),
    Use.AI: (
        "Can AI learn from it?",
        "AI is a computer that writes. It could use what you said. We cannot make it forget.",
    ),
}
GUARDIAN_USES: Words = {
    **USES,
    Use.AUDIO_VIDEO: (
        "Can we make it into sound or film?",
        "Somebody would read your child’s words. We ask apart about your child’s voice.",
    ),
    Use.AI: (
        "Can AI learn from it?",
        "AI is a computer that writes. It could use what your child said in its own words. We cannot make it forget.",
    ),
}
NAMES = {
    NamedAs.FULL: "My full name",
    NamedAs.FIRST_NAME: "Only my first name",
    NamedAs.CHOSEN_NAME: "A made-up name",
    NamedAs.NONE: "No name",
}
GUARDIAN_NAMES = {**NAMES, NamedAs.FULL: "Their full name", NamedAs.FIRST_NAME: "Only their first name"}
WHO_SEES = {
    Use.WEBSITE: "Anyone who comes to this website.",
    Use.PRINT_PACK: "People in the groups that use our packs.",
    Use.TRAINING: "Our staff, and other people who work with families.",
    Use.PARTNER_SITES: "Anyone who comes to our partners’ websites.",
    Use.SOCIAL: "Anyone on social media.",
    Use.MEDIA: "People who read the paper, listen to the radio or watch TV.",
    Use.FUNDER_REPORT: "The people who give us money.",
    Use.RESEARCH: "People who study this, and those who read what they write.",
    Use.TRANSLATION: "Anyone who reads the other language.",
    Use.AUDIO_VIDEO: "Anyone who hears the sound or sees the film.",
    Use.BE_FOUND: "Anyone who looks for something like it with Google or the like.",
    Use.AI: "AI, and so anyone who asks it something.",
}
"""Who may see somebody's words in each place."""
ANSWERS = {"yes": "Yes", "no": "No", "not_now": "Not now"}
# What stands under each answer about a use. All three are as easy, as big and as friendly.
HINTS = {
    "yes": "I can change my mind later.",
    "no": "I do not have to say why.",
    "not_now": "Ask me another time. Until then it stays off.",
}


@dataclass(frozen=True, slots=True)
class Manner:
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
    after_yes: tuple[str, ...]
    after_no: str
    beside: str = ""


OWN = Manner(
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
    after_yes=(
        "Nothing is shown for the first {days} days. That is your time to think.",
        "Somebody who was not there checks that nobody can be hurt by it.",
        "It is shown only while everyone in it says yes.",
    ),
    after_no="Nothing. We do not use these words. You do not have to do anything, and you get the same help from us.",
)
UP_TO_YOU = "It is up to you. Nobody can say yes for you."
TEENAGER = replace(
    OWN,
    points=(
        "First you read what we want to show.",
        "Then we ask one thing at a time.",
        "You can say yes, no, or not now. All three are fine.",
        UP_TO_YOU,
        "You and your family get the same help from us.",
        "You can change your mind on any day. You do not have to say why.",
    ),
    read_it="Take your time. You can read it with somebody you trust. These are the exact words.",
    uses=CHILD_USES,
    no_is_fine="It is fine to say no. You get the same help from us.",
    after_yes=(
        "Nothing is shown for the first {days} days. You can think about it, and talk to somebody you trust.",
        "Somebody who was not there checks that nobody can be hurt by it.",
        "We show it only while everyone in it says yes.",
    ),
    after_no=(
        "We do not show it to anybody. You do not have to do anything. Nobody is cross with you, and nobody asks why."
        " You and your family get the same help from us."
    ),
)
CHILD = Manner(
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
    after_yes=(
        "We do not show it for {days} days. You can think about it.",
        "A grown-up who was not there looks at it, to keep you safe.",
        "We show it only if you all say yes.",
    ),
    after_no=(
        "We do not show it. You do not have to do a thing. Nobody is cross with you. You and your family get the same"
        " help. You can talk to a grown-up you trust."
    ),
    beside="We also ask the grown-up who looks after you. If one of you says no, we will not show it.",
)
GUARDIAN = Manner(
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
    after_yes=(
        "Nothing is shown for the first {days} days. That is your time to think.",
        "Somebody who was not there checks that nobody can be hurt by it.",
        "It is shown only while everyone in it says yes.",
    ),
    after_no=(
        "Nothing. We do not use these words. You do not have to do anything. You and your child get the same help."
    ),
    beside="We will ask your child too. If one of you says no, we will not show it.",
)
SENT_BACK = {
    SentBack.RECOGNISED: "Somebody who reads it could guess who you are. We want to keep you safe.",
    SentBack.SOMEBODY_ELSE: "It tells about somebody else too. We have to ask them first.",
    SentBack.WORDS: "Some of our own words in it are not right yet. We will mend them.",
    SentBack.HELP: "We want to put the right help beside it.",
}
"""Why a story was sent back, said to the people in it."""
YOUNG = replace(TEENAGER, points=tuple(p for p in TEENAGER.points if p != UP_TO_YOU), beside=CHILD.beside)
"""Old enough to be spoken to like that, where the law has a parent asked as well."""
OF_AGE = {AgeBand.UNDER_12: CHILD, AgeBand.AGE_12_15: TEENAGER, AgeBand.UNDER_16: YOUNG}
VOICES = {"own": OWN, **{band.label.lower(): manner for band, manner in OF_AGE.items()}, "guardian": GUARDIAN}

"""Why a story may not appear, each reason with its sentence for staff. Never shown to readers."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a story may not appear. `sentence` says it to staff; it is never shown to readers."""

    NOT_ASKED = "not_asked"
    NOT_ANSWERED = "not_answered"
    REFUSED = "refused"
    DEFERRED = "deferred"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    INVALIDATED = "invalidated"
    ENTERED_IN_ERROR = "entered_in_error"
    PAUSED = "held"
    COOLING_OFF = "cooling_off"
    NOT_BEFORE = "not_before"
    EXPIRED = "expired"
    OUTDATED = "outdated"
    WORDING_RETIRED = "wording_retired"
    CATEGORY_GAP = "category_gap"
    NOT_TRANSLATED = "not_translated"
    AGE_REASK = "age_reask"
    AGE_UNKNOWN = "age_unknown"
    WRONG_GIVER = "wrong_giver"
    NOBODY_IN_STORY = "nobody_in_story"
    NOT_APPROVED = "not_approved"
    LEGAL_FLAG = "legal_flag"
    NOT_IN_LEDGER = "not_in_ledger"
    BEFORE_THE_WORDS = "before_the_words"
    UNCONFIRMED = "unconfirmed"
    STOPPING = "stopping"
    TAKEN_BACK = "taken_back"
    ELSEWHERE = "elsewhere"
    LAW_UNKNOWN = "law_unknown"

    @property
    def sentence(self) -> str:
        return _SENTENCES[self]

    @property
    def of_translating(self) -> "Reason":
        """The same, said of the yes to being translated that a translation needs beside its use."""
        return Reason.NOT_TRANSLATED if self in _NO_YES else self


_NO_YES = {Reason.NOT_ASKED, Reason.NOT_ANSWERED, Reason.REFUSED, Reason.DEFERRED, Reason.WITHDRAWN}

_SENTENCES = {
    Reason.NOT_ASKED: "They have not been asked about this use yet.",
    Reason.NOT_ANSWERED: "They have been asked. There is no answer yet.",
    Reason.REFUSED: "They said no to this use.",
    Reason.DEFERRED: "They said not now.",
    Reason.WITHDRAWN: "They have withdrawn.",
    Reason.REVOKED: "We ended this consent ourselves.",
    Reason.INVALIDATED: "Their answer was found not to be valid, so it does not count.",
    Reason.ENTERED_IN_ERROR: "Their answer was recorded by mistake, so it does not count.",
    Reason.PAUSED: "They have paused it.",
    Reason.COOLING_OFF: "They said yes, and their time to think it over is not finished.",
    Reason.NOT_BEFORE: "They said yes, and set a day before which nobody is to see it.",
    Reason.EXPIRED: "Their consent has run out, or has no end date.",
    Reason.OUTDATED: "The words or pictures have changed since they said yes.",
    Reason.WORDING_RETIRED: "The consent wording they answered is no longer accepted.",
    Reason.CATEGORY_GAP: "The story tells something sensitive that they were not asked about.",
    Reason.NOT_TRANSLATED: "It is a translation, and they have not said yes to being translated.",
    Reason.AGE_REASK: "They have reached an age at which they must be asked again.",
    Reason.AGE_UNKNOWN: "We do not know their age or, for a young person, when they must be asked again.",
    Reason.WRONG_GIVER: "Somebody else answered, and at this person's age only their own answer counts.",
    Reason.NOBODY_IN_STORY: "Nobody whose consent is needed has been added to the story.",
    Reason.NOT_APPROVED: "A moderator has not approved these exact words and pictures.",
    Reason.LEGAL_FLAG: "A legal flag is open. Only the safeguarding role can clear it.",
    Reason.NOT_IN_LEDGER: "What they said last is not this yes, so it does not count. Ask them again.",
    Reason.BEFORE_THE_WORDS: "They said yes before these words were written, so it cannot be about them.",
    Reason.UNCONFIRMED: "They had said no. Somebody from another partner has to see what shows this yes.",
    Reason.STOPPING: "Somebody in it has just stopped it.",
    Reason.TAKEN_BACK: "Somebody took it off the site. It stays off until somebody shows it again.",
    Reason.LAW_UNKNOWN: "Nobody knows under which place’s law this Hub works. An administrator chooses it.",
    Reason.ELSEWHERE: "It does not stand in the section of the partner people gave it to.",
}

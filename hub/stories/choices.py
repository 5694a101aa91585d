"""The words of consent as choices: uses, roles, methods, categories. One list each, asked by every screen and rule."""

from django.db.models import TextChoices


class Use(TextChoices):
    """One way a story's words may appear. None is a condition of another (CONSENT.md section 2)."""

    WEBSITE = "website", "Read on this website"
    PRINT_PACK = "print_pack", "Printed in an activity pack"
    TRAINING = "training", "Read out in training"
    PARTNER_SITES = "partner_sites", "On the partners' own websites"
    SOCIAL = "social", "On social media"
    MEDIA = "media", "In newspapers, radio or TV"
    FUNDER_REPORT = "funder_report", "In reports to funders"
    RESEARCH = "research", "In research"
    TRANSLATION = "translation", "Translated"
    AUDIO_VIDEO = "audio_video", "As sound or film"
    BE_FOUND = "be_found", "Found by search engines"
    AI = "ai", "Used by artificial intelligence (AI)"


ONLY_IF_ON_THE_WEBSITE = frozenset({Use.BE_FOUND, Use.AI})
"""Uses that mean nothing without the page: whoever says no to the website is not asked about them."""


class PartInStory(TextChoices):
    TELLER = "teller", "Tells the story"
    FAMILY_MEMBER = "family_member", "In the family"
    PICTURED = "pictured", "In a picture"
    VOICE = "voice", "Heard"
    MENTIONED = "mentioned", "Mentioned"


class NamedAs(TextChoices):
    FULL = "full", "Full name"
    FIRST_NAME = "first_name", "First name"
    CHOSEN_NAME = "chosen_name", "A name they chose"
    NONE = "none", "Not named"


class PlaceLevel(TextChoices):
    """How closely the story says where somebody lives."""

    NONE = "none", "No place"
    AREA = "area", "An area, such as a valley or an estate"
    TOWN = "town", "A town or village"
    STREET = "street", "A street or a building"


class SpecialCategory(TextChoices):
    """What needs to be agreed to in so many words (UK GDPR Article 9, and criminal matters under Article 10)."""

    HEALTH = "health", "Health"
    SUBSTANCE_USE = "substance_use", "Alcohol or drug use"
    ETHNICITY = "ethnicity", "Ethnic origin"
    RELIGION = "religion", "Religion or belief"
    SEX_LIFE = "sex_life", "Sex life or orientation"
    POLITICS = "politics", "Political opinion"
    UNION = "union", "Trade union membership"
    CRIME = "crime", "Crime"


class Method(TextChoices):
    ONLINE = "online", "Private link"
    PAPER = "paper", "On paper"
    SPOKEN = "spoken", "Spoken, with a witness"
    AUDIO = "audio", "Recorded sound"
    BSL_VIDEO = "bsl_video", "British Sign Language, on video"


class LegalReason(TextChoices):
    """Blocks whatever anyone consents to, until the safeguarding role clears it. Which of them are offered here, the
    law of the place says (hub/law)."""

    CHILDRENS_HEARING = "childrens_hearing", "A children's hearing"
    ADOPTION = "adoption", "Adoption or permanence"
    FAMILY_COURT = "family_court", "A child in a family court"
    ADOPTION_PLACEMENT = "adoption_placement", "Adoption, or placement for it"
    YOUTH_COURT = "youth_court", "A child before a criminal court"
    COURT_OF_PROTECTION = "court_of_protection", "The Court of Protection"
    COURT_CASE = "court_case", "A live court case"
    COMPLAINER = "complainer", "The complainer in a sexual offence case"
    COMPLAINANT = "complainant", "The complainant in a sexual offence case"
    PROTECTED_ADDRESS = "protected_address", "A protected address"
    SAFEGUARDING = "safeguarding", "A safeguarding disclosure"


class SentBack(TextChoices):
    """Why a moderator sent a story back, as the people in it may be told. No sentence blames, and none says who."""

    RECOGNISED = "recognised", "Somebody might be recognised"
    SOMEBODY_ELSE = "somebody_else", "It tells about somebody who has to be asked"
    WORDS = "words", "Our own words in it are not right"
    HELP = "help", "The note or the help beside it is not right"


class EventKind(TextChoices):
    REQUESTED = "requested", "Asked"
    REMINDED = "reminded", "Reminded"
    DEFERRED = "deferred", "Not now"
    REFUSED = "refused", "Said no"
    GIVEN = "given", "Said yes"
    RENEWED = "renewed", "Said yes again"
    CARRIED_OVER = "carried_over", "Carried over a small correction"
    PAUSED = "held", "Paused"
    RESUMED = "released", "Pause ended"
    WITHDRAWN = "withdrawn", "Withdrawn by the person"
    REVOKED = "revoked", "Revoked by us"
    INVALIDATED = "invalidated", "Found not to be valid"
    ENTERED_IN_ERROR = "entered_in_error", "Entered in error"
    ERASED = "erased", "Erased"
    SUPERSEDED = "superseded", "Replaced by a newer answer"
    CONFIRMED = "confirmed", "Confirmed by somebody from another partner"
    AGE_NOTED = "age_noted", "Their age was noted"
    LAW_CHANGED = "law_changed", "The law of the place changed, and does not know their age as it was noted"
    WORDING_RETIRED = "wording_retired", "The wording they answered ends"
    RETURNED = "returned", "Sent back by a moderator"
    ON_HOLD = "on_hold", "Put on hold by a moderator"
    TAKEN_BACK = "taken_back", "Taken off the site"
    SHOWN_AGAIN = "shown_again", "May be shown again"
    NOT_BEFORE = "not_before", "Not before a day they chose"
    ANY_DAY = "any_day", "No longer before a day"
